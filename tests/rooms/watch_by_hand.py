"""The watch without its threads: crews that only note what they are given, and do it when a test says so."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.paging import carriers
from stepitup.watch import line, loop
from tests.rooms.calls_house import NIGHT
from tests.rooms.watch_house import Carrier


class Hands:
    """A crew that notes what it is given."""

    def __init__(self, name: str, _size: int) -> None:
        self.name, self.given = name, list[Callable[[], object]]()

    def give(self, job: Callable[[], object]) -> None:
        self.given.append(job)

    def replace_stuck(self, _seconds: float) -> int:
        return 0

    def works(self) -> None:
        """Do all of it, as a crew does: one job that breaks costs the next nothing."""
        while self.given:
            with suppress(Exception):
                self.given.pop(0)()


class ByHand:
    """One watch, at one moment, whose looking and whose work are two things."""

    def __init__(self, watch: loop.Watch, hands: HandClock) -> None:
        self.watch, self.hands = watch, hands

    def looks(self) -> float:
        """It claims what is due and hands it out; for how long it would sleep then."""
        self.watch._bell._rung.clear()
        return self.watch._one_round()

    def works(self) -> None:
        """Everybody does what they were given, and what that brings, until nothing is left."""
        while any(crew.given for crew in self.crews()):
            for crew in self.crews():
                crew.works()

    def is_woken(self) -> bool:
        """Whether it would look again at once."""
        return self.watch._bell._rung.is_set()

    def crews(self) -> list[Hands]:
        ours = self.watch
        found = [ours._clerks, ours._senders, ours._errands, *(one._crew for one in ours._lines.values())]
        return [crew for crew in found if isinstance(crew, Hands)]

    def clerks(self) -> int:
        """How many jobs the clerks have been given."""
        return sum(len(crew.given) for crew in self.crews() if crew.name == "clerks")


@contextmanager
def by_hand(patch: pytest.MonkeyPatch, *ours: Carrier) -> Iterator[ByHand]:
    """A watch over these carriers; it has just beaten its heart and looked after the house."""
    patch.setattr(loop, "Crew", Hands)
    patch.setattr(line, "Crew", Hands)
    with clock.use(HandClock(NIGHT)) as hands, carriers.use(*ours):
        assert isinstance(hands, HandClock)
        watch = loop.Watch(alone=True)
        watch._beaten = watch._mended = watch._tidied = watch._written = math.inf
        yield ByHand(watch, hands)
