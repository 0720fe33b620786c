"""The list of incidents, and the form of one.

An incident may name people of several agencies: a coordinator of one agency must not read the others'.
"""

from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.incidents.forms import IncidentForm, by_name
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.roster.errors import NoSuchIncident
from stepitup.roster.file.more_kept import incidents_kept
from stepitup.roster.file.rows import IncidentRow
from stepitup.roster.incidents_kept import delete_incident, incident, keep_incident
from stepitup.roster.questions import names_of_all

_LIST = "/team/incidents"


@for_the_whole_team(Role.COORDINATOR)
def incidents(request: HttpRequest, me: Me) -> HttpResponse:
    """Each by its word, its day, and the day on which it is deleted."""
    told = {"incidents": incidents_kept(), "saved": request.GET.get("saved", "")}
    return team_screen(request, me, "incidents/list.html", told)


@for_the_whole_team(Role.COORDINATOR)
def add(request: HttpRequest, me: Me) -> HttpResponse:
    """Write one down."""
    return _form(request, me, None)


@for_the_whole_team(Role.COORDINATOR)
def one(request: HttpRequest, me: Me, key: str) -> HttpResponse:
    """Change it, or delete it before its day."""
    try:
        if request.POST.get("what") == "delete":
            deed(delete_incident, key, who=log_book.account(me.account))
            return see(f"{_LIST}?saved=deleted")
        return _form(request, me, incident(key))
    except NoSuchIncident as gone:
        raise Http404 from gone


def _form(request: HttpRequest, me: Me, row: IncidentRow | None) -> HttpResponse:
    helpers, agencies = names_of_all()
    known = {"helpers": by_name(helpers), "agencies": by_name(agencies)}
    if request.method == "POST":
        typed = request.POST.copy()
        if row is not None:
            typed["key"] = row.key
        form = IncidentForm(typed, **known)
        if form.is_valid():
            deed(keep_incident, form.row(), who=log_book.account(me.account))
            return see(f"{_LIST}?saved=kept")
    else:
        start = IncidentForm.filled_with(row, helpers=helpers, agencies=agencies) if row else {}
        form = IncidentForm(initial=start, **known)
    return team_screen(request, me, "incidents/form.html", {"form": form, "row": row})
