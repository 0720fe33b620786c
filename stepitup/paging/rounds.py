"""A round: one going-out of a page by all its ways, written as attempts and armed for the watch."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from stepitup.ground import keys, statements, timers
from stepitup.ground.seal import seal, unseal
from stepitup.paging.facts import COURTESIES, AttemptState, Reach
from stepitup.paging.models import Attempt
from stepitup.paging.next_way import first_ways

ADDRESS_SEAL = "paging address"

# When many call at once, one page for each of them comes before the second page for anybody: the first page of a call
# is armed as if it had been due for a while, and so passes those that wait. A coordinator who is to look for somebody
# waits behind them.
HEAD_START = timedelta(seconds=2)


def timer_kind(carrier: str, *, test: bool = False) -> str:
    """The kind of timer that waits for this carrier: one for each, so that a slow one holds up nobody else's.

    Tests wait by themselves: a drill of five hundred never stands in front of one page that somebody waits for.
    """
    return f"test:{carrier}" if test else f"attempt:{carrier}"


@dataclass(frozen=True)
class _Try:
    """One attempt to be written. `at`: when its turn comes; None: it is kept in reserve."""

    page: UUID
    reach: Reach
    round: int
    position: int
    at: datetime | None


def write_round(
    now: datetime, ways: Mapping[UUID, Sequence[Reach]], *, number: Mapping[UUID, int], head_start: bool
) -> None:
    """Write the attempts of a round for these pages, in this order, and arm the ways with which each begins."""
    tries = [one for page, reaches in ways.items() for one in _tries(now, page, reaches, number=number.get(page, 1))]
    written = [(one, attempt) for one, attempt in zip(tries, _write(now, tries), strict=True) if one.at]
    # Everybody's first way before anybody's second. The sort keeps the order of the pages.
    to_arm = [(attempt, one.reach.carrier) for one, attempt in sorted(written, key=lambda pair: pair[0].position)]
    ahead = to_arm[:1] if head_start else []
    arm([(*attempt, now - HEAD_START) for attempt in ahead] + [(*attempt, now) for attempt in to_arm[len(ahead) :]])


def arm(attempts: Iterable[tuple[int, str, datetime]], *, test: bool = False) -> None:
    """Let the watch try these attempts, each named with its carrier, at these moments."""
    timers.arm_each((timer_kind(carrier, test=test), attempt, at) for attempt, carrier, at in attempts)


def write_tests(now: datetime, ways: Mapping[UUID, Reach]) -> None:
    """Write one attempt for each of these test pages and arm it, behind nobody and before nobody who waits."""
    tries = [one for page, reach in ways.items() for one in _tries(now, page, [reach], number=1)]
    written = zip(tries, _write(now, tries), strict=True)
    arm([(attempt, one.reach.carrier, now) for one, attempt in written], test=True)


def disarm(attempts: Collection[tuple[int, str]]) -> None:
    """Let these attempts, each named with its carrier, not be tried any more."""
    timers.disarm({timer_kind(carrier) for _attempt, carrier in attempts}, [attempt for attempt, _ in attempts])


def reach_of(attempt: Attempt) -> Reach:
    """The way that this attempt goes, with its address opened."""
    return Reach(way=attempt.way, carrier=attempt.carrier, address=address_of(attempt))


def address_of(attempt: Attempt) -> str:
    """The address of an attempt whose page is still open."""
    assert attempt.address is not None, "asked for after the page was settled"
    return opened_address(attempt.address)


def opened_address(sealed: bytes | memoryview) -> str:
    """The address that was sealed for an attempt. Raises SealBroken."""
    return str(unseal(ADDRESS_SEAL, sealed))


def _tries(now: datetime, page: UUID, ways: Sequence[Reach], *, number: int) -> Iterable[_Try]:
    courtesies = [place for place, reach in enumerate(ways) if reach.carrier in COURTESIES]
    begin = {send.position: send.at for send in first_ways(len(ways), now, courtesies=courtesies)}
    for position, reach in enumerate(ways):
        yield _Try(page, reach, number, position, begin.get(position))


def _write(now: datetime, tries: Sequence[_Try]) -> list[int]:
    return statements.insert_numbered(Attempt, [_columns(now, one) for one in tries])


def _columns(now: datetime, one: _Try) -> statements.Values:
    return {
        "page_id": one.page,
        "round": one.round,
        "position": one.position,
        "way": one.reach.way,
        "carrier": one.reach.carrier,
        "address": seal(ADDRESS_SEAL, one.reach.address),
        "number_mark": keys.number_mark(one.reach.address.strip().lower()),
        "state": (AttemptState.WAITING if one.at else AttemptState.RESERVE).value,
        "due_at": one.at,
        "written_at": now,
        "key": keys.new_id().hex,
    }
