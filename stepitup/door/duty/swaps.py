"""Swaps on screen: ask somebody to take a duty, in two steps; say yes or no; take the question back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stepitup.door.duty.forms import InReturn, Whom
from stepitup.door.duty.shown import duty_in_words, from_key, key_of
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.roster.duty import swapping
from stepitup.roster.duty.asked import spans_between
from stepitup.roster.duty.questions import answered_swaps_of, duty_of, swaps_of, who_could_take
from stepitup.roster.duty.spans import Span, at
from stepitup.roster.errors import NoSuchHelper, SpanUnclear, SwapNotPossible, SwapOver
from stepitup.roster.models import DutySwap

_AROUND: Final = timedelta(days=32)
_IN_RETURN_AHEAD: Final = timedelta(days=42)
_A_FEW: Final = 40

_ANSWERS: Final = {
    "yes": swapping.agree_to_swap,
    "no": swapping.decline_swap,
    "never-mind": swapping.take_swap_back,
}


@dataclass(frozen=True)
class SwapShown:
    """One question: whose, what would change hands, in my own clock, and how it stands."""

    id: int
    other: str
    is_mine: bool
    duty: str
    in_return: str
    answer: str


def waiting_swaps(now: datetime, helper: int) -> list[SwapShown]:
    """What I asked and was asked, and is not answered yet."""
    zone = duty_of(helper, at(now)).zone
    return [_shown(swap, helper, zone) for swap in swaps_of(now, helper)]


def answered_swaps(now: datetime, helper: int) -> list[SwapShown]:
    """What was said to what I asked, and what was taken back of what I was asked."""
    zone = duty_of(helper, at(now)).zone
    return [_shown(swap, helper, zone) for swap in answered_swaps_of(now, helper)]


def _shown(swap: DutySwap, helper: int, zone: ZoneInfo) -> SwapShown:
    duty, back = swapping.spans_of(swap)
    mine = swap.asker_id == helper
    other = swap.asked if mine else swap.asker
    in_return = duty_in_words(back, zone) if back else ""
    return SwapShown(swap.pk, other.display_name, mine, duty_in_words(duty, zone), in_return, swap.state)


@require_safe
@for_whom(Role.HELPER)
def whom(request: HttpRequest, me: Me) -> HttpResponse:
    """First: who is asked to take this duty? Those of my role who are off then."""
    duty = _my_duty(me, request.GET.get("duty", ""))
    if duty is None:
        return _gone(request, me)
    helper = me.helper or 0
    could = who_could_take(helper, duty)
    form = Whom(could, initial={"duty": key_of(duty)})
    told = {"form": form, "duty": duty_in_words(duty, duty_of(helper, duty).zone), "is_anybody": bool(could)}
    return team_screen(request, me, "duty/whom.html", told)


@for_whom(Role.HELPER)
def ask(request: HttpRequest, me: Me) -> HttpResponse:
    """Then: for nothing, or for one of theirs? And the question is asked."""
    typed = request.POST if request.method == "POST" else request.GET
    duty, helper = _my_duty(me, typed.get("duty", "")), me.helper or 0
    if duty is None:
        return _gone(request, me)
    first = Whom(who_could_take(helper, duty), data=typed)
    told: dict[str, Any] = {"duty": duty_in_words(duty, duty_of(helper, duty).zone), "is_anybody": True}
    if not first.is_valid():
        return team_screen(
            request, me, "duty/whom.html", {**told, "form": first}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    theirs = _theirs(first.who, helper, duty)
    form = InReturn(theirs, data=typed if request.method == "POST" else None, initial=first.cleaned_data)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _asked(helper, first.who, duty, form.span)
        if not problem:
            return see("/team/duty/week")
    told |= {"form": form, "other": first.name, "problem": problem, "has_any": bool(theirs)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or form.errors else HTTPStatus.OK
    return team_screen(request, me, "duty/in_return.html", told, status=status)


@require_POST
@for_whom(Role.HELPER)
def answer(request: HttpRequest, me: Me, swap: int) -> HttpResponse:
    """Yes, no, or never mind. Whoever is too late is told, and nothing changed."""
    verb = _ANSWERS.get(request.POST.get("answer", ""))
    if verb is None:
        return see("/team/duty/week")
    try:
        deed(verb, swap, by=me.helper or 0)
    except SwapOver:
        return _gone(request, me)
    except (SwapNotPossible, SpanUnclear) as why:
        return team_screen(request, me, "duty/swap_gone.html", {"why": str(why)}, status=HTTPStatus.CONFLICT)
    return see("/team/duty/week")


def _asked(helper: int, other: int, duty: Span, in_return: Span | None) -> str:
    """Ask; what stands in the way, in words, or nothing."""
    try:
        deed(_ask, helper, other, duty, in_return)
    except (SwapNotPossible, SpanUnclear) as why:
        return str(why)
    except NoSuchHelper:
        return _("They are not on the team any more.")
    return ""


def _ask(now: datetime, asker: int, asked: int, duty: Span, in_return: Span | None) -> None:
    swapping.ask_to_swap(now, asker=asker, asked=asked, duty=duty, in_return=in_return)


def _my_duty(me: Me, key: str) -> Span | None:
    """My duty that begins at this moment, if I have one, whole, in sight and not begun."""
    start, now = from_key(key), clock.now()
    if start is None or start <= now or me.helper is None:
        return None
    return next(
        (span for span in _whole_duties(me.helper, start - _AROUND, start + _AROUND) if span.start == start), None
    )


def _theirs(other: int, helper: int, duty: Span) -> list[tuple[Span, str]]:
    """Their coming duties in which I am off, in my own clock."""
    start = clock.now()
    end = max(duty.end, start) + _IN_RETURN_AHEAD
    mine = duty_of(helper, Span(start, end))
    free = [span for span in _whole_duties(other, start, end) if not spans_between(mine, span.start, span.end)]
    return [(span, duty_in_words(span, mine.zone)) for span in free[:_A_FEW]]


def _whole_duties(helper: int, start: datetime, end: datetime) -> list[Span]:
    """What is cut off at either end of the time that was looked at may be longer, so it is left out."""
    spans = spans_between(duty_of(helper, Span(start, end)), start, end)
    return [span for span in spans if span.start > start and span.end < end]


def _gone(request: HttpRequest, me: Me) -> HttpResponse:
    return team_screen(request, me, "duty/swap_gone.html", {"why": ""}, status=HTTPStatus.CONFLICT)
