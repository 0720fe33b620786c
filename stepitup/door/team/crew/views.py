"""One screen asks for the table, one shows who could go to whom. The list can be taken as a table; nothing is kept."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from stepitup.door.team.crew.forms import ACrew
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import clock
from stepitup.paging import carriers
from stepitup.roster.crew_solver import best_solver
from stepitup.roster.file.crew import read_crew
from stepitup.roster.file.rows import Mistake
from stepitup.roster.offering import as_table, offer_to_all

_MISTAKES_SHOWN: Final = 300


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_whole_team(Role.COORDINATOR)
def crew(request: HttpRequest, me: Me) -> HttpResponse:
    """Read the table, pair everybody at once, show or hand over the list. Nothing is written, so nothing is noted."""
    form = ACrew(request.POST, request.FILES) if request.method == "POST" else ACrew()
    if not form.is_bound or not form.is_valid():
        return _first(request, me, form, [])
    raw, kind, each = form.asked
    there, mistakes = read_crew(raw)
    if mistakes:
        return _first(request, me, form, mistakes)
    by = tuple(carriers.in_use())
    offers = offer_to_all(clock.now(), there, kind=kind, each=each, by=by, solve=best_solver())
    if request.POST.get("do") == "table":
        answer = HttpResponse(as_table(offers), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="list.csv"'
        return answer
    told = {"offers": [one for one in offers if one.key], "alone": [one.who for one in offers if not one.key]}
    return team_screen(request, me, "crew/pairs.html", told)


def _first(request: HttpRequest, me: Me, form: ACrew, mistakes: list[Mistake]) -> HttpResponse:
    told = {"form": form, "mistakes": mistakes[:_MISTAKES_SHOWN], "how_many": len(mistakes)}
    told["more"] = max(len(mistakes) - _MISTAKES_SHOWN, 0)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or mistakes else HTTPStatus.OK
    return team_screen(request, me, "crew/first.html", told, status=status)
