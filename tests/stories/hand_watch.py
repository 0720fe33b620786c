"""The watch, worked off by hand: all that is due is done at once, and time jumps from one due moment to the next.

It uses the watch's own duties and its own three parts of sending; only the threads around them are missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stepitup.calls import actions as calls
from stepitup.calls import timing
from stepitup.drills import rehearsal, timetable
from stepitup.ground import clock, heart, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.timers import Claimed
from stepitup.paging import carriers
from stepitup.paging.facts import Outcome, Outgoing
from stepitup.paging.notices import is_notice
from stepitup.paging.sending import hand_over
from stepitup.watch import outside
from stepitup.watch.duties import DUTIES, fulfil, fulfil_steps
from stepitup.watch.loop import LEASE
from stepitup.watch.sending import drop, make_ready, note, note_together
from tests.stories.network import NeverComesBack

_AT_ONCE = 100
_ROUNDS = 200
_GRACE = timedelta(seconds=5)


@dataclass
class Hung:
    """A page whose carrier does not come back; written off when its time is up."""

    claimed: Claimed
    give_up_at: datetime


class HandWatch:
    """One watch without threads. `stop()` is the night on which it dies; `crash_after_sending()` the worst instant."""

    def __init__(self, clock_in_hand: HandClock) -> None:
        self._clock = clock_in_hand
        self._name = "hand"
        self._alive = True
        self._crashes = False
        self._hung: list[Hung] = []
        self._beaten_at: datetime | None = None

    def stop(self) -> None:
        self._alive = False

    def start(self) -> None:
        self._alive = True
        self._beaten_at = None
        self._name += "+"  # a new process has a new name; what the old one held must become due by its lease
        self.work()

    def crash_after_sending(self) -> None:
        """The next page is handed to its carrier, and then the power goes, before anything was noted."""
        self._crashes = True

    def work(self) -> None:
        """Do all that is due at this moment."""
        if self._alive:
            self._keep_alive()
        for _ in range(_ROUNDS):
            now = clock.now()
            kinds = timers.kinds_due(now) if self._alive else []
            if not kinds:
                return
            for kind in kinds:
                self._take(kind, deed(timers.claim, kinds=[kind], limit=_AT_ONCE, lease=LEASE, holder=self._name))
        raise AssertionError(f"the watch has no rest: {timers.kinds_due(clock.now())} stay due")

    def let_pass(self, time: timedelta) -> None:
        """Let time go by, stopping at each moment at which something is due."""
        end = clock.now() + time
        self.work()
        while (coming := self._next_due()) is not None and coming < end:
            self._wind_to(coming)
            self.work()
        self._wind_to(end)
        self.work()

    def _take(self, kind: str, claimed: Sequence[Claimed]) -> None:
        """What is due of one kind: together where the watch does it together."""
        if kind == timing.STEP and claimed:
            fulfil_steps(claimed, holder=self._name)
        elif kind in outside.ERRANDS:
            for one in claimed:
                outside.run(one, holder=self._name)
        elif kind in DUTIES:
            for one in claimed:
                fulfil(one, holder=self._name)
        else:
            self._send_all(claimed)

    def _send_all(self, claimed: Sequence[Claimed]) -> None:
        ready, taken = make_ready(claimed), list[tuple[Claimed, Outcome]]()
        for one, page in ready.to_send:
            outcome = self._hand_over(one, page)
            if outcome is None:
                continue
            if outcome.then is None and not is_notice(one.kind):
                taken.append((one, outcome))
            else:
                note(one, outcome, holder=self._name)
        if not self._alive:
            return
        if taken:
            note_together(taken, holder=self._name)
        for one, over in ready.to_drop:
            drop(one, over, holder=self._name)

    def _hand_over(self, claimed: Claimed, page: Outgoing) -> Outcome | None:
        """What the carrier said; None where it hangs, or where this watch is no more."""
        if not self._alive:
            return None
        try:
            outcome = hand_over(page)
        except NeverComesBack:
            limit = carriers.in_use()[page.carrier].time_limit + _GRACE
            self._hung.append(Hung(claimed, give_up_at=clock.now() + limit))
            return None
        if self._crashes:
            self._crashes = self._alive = False
            return None
        return outcome

    def _keep_alive(self) -> None:
        """What the real watch does every few seconds, whatever is due."""
        now = clock.now()
        if self._hung:
            self._write_off_hung()
        if self._beaten_at is None or now != self._beaten_at:
            deed(heart.beat, name=self._name)
        if self._beaten_at is None or now < self._beaten_at:
            deed(calls.mend)  # the clock was put back
            deed(timetable.keep_time)
            deed(rehearsal.keep_time)
        self._beaten_at = now

    def _write_off_hung(self) -> None:
        now = clock.now()
        for hung in [hung for hung in self._hung if hung.give_up_at <= now]:
            self._hung.remove(hung)
            note(hung.claimed, Outcome.next_way("hung"), holder=self._name)
        deed(timers.keep, holder=self._name, ids=[hung.claimed.id for hung in self._hung], lease=LEASE)

    def _next_due(self) -> datetime | None:
        if not self._alive:
            return None
        moments = [hung.give_up_at for hung in self._hung]
        coming = timers.next_due()
        if self._hung:
            moments.append(clock.now() + LEASE / 2)  # the lease of what hangs is renewed in good time
        if coming is not None:
            moments.append(coming)
        return min(moments, default=None)

    def _wind_to(self, moment: datetime) -> None:
        self._clock.wind(seconds=max((moment - clock.now()).total_seconds(), 0))
