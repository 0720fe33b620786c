"""What the driver may do with a house, and what it may look at. Two houses: one in memory, one of the real rooms."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol
from uuid import UUID

from stepitup.calls.life import Life
from stepitup.ground.vocabulary import Kind

LEASE = timedelta(seconds=5)
MENDS_EVERY = timedelta(seconds=30)  # the watch looks for what was dropped, and whether its clock was put back
PATIENCE = timedelta(seconds=10)  # the time limit of every carrier of the simulation


class Crash(BaseException):
    """The house went down at this instant. Not an Exception: no rim may catch it."""


class Mood(Enum):
    """How a carrier behaves tonight."""

    GOOD = auto()
    FLAKY = auto()  # refuses now and then, and may work in a few seconds
    DOWN = auto()
    HANGS = auto()  # takes all its time and then does not know
    LIES = auto()  # takes the page and never brings it
    DOUBLES = auto()  # brings it twice
    WRONG_NUMBER = auto()


@dataclass
class SimHelper:
    """A helper of the simulation."""

    id: int
    kinds: frozenset[Kind]
    carriers: tuple[str, ...]
    unfit_since: datetime | None = None
    suspended: bool = False  # by a deed that takes their pages and their callers from them at once
    messages_before: int = 0  # how many messages they had when they became unfit: no more may come
    seats_before: int = 0  # how many seats they had then: no more may come

    @property
    def fit(self) -> bool:
        """Whether they may be paged."""
        return self.unfit_since is None


@dataclass(frozen=True)
class Brought:
    """A message that reached a helper's phone."""

    helper: int
    page: UUID
    key: str
    at: datetime


@dataclass
class Weather:
    """Chance and trouble, shared by a driver and its house."""

    moods: dict[str, Mood] = field(default_factory=dict)
    crash_in: int | None = None  # go down at the n-th dangerous instant from now

    def dangerous_instant(self) -> None:
        """Between a write, a send and a record: here the house may go down."""
        if self.crash_in is None:
            return
        self.crash_in -= 1
        if self.crash_in <= 0:
            self.crash_in = None
            raise Crash


class House(Protocol):
    """A house for backup."""

    @property
    def dangers(self) -> int:
        """About how many dangerous instants one event has."""
        ...

    def night(self) -> AbstractContextManager[None]:
        """What must be around a night."""
        ...

    def number_of(self, helper: int) -> int:
        """Under which number this house keeps a helper of the simulation."""
        ...

    def press(self, key: str) -> UUID:
        """Press once; the same key is the same call."""
        ...

    def acknowledge(self, page: UUID, press: str) -> UUID | None:
        """A helper says yes; the seat, or None when somebody else was first."""
        ...

    def decline(self, page: UUID) -> None:
        """A helper says no."""
        ...

    def joined(self, seat: UUID) -> None:
        """The two are in contact."""
        ...

    def hand_back(self, seat: UUID) -> None:
        """The helper cannot after all."""
        ...

    def finished(self, seat: UUID) -> None:
        """The helper's part is done."""
        ...

    def not_a_call(self, seat: UUID) -> None:
        """It was a prank."""
        ...

    def step_up(self, call: UUID) -> None:
        """The caller wants more."""
        ...

    def not_this_person(self, call: UUID) -> None:
        """The caller says no to who came."""
        ...

    def stand_down(self, call: UUID) -> None:
        """The caller needs nobody any more."""
        ...

    def suspend(self, helper: int) -> None:
        """A helper may not be paged any more, at once."""
        ...

    def lapse(self, helper: int) -> None:
        """A helper is fit no more, and nobody did anything about the pages they hold."""
        ...

    def watch(self) -> None:
        """The watch does everything that is due now."""
        ...

    def restart(self) -> None:
        """The process is started again after a crash: what was claimed waits for its lease to end."""
        ...

    def lives(self) -> Collection[Life]:
        """Every call."""
        ...

    def timers(self) -> Mapping[tuple[str, str], datetime]:
        """Every armed or leased timer, and when it comes due."""
        ...

    def on_its_way(self, page: UUID, *, armed: Collection[str]) -> bool:
        """Whether this page was handed to a carrier or still will be: by an attempt that is among these."""
        ...

    def phones(self) -> list[Brought]:
        """What reached the helpers' phones, in order."""
        ...
