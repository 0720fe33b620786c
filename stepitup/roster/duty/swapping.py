"""Swaps by consent: one helper asks, the other says yes, and both are freed and bound in the same moment.

Nobody else can do it for them: the verbs take who asks and who answers, and a coordinator's account is neither.
"""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from stepitup.roster.duty.asked import spans_between
from stepitup.roster.duty.overriding import bind, hold, refuse_unclear
from stepitup.roster.duty.questions import duty_of
from stepitup.roster.duty.spans import Span
from stepitup.roster.errors import SwapNotPossible, SwapOver
from stepitup.roster.models import DutySwap, Helper
from stepitup.roster.reading import kinds_of_row


class SwapState(StrEnum):
    """The life of a swap."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"


def ask_to_swap(now: datetime, *, asker: int, asked: int, duty: Span, in_return: Span | None = None) -> int:
    """Ask another helper to take a duty, or to change it for one of theirs. Nothing moves until they say yes.

    Raises SwapNotPossible, SpanUnclear, NoSuchHelper.
    """
    _refuse_impossible(now, asker, asked, duty, in_return)
    same = DutySwap.objects.filter(asker=asker, asked=asked, starts_at=duty.start, state=SwapState.ASKED)
    if same.exists():
        raise SwapNotPossible(_("You asked them already. They have not answered yet."))
    return DutySwap.objects.create(
        asker_id=asker,
        asked_id=asked,
        starts_at=duty.start,
        ends_at=duty.end,
        back_starts_at=in_return.start if in_return else None,
        back_ends_at=in_return.end if in_return else None,
        state=SwapState.ASKED,
        asked_at=now,
    ).pk


def agree_to_swap(now: datetime, swap_id: int, *, by: int) -> None:
    """The one who was asked says yes: the asker is freed and they are bound; in return the other way round.

    Everything is looked at again: hours may have changed since. Raises SwapOver, SwapNotPossible.
    """
    swap = DutySwap.objects.filter(pk=swap_id, asked=by, state=SwapState.ASKED).first()
    if swap is None:
        raise SwapOver
    duty, in_return = spans_of(swap)
    _refuse_impossible(now, swap.asker_id, swap.asked_id, duty, in_return)
    _settle(now, swap_id, SwapState.AGREED, asked=by)
    _hand_over(duty, giver=swap.asker_id, taker=by)
    if in_return:
        _hand_over(in_return, giver=by, taker=swap.asker_id)


def decline_swap(now: datetime, swap_id: int, *, by: int) -> None:
    """The one who was asked says no; no reason is wanted. Raises SwapOver."""
    _settle(now, swap_id, SwapState.DECLINED, asked=by)


def take_swap_back(now: datetime, swap_id: int, *, by: int) -> None:
    """The one who asked asks no more. Raises SwapOver."""
    _settle(now, swap_id, SwapState.TAKEN_BACK, asker=by)


def spans_of(swap: DutySwap) -> tuple[Span, Span | None]:
    """The duty that changes hands, and the one in return, if any."""
    back = Span(swap.back_starts_at, swap.back_ends_at) if swap.back_starts_at and swap.back_ends_at else None
    return Span(swap.starts_at, swap.ends_at), back


def _settle(now: datetime, swap_id: int, state: SwapState, **whose: int) -> None:
    """One conditional update: of a yes and a "never mind" in the same moment one comes first, and the other is told."""
    waiting = DutySwap.objects.filter(pk=swap_id, state=SwapState.ASKED, **whose)
    if not waiting.update(state=state, answered_at=now):
        raise SwapOver


def _hand_over(duty: Span, *, giver: int, taker: int) -> None:
    bind([(giver, duty, False), (taker, duty, True)])


def _refuse_impossible(now: datetime, asker: int, asked: int, duty: Span, in_return: Span | None) -> None:
    if asker == asked:
        raise SwapNotPossible(_("A swap needs somebody else."))
    # In the order of their numbers, so that two swaps the other way round never wait for each other.
    rows = {helper: hold(helper) for helper in sorted((asker, asked))}
    if not kinds_of_row(rows[asker]) & kinds_of_row(rows[asked]):
        raise SwapNotPossible(_("You do not help in the same role, so nobody would be there in yours."))
    _refuse_hand_over(now, duty, giver=rows[asker], taker=rows[asked])
    if in_return:
        _refuse_hand_over(now, in_return, giver=rows[asked], taker=rows[asker])


def _refuse_hand_over(now: datetime, duty: Span, *, giver: Helper, taker: Helper) -> None:
    refuse_unclear(now, duty)
    if duty.start <= now:
        raise SwapNotPossible(_("That duty has begun already."))
    if spans_between(duty_of(giver.pk, duty), duty.start, duty.end) != (duty,):
        raise SwapNotPossible(_("%(name)s is not on duty in all of that time any more.") % {"name": giver.display_name})
    if spans_between(duty_of(taker.pk, duty), duty.start, duty.end):
        raise SwapNotPossible(_("%(name)s is on duty then already.") % {"name": taker.display_name})
