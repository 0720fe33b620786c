"""The screens of drills. A coordinator sees who was reached; how quickly, everybody sees of themselves alone."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.drills.a_drill import begin_by_hand
from stepitup.drills.errors import DrillUnderWay
from stepitup.drills.facts import DrillSeen, NotReachedWhy
from stepitup.drills.questions import drills
from stepitup.drills.timetable import next_drill
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging.tests_of_ways import tried_of
from stepitup.roster import questions as roster

_WHY: dict[NotReachedWhy, Promise] = {
    NotReachedWhy.NO_WAY: gettext_lazy("No way is left that works"),
    NotReachedWhy.NOT_TAKEN: gettext_lazy("Not taken: look at the address or number"),
    NotReachedWhy.ON_ITS_WAY: gettext_lazy("The test is on its way"),
    NotReachedWhy.SILENT: gettext_lazy("No answer so far"),
}
_OWN_SHOWN = 10
# Mail is read later, a phone lies in another room: so long "no answer" says nothing, and we say that.
_WAIT_A_WHILE = timedelta(hours=1)


@for_whom()
def look(request: HttpRequest, me: Me) -> HttpResponse:
    """The drills that are kept, for those who look after the whole team; one's own tests, for everybody."""
    return _as_it_stands(request, me)


@for_the_whole_team(Role.COORDINATOR, Role.OPERATOR)
def begin(request: HttpRequest, me: Me) -> HttpResponse:
    """Begin one now. Whoever is off duty or resting sleeps on: from a screen nobody wakes them."""
    if request.method == "POST":
        try:
            deed(begin_by_hand, who=log_book.account(me.account))
        except DrillUnderWay:
            return _as_it_stands(request, me, one_is_enough=True)
    return see("/team/drills")


def _as_it_stands(request: HttpRequest, me: Me, *, one_is_enough: bool = False) -> HttpResponse:
    looks_after_all = me.has(Role.COORDINATOR, Role.OPERATOR) and me.agency is None
    ours = team()
    told = {
        "may_begin": looks_after_all,
        "drills": [_told(drill) for drill in drills()] if looks_after_all else [],
        "coming": next_drill(clock.now(), ours.drills, ours.zone),
        "mine": _mine(me),
        "one_is_enough": one_is_enough,
    }
    return team_screen(
        request, me, "drills/drills.html", told, status=HTTPStatus.CONFLICT if one_is_enough else HTTPStatus.OK
    )


def _told(drill: DrillSeen) -> dict[str, Any]:
    names = {one.id: one.display_name for one in roster.all_helpers({one.helper for one in drill.not_reached})}
    gone = _("somebody who has left")
    by_why = [(why, [names.get(one.helper, gone) for one in drill.not_reached if one.why is why]) for why in _WHY]
    # By what is to be looked at, and not a line of shame for each: the same words under every name read as a verdict.
    missing = [{"why": _WHY[why], "names": ", ".join(sorted(found))} for why, found in by_why if found]
    return {"drill": drill, "not_reached": missing, "just_begun": clock.now() - drill.begun_at < _WAIT_A_WHILE}


def _mine(me: Me) -> Sequence[dict[str, Any]]:
    """One's own tests, the newest first."""
    if me.helper is None:
        return []
    newest = reversed(tried_of(me.helper)[-_OWN_SHOWN:])
    return [{"carrier": one.carrier, "at": one.written_at, "minutes": _minutes(one.seconds)} for one in newest]


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else round(seconds / 60)
