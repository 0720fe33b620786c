"""A crew: a fixed number of threads that take one job after another. Threads that hang are written off and replaced."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connection

Job = Callable[[], object]
T = TypeVar("T")

log = logging.getLogger(__name__)


def up_to(most: int, waiting: SimpleQueue[T]) -> list[T]:
    """What waits in the queue now, so many at most: whoever takes a job takes along what came in behind it."""
    taken = list[T]()
    with suppress(Empty):
        while len(taken) < most:
            taken.append(waiting.get_nowait())
    return taken


class Crew:
    """Daemon threads: the house must be able to stop even when a carrier never comes back."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._guard = threading.Lock()
        self._busy_since: dict[threading.Thread, float] = {}
        self._written_off: set[threading.Thread] = set()
        for _ in range(size):
            self._hire()

    def give(self, job: Job) -> None:
        """Let the next free hand do this."""
        self._jobs.put(job)

    def replace_stuck(self, seconds: float) -> int:
        """Write off every hand that has been at one job for longer, hire as many anew, and say how many."""
        limit = time.monotonic() - seconds
        with self._guard:
            stuck = [hand for hand, since in self._busy_since.items() if since < limit]
            for hand in stuck:
                del self._busy_since[hand]
                self._written_off.add(hand)
        for _ in stuck:
            log.error("a hand of the crew %s hangs; another takes its place", self._name)
            self._hire()
        return len(stuck)

    def dismiss(self) -> None:
        """Let every hand go home after its present job."""
        self._jobs.put(None)

    def _hire(self) -> None:
        threading.Thread(target=self._work, name=f"crew-{self._name}", daemon=True).start()

    def _work(self) -> None:
        me = threading.current_thread()
        try:
            while (job := self._jobs.get()) is not None:
                if not self._do(me, job):
                    return
            self._jobs.put(None)  # the next hand reads it too
        finally:
            connection.close()

    def _do(self, me: threading.Thread, job: Job) -> bool:
        """Do one job; False when this hand was written off meanwhile and must go."""
        with self._guard:
            self._busy_since[me] = time.monotonic()
        try:
            connection.close_if_unusable_or_obsolete()
            job()
        except Exception:  # the rim of the watch: whatever broke, the next page must still go out
            log.exception("a job of the crew %s broke; its timer comes due again", self._name)
            connection.close()  # the next try takes a new one: a file that came back may be another file
        with self._guard:
            self._busy_since.pop(me, None)
            gone = me in self._written_off
            self._written_off.discard(me)
        return not gone
