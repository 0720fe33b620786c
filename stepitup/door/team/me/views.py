"""How things stand with me, a break, and what is written of my credentials."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions as calls
from stepitup.calls.timing import feed_the_hungry
from stepitup.door.team.me.mine import for_the_helper
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me
from stepitup.ground import bell, clock
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.credentials.keeping import credentials_of
from stepitup.roster.credentials.words import how_it_stands, what_to_do
from stepitup.roster.keeping.lapsing import dates_of
from stepitup.roster.own_hands.words import own_words, row_of

# Choices rather than dates: nobody who needs a break wants a calendar.
BREAKS: Final = {
    "day": timedelta(days=1),
    "3days": timedelta(days=3),
    "week": timedelta(days=7),
    "month": timedelta(30),
}


@for_the_helper
def mine(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """May I be paged now, and if not, why; and the ways to everything that is mine."""
    now = clock.now()
    told = {
        "name": own_words(helper).display_name,
        "why_not": _why_not(now, helper),
        "dates": dates_of(now, helper),
        "off_until": _off_until(now, helper),
        "saved": request.GET.get("saved", ""),
    }
    return team_screen(request, me, "me/mine.html", told)


@for_the_helper
def need_a_break(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Off at once, no reason asked; or back at once."""
    chosen = request.POST.get("for", "")
    if request.method == "POST" and chosen == "back":
        deed(_come_back, helper)
        return see("/team/me?saved=back")
    if request.method == "POST" and chosen in BREAKS:
        deed(_rest, helper, BREAKS[chosen])
        return see("/team/me?saved=break")
    return team_screen(request, me, "me/break.html", {"off_until": _off_until(clock.now(), helper)})


@for_the_helper
def credentials(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """What is written down of mine, until when it holds, and why no page goes where none does."""
    today = clock.now().astimezone(questions.zone_of(helper)).date()
    held = [
        {"row": row, "stands": how_it_stands(row, today), "do": what_to_do(row, today)}
        for _number, row in credentials_of(helper)
    ]
    return team_screen(request, me, "me/credentials.html", {"held": held})


def _why_not(now: datetime, helper: int) -> str:
    """By the ways that this house can send: a number is no use where no text leaves it."""
    stopped = questions.why_not_fit(now, helper, by=tuple(carriers.in_use()))
    return stopped.told_to_them() if stopped else ""


def _off_until(now: datetime, helper: int) -> datetime | None:
    until = row_of(helper).off_until
    return until.astimezone(questions.zone_of(helper)) if until and until > now else None


def _rest(now: datetime, helper: int, how_long: timedelta) -> None:
    roster.rest_until(now, helper, now + how_long)
    calls.let_rest(now, helper)


def _come_back(now: datetime, helper: int) -> None:
    roster.rest_until(now, helper, None)
    feed_the_hungry(now)
    bell.ring("timers", "roster")
