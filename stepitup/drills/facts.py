"""The plain values of this room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NotReachedWhy(StrEnum):
    """Why somebody was not reached, as far as a coordinator needs it to mend the roster."""

    NO_WAY = "no way"
    NOT_TAKEN = "not taken"
    ON_ITS_WAY = "on its way"
    SILENT = "silent"


@dataclass(frozen=True)
class NotReached:
    """A helper whom a drill has not reached so far. No blame is in it: a phone was off, a number has changed."""

    helper: int
    why: NotReachedWhy


@dataclass(frozen=True)
class DrillSeen:
    """A drill as a coordinator sees it: how many were asked and reached, and who was not. Never how quickly."""

    id: UUID
    begun_at: datetime
    by_hand: bool
    asked: int
    reached: int
    not_reached: tuple[NotReached, ...]
    left_out: int

    @property
    def is_settled(self) -> bool:
        """Whether everything has gone out: who is not reached now has had a message, or cannot have one."""
        return all(one.why is not NotReachedWhy.ON_ITS_WAY for one in self.not_reached)
