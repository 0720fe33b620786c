"""What next for one page: pure, of plain values, so that every path can be tried in a blink.

A page has ways in the order in which its helper wants them tried. Two are tried at once. One that fails gives its
place to the next, at once. Where the ways that were tried stay silent for a minute, the next one is tried as well.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stepitup.paging.facts import AttemptState, Outcome, StandingState, Then

AT_ONCE = 2
# Somebody asleep needs a moment to find the phone; a caller should not wait for more than one such moment a way.
NO_ANSWER_AFTER = timedelta(seconds=60)
# A hiccup is over in seconds or it is no hiccup. Two more tries, and then the next way has waited long enough.
PAUSES = (timedelta(seconds=2), timedelta(seconds=5))


@dataclass(frozen=True)
class Tried:
    """Where one way of a page stands: its place in the order, when its turn comes, how many tries came to nothing."""

    position: int
    state: AttemptState
    due: datetime | None = None
    failures: int = 0

    def has_begun(self, now: datetime) -> bool:
        """Has a carrier been asked to take it, or is it being asked just now?"""
        if self.state is AttemptState.WAITING:
            return self.failures > 0 or self.due is None or self.due <= now
        return self.state is not AttemptState.RESERVE


@dataclass(frozen=True)
class Send:
    """Try the way at this position, at this moment."""

    position: int
    at: datetime


@dataclass(frozen=True)
class NextWay:
    """What becomes of the attempt that was just tried, what is to be sent, and how the page stands."""

    becomes: AttemptState
    send: tuple[Send, ...] = ()
    standing: StandingState = StandingState.UNDER_WAY


def first_ways(how_many: int, now: datetime, *, courtesies: Collection[int] = ()) -> tuple[Send, ...]:
    """The ways with which a page, or a new round of it, begins. `courtesies`: the places of ways that nobody confirms.

    Where those stand first, the first other way goes with them: it must not wait a minute behind a muted notice.
    """
    first = range(min(how_many, AT_ONCE))
    firm = next((place for place in range(how_many) if place not in courtesies), None)
    begin = [*first] if firm is None or firm in first else [*first, firm]
    return tuple(Send(position, now) for position in begin)


def next_way(ways: Sequence[Tried], position: int, outcome: Outcome, now: datetime) -> NextWay:
    """Decide what follows from what came of the way at `position`. `ways` are all ways of this round, before it."""
    tried = next(way for way in ways if way.position == position)
    others = [way for way in ways if way.position != position]
    if outcome.then is None:
        return _after_hand_over(tried, others, now)
    if tried.state is not AttemptState.WAITING:
        # A second worker, overtaken by the first, reports late; or the page was answered meanwhile. What was settled
        # stays settled, and that it fell through was said when it did.
        return NextWay(tried.state)
    if outcome.then is Then.TRY_AGAIN and tried.failures < len(PAUSES):
        pause = max(PAUSES[tried.failures], outcome.after or timedelta())
        return NextWay(AttemptState.WAITING, send=(Send(position, now + pause),))
    return _after_failure(others, now)


def not_arrived(ways: Sequence[Tried], position: int, now: datetime) -> NextWay:
    """The carrier had it, and says afterwards that it did not arrive or nobody picked up: the next way at once."""
    return _after_failure([way for way in ways if way.position != position], now)


def _after_hand_over(tried: Tried, others: Sequence[Tried], now: datetime) -> NextWay:
    """Give the helper a minute, then try one more way; one minute at a time, not one for each way that was tried."""
    unbegun = _next_unbegun(others, now)
    spare = unbegun if tried.state is AttemptState.WAITING else None
    if spare is None or spare.state is AttemptState.WAITING:
        return NextWay(AttemptState.HANDED_OVER)
    return NextWay(AttemptState.HANDED_OVER, send=(Send(spare.position, now + NO_ANSWER_AFTER),))


def _after_failure(others: Sequence[Tried], now: datetime) -> NextWay:
    """The next way goes at once, also one that would have had its turn in a minute."""
    spare = _next_unbegun(others, now)
    if spare is not None:
        return NextWay(AttemptState.FAILED, send=(Send(spare.position, now),))
    return NextWay(AttemptState.FAILED, standing=_standing(others))


def _next_unbegun(ways: Sequence[Tried], now: datetime) -> Tried | None:
    return min((way for way in ways if not way.has_begun(now)), key=lambda way: way.position, default=None)


def _standing(ways: Sequence[Tried]) -> StandingState:
    over = (AttemptState.FAILED, AttemptState.DROPPED)
    alive = any(way.state not in over for way in ways)
    return StandingState.UNDER_WAY if alive else StandingState.FELL_THROUGH
