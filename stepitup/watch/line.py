"""The line to one carrier: its runners, how many pages are on it, and which of them has hung."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from stepitup.paging import carriers
from stepitup.paging.facts import Outcome, Outgoing
from stepitup.paging.sending import hand_over
from stepitup.watch.crew import Crew

Then = Callable[[Outcome], None]

_WITHOUT_CARRIER = 4  # runners for a carrier this house no longer has: each of its pages goes the next way at once
# So many pages at most are made ready before a runner is free, so that none waits for the database. No more: what is
# taken here cannot be passed any more by the first page of somebody who calls a moment later.
_READ_AHEAD = 10
_GRACE = 5.0  # a carrier that overstays its own time limit by so many seconds is written off


@dataclass
class Run:
    """One page on its way: since when a runner has it, and whom to tell."""

    then: Then
    since: float | None = field(default=None)


class Line:
    """Pages to one carrier, a fixed number side by side: as many as it takes at once, or `at_most` so many."""

    def __init__(self, carrier: str, *, at_most: int | None = None) -> None:
        found = carriers.by_name().get(carrier)
        size = found.at_once if found else _WITHOUT_CARRIER
        size = size if at_most is None else min(size, at_most)
        self._limit = (found.time_limit.total_seconds() if found else 1.0) + _GRACE
        self._most = size + min(size, _READ_AHEAD)
        self._crew = Crew(carrier, size)
        self._guard = threading.Lock()
        self._expected = 0
        self._running: dict[int, Run] = {}

    def room(self) -> int:
        """How many more pages this line takes now."""
        with self._guard:
            return self._most - self._expected

    def expect(self, more: int) -> Self:
        """So many more pages are being made ready for this line."""
        with self._guard:
            self._expected += more
        return self

    def one_less(self) -> None:
        """A page has left this line, whatever became of it."""
        with self._guard:
            self._expected -= 1

    def run(self, page: Outgoing, *, then: Then) -> None:
        """Let a runner hand this page over and tell `then` what came of it, exactly once."""
        with self._guard:
            self._running[page.attempt] = Run(then)
        self._crew.give(partial(self._hand_over, page))

    def write_off_stuck(self) -> None:
        """Answer for runners that hang beyond every limit: their page goes the next way, others take their place."""
        latest = time.monotonic() - self._limit
        with self._guard:
            stuck = [attempt for attempt, run in self._running.items() if run.since and run.since < latest]
        for attempt in stuck:
            self._tell(attempt, Outcome.next_way("hung"))
        self._crew.replace_stuck(self._limit)

    def close(self) -> None:
        """Let the runners go home."""
        self._crew.dismiss()

    def _hand_over(self, page: Outgoing) -> None:
        with self._guard:
            if (run := self._running.get(page.attempt)) is not None:
                run.since = time.monotonic()
        outcome = Outcome.next_way("broke")
        try:
            outcome = hand_over(page)
        finally:
            self._tell(page.attempt, outcome)

    def _tell(self, attempt: int, outcome: Outcome) -> None:
        """Whoever comes second, a runner that came back after being written off, finds nobody to tell."""
        with self._guard:
            run = self._running.pop(attempt, None)
        if run is not None:
            run.then(outcome)
