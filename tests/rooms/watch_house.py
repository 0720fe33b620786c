"""The real watch with its threads, and carriers that hang, dawdle and break at a test's word."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from stepitup.ground import bell
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing
from stepitup.watch.loop import Watch


@dataclass
class Carrier:
    """Takes pages at once; while `hangs`, it keeps everybody who sends waiting."""

    name: str
    at_once: int = 4
    time_limit: timedelta = timedelta(seconds=60)
    refuses: CannotSend | None = None
    breaks: Exception | None = None
    took: list[Outgoing] = field(default_factory=list)
    tried: list[Outgoing] = field(default_factory=list)
    takes_replies = False

    def __post_init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    def hang(self) -> "Carrier":
        """From now on nobody comes back."""
        self._open.clear()
        return self

    def let_go(self) -> None:
        """Everybody comes back."""
        self._open.set()

    def send(self, page: Outgoing) -> str:
        """Take it, as told."""
        self.tried.append(page)
        assert self._open.wait(timeout=20), "a test forgot to let go"
        if self.breaks:
            raise self.breaks
        if self.refuses:
            raise self.refuses
        self.took.append(page)
        return f"ref-{len(self.took)}"


@contextmanager
def watching(*ours: Carrier, alone: bool = True, watches: int = 1) -> Iterator[Watch]:
    """These carriers in use, and a watch (or several) awake. Afterwards nothing of them is left."""
    with carriers.use(*ours):
        awake = [Watch(alone=alone) for _ in range(watches)]
        for watch in awake:
            watch.start()
        try:
            yield awake[0]
        finally:
            for carrier in ours:
                carrier.let_go()
            for watch in awake:
                watch.stop()
            # The next test must find the house empty.
            soon(lambda: not crews(), what="threads of the watch are left")


def crews() -> list[threading.Thread]:
    """The threads of all crews."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("crew-")]


def soon(comes_true: Callable[[], bool], *, what: str, within: float = 10) -> float:
    """Wait until it comes true; for how many seconds that was."""
    began = time.monotonic()
    while not comes_true():
        assert time.monotonic() - began < within, what
        time.sleep(0.01)
    return time.monotonic() - began


def ring() -> None:
    """Wake the watch for what a test has armed by hand."""
    deed(lambda _now: bell.ring("timers", "a test"))
