"""A carrier that takes as long as it is told to, and notes when each page reached it.

It stands for a text provider: a network away, many lines side by side. Everything around it is the real house.
"""

import time
from datetime import timedelta

from bench.inside.stamps import Stamps
from stepitup.paging.facts import Outgoing

NAME = "bench"


class SlowCarrier:
    """Sleeps as a thread that waits for a network does: without the interpreter's lock."""

    name = NAME
    time_limit = timedelta(seconds=10)
    takes_replies = False

    def __init__(self, stamps: Stamps, *, seconds: float, lines: int) -> None:
        self.at_once = lines
        self._seconds = seconds
        self._stamps = stamps

    def send(self, page: Outgoing) -> str:
        """Note that the page is with us, take our time, note that it is done."""
        self._stamps.note("begun", str(page.page))
        if self._seconds:
            time.sleep(self._seconds)
        self._stamps.note("taken", str(page.page))
        return page.key
