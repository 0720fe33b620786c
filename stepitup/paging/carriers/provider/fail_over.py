"""Which of two providers goes first, by how each of them does just now. Pure; the times are handed in.

A provider is unwell when its newest answer was trouble of its own, when its newest answers took too long, or when a
question to it has been open for too long already: a provider that hangs answers nothing that could be measured.
It is well again when it answers a question that concerns nobody. No page is spent on finding out.
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

    def is_well(self, now: float) -> bool:
        """Would a page be answered in time?"""
        hangs = self.open_since is not None and now - self.open_since > TOO_LONG
        drags = len(self.took) == _JUDGED_BY and min(self.took) > TOO_LONG
        return not (self.in_trouble or hangs or drags)


def in_order(healths: Sequence[Health], now: float) -> list[int]:
    """The providers in the order in which a page tries them: the well ones first, each kind as the team wrote them."""
    return sorted(range(len(healths)), key=lambda place: not healths[place].is_well(now))


def seconds_for(place: int, healths: Sequence[Health], *, now: float, left: float) -> float:
    """How long a page waits for the provider at this place of its order before it goes to the one behind it."""
    behind = in_order(healths, now)[place + 1 :]
    somebody_is_well = any(healths[one].is_well(now) for one in behind)
    return min(left, TOO_LONG) if somebody_is_well else left / (1 + len(behind))


class Watched:
    """A provider's health, gathered by the threads that ask it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._in_trouble = False
        self._took: deque[float] = deque(maxlen=_JUDGED_BY)
        self._open: dict[object, float] = {}
        self._asked_at: float | None = None

    def health(self) -> Health:
        """How it does now."""
        with self._guard:
            return Health(self._in_trouble, tuple(self._took), min(self._open.values(), default=None))

    @contextmanager
    def asking(self, began: float) -> Iterator[None]:
        """A question is open."""
        question = object()
        with self._guard:
            self._open[question] = began
        try:
            yield
        finally:
            with self._guard:
                del self._open[question]

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
            if self._asked_at is not None and now - self._asked_at < ASK_EVERY:
                return False
            self._asked_at = now
            return True
