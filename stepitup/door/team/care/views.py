"""The clinical lead's screens: how things stand, and for each helper the credentials with what shows that they hold.

The lead reads and suspends; writing credentials down is the coordinator's, so that two look at each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.people import deeds
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.set_up.questions import Question
from stepitup.door.team.set_up.views import open_questions
from stepitup.door.team.who import Me, Role, View
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.drills.facts import DrillSeen
from stepitup.drills.questions import newest_drill
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.roster import questions as roster
from stepitup.roster.credentials import keeping
from stepitup.roster.credentials.record import HOW, How
from stepitup.roster.credentials.words import how_it_stands
from stepitup.roster.keeping import questions as kept
from stepitup.roster.keeping.lapsing import Lapsing, lapsing
from stepitup.roster.keeping.questions import Listed

_PEOPLE: Final = "/team/care/people"
_ON_A_SCREEN: Final = 40
_NAMED: Final = 24
_LONGEST_WORD: Final = 60
# What a clinical lead answers for among the questions before the first night.
THEIRS: Final = frozenset({"policy", "clinical-lead", "on-call-clinician", "complaints", "records-request"})


@dataclass(frozen=True)
class Care:
    """Everything on the lead's own screen."""

    lapsing: tuple[Lapsing, ...]
    suspended: tuple[tuple[int, str], ...]
    unreachable: int
    drill: DrillSeen | None
    on_call: str
    complaint_to: str
    to_settle: tuple[Question, ...]


def looked_at(now: datetime) -> Care:
    """Look at the team once."""
    ours = team()
    suspended = kept.people().filter(suspended_at__isnull=False).values_list("pk", "display_name")
    return Care(
        lapsing=tuple(lapsing(now)[:_NAMED]),
        suspended=tuple(suspended[:_NAMED]),
        unreachable=len(kept.unreachable(by=tuple(carriers.in_use()))),
        drill=newest_drill(),
        on_call=ours.on_call_clinician,
        complaint_to=ours.complaint_to,
        to_settle=tuple(one for one in open_questions() if one.word in THEIRS),
    )


@for_the_whole_team(Role.CLINICAL_LEAD)
def care(request: HttpRequest, me: Me) -> HttpResponse:
    """How things stand, for the clinical lead."""
    return shown(request, me)


def shown(request: HttpRequest, me: Me) -> HttpResponse:
    """The same, where a lead arrives."""
    return team_screen(request, me, "care/care.html", {"care": looked_at(clock.now())})


@for_the_whole_team(Role.CLINICAL_LEAD)
def people(request: HttpRequest, me: Me) -> HttpResponse:
    """Everybody whose credentials the lead stands behind; a word narrows it."""
    named = request.GET.get("named", "")[:_LONGEST_WORD].replace("\x00", "").strip()
    page = Paginator(kept.people(named=named), _ON_A_SCREEN).get_page(request.GET.get("page"))
    listed = kept.listed(clock.now(), list(page.object_list), by=tuple(carriers.in_use()))
    return team_screen(request, me, "care/people.html", {"page": page, "people": listed, "named": named})


def _about_one(view: Callable[[HttpRequest, Me, Listed], HttpResponse]) -> View[[int]]:
    @for_the_whole_team(Role.CLINICAL_LEAD)
    def about(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
        found = kept.listed(clock.now(), list(kept.people().filter(pk=helper)), by=tuple(carriers.in_use()))
        if not found:
            raise Http404
        return view(request, me, found[0])

    return about


@_about_one
def one(request: HttpRequest, me: Me, helper: Listed) -> HttpResponse:
    """Their credentials: what each says, who checked it and how, and what shows it."""
    today = clock.now().astimezone(roster.zone_of(helper.id)).date()
    held = [
        (row, how_it_stands(row, today), HOW.get(How(row.checked_how), ""))
        for _number, row in keeping.credentials_of(helper.id)
    ]
    saved = request.GET.get("saved", "")
    told = {"one": helper, "held": held, "saved": saved if saved in {"suspended", "lifted"} else ""}
    return team_screen(request, me, "care/one.html", told)


@_about_one
def suspend(request: HttpRequest, me: Me, helper: Listed) -> HttpResponse:
    """Ask, then suspend at once; or lift it. The log book says that it was the lead."""
    if request.method != "POST":
        return team_screen(request, me, "care/suspend.html", {"one": helper})
    lifts = request.POST.get("lift") == "yes"
    deed(deeds.lift_suspension if lifts else deeds.suspend, helper.id, who=log_book.account(me.account))
    return see(f"{_PEOPLE}/{helper.id}?saved={'lifted' if lifts else 'suspended'}")
