"""Leaving the team, for good. A call that is under way goes on with somebody else."""

from datetime import date, datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions as calls
from stepitup.door.team.me.mine import for_the_helper
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.roster.own_hands import leaving


@for_the_helper
def leave(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Ask, with the day on which nothing is left; then do it."""
    if request.method != "POST":
        return team_screen(request, me, "me/leave.html", {"gone_on": leaving.day_of_deletion(clock.now())})
    logout(request)
    gone_on = deed(_leave, helper)
    return team_screen(request, None, "me/left.html", {"gone_on": gone_on})


def _leave(now: datetime, helper: int) -> date:
    """First their caller gets somebody else, while the row still says which calls those are."""
    gone_on = leaving.leave(now, helper)
    calls.release(now, helper)
    return gone_on
