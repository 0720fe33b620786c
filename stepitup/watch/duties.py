"""What each timer asks for: time's verbs on a call and on a test. The timer ends in the same transaction.

One deed each, but for steps: many fall due in the same minute, and one deed for those that wait keeps each on time.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from stepitup.calls import actions as calls
from stepitup.calls import timing
from stepitup.calls.actions import joining_by_ring
from stepitup.drills import a_drill, rehearsal, timetable
from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.timers import Claimed
from stepitup.paging import tests_of_ways

Duty = Callable[[datetime, UUID], None]

DUTIES: Mapping[str, Duty] = {
    timing.STEP: calls.escalate,
    timing.JOIN: calls.nobody_joined,
    timing.FILL: calls.fill,
    timing.EXPIRE: calls.expire,
    timing.FORGET: calls.forget,
    timing.STILL_THERE: calls.ask_whether_still_there,
    joining_by_ring.ASKED_AGAIN: joining_by_ring.ask_again,
    joining_by_ring.OVER: joining_by_ring.nobody_says_how_it_goes_on,
    **rehearsal.DUTIES,
    timetable.BY_TIMETABLE: timetable.begin_by_timetable,
    a_drill.FORGET: a_drill.forget,
    tests_of_ways.TIME_IS_UP: tests_of_ways.time_is_up,
}


def fulfil(claimed: Claimed, *, holder: str) -> None:
    """Do what the timer asks for. If the verb armed it anew, `done` leaves the new one alone."""
    deed(_fulfil, claimed, holder)


def fulfil_steps(claimed: Sequence[Claimed], *, holder: str) -> None:
    """The next step of each of these searches, in one deed: all or none."""
    deed(_fulfil_steps, claimed, holder)


def _fulfil(now: datetime, claimed: Claimed, holder: str) -> None:
    DUTIES[claimed.kind](now, UUID(claimed.subject))
    timers.done(claimed, holder=holder)


def _fulfil_steps(now: datetime, claimed: Sequence[Claimed], holder: str) -> None:
    calls.escalate_all(now, [UUID(one.subject) for one in claimed])
    timers.done_all(claimed, holder=holder)
