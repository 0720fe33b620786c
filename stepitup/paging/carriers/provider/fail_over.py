"""Which of several providers goes first, by how each of them does just now. Pure; the times are handed in.

A provider is unwell when its newest answer was trouble of its own, when its newest answers took too long, or when a
question to it has been open for too long already: a provider that hangs answers nothing that could be measured.
It is well again when it answers a question that concerns nobody. No page is spent on finding out. A modem of one's own
stands here as a provider that is slow by nature and takes few at once (modem_gammu/route.py).
"""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

# A slow evening takes a second. Somebody who is asked for help at night must not wait for the third.
TOO_LONG = 2.5
# How often an unwell provider is asked whether it is well again.
ASK_EVERY = 15.0
_JUDGED_BY = 3


@dataclass(frozen=True)
class Health:
    """How a provider does: its newest answers, in seconds, and since when its oldest open question waits."""

    in_trouble: bool = False
    took: tuple[float, ...] = ()
    open_since: float | None = None
    too_long: float = TOO_LONG

    def is_well(self, now: float) -> bool:
        """Would a page be answered in time?"""
        hangs = self.open_since is not None and now - self.open_since > self.too_long
        drags = len(self.took) == _JUDGED_BY and min(self.took) > self.too_long
        return not (self.in_trouble or hangs or drags)


def in_order(healths: Sequence[Health], now: float) -> list[int]:
    """The providers in the order in which a page tries them: the well ones first, each kind as the team wrote them."""
    return sorted(range(len(healths)), key=lambda place: not healths[place].is_well(now))


def seconds_for(place: int, healths: Sequence[Health], *, now: float, left: float) -> float:
    """How long a page waits for the provider at this place of its order before it goes to the one behind it."""
    order = in_order(healths, now)
    behind = order[place + 1 :]
    if is_somebody_well(behind, healths, now):
        return min(left, healths[order[place]].too_long)
    return left / (1 + len(behind))


def is_somebody_well(places: Sequence[int], healths: Sequence[Health], now: float) -> bool:
    """Whether a page that leaves this provider is taken by one of those at these places."""
    return any(healths[one].is_well(now) for one in places)


class Busy(Exception):
    """It takes no more at once, and another stands ready."""


class Watched:
    """A provider's health, gathered by the threads that ask it; and how many of them may at once."""

    def __init__(self, *, at_once: int = 50, too_long: float = TOO_LONG, ask_every: float = ASK_EVERY) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._too_long = too_long
        self._ask_every = ask_every
        self._guard = threading.Lock()
        self._in_trouble = False
        self._took: deque[float] = deque(maxlen=_JUDGED_BY)
        self._open: dict[object, float] = {}
        self._asked_at: float | None = None

    def health(self) -> Health:
        """How it does now."""
        with self._guard:
            return Health(self._in_trouble, tuple(self._took), min(self._open.values(), default=None), self._too_long)

    @contextmanager
    def asking(self, began: float, *, patience: float = 0.0) -> Iterator[None]:
        """A question is open. Raises Busy where as many are as it takes, and so they stay for so many seconds."""
        if not self._places.acquire(timeout=patience) if patience else not self._places.acquire(blocking=False):
            raise Busy
        question = object()
        with self._guard:
            self._open[question] = began
        try:
            yield
        finally:
            with self._guard:
                del self._open[question]
            self._places.release()

    def answered(self, now: float, *, in_trouble: bool, took: float) -> None:
        """It answered, or its time was up. One that is in trouble is left alone for a while before it is asked."""
        with self._guard:
            self._in_trouble = in_trouble
            self._took.append(took)
            if in_trouble:
                self._asked_at = now

    def is_well_again(self) -> None:
        """It answered what concerns nobody: what was before does not count any more."""
        with self._guard:
            self._in_trouble = False
            self._took.clear()

    def may_ask_again(self, now: float) -> bool:
        """Whether it is time to ask it how it does; whoever is told yes does ask."""
        with self._guard:
            if self._asked_at is not None and now - self._asked_at < self._ask_every:
                return False
            self._asked_at = now
            return True
