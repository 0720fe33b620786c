"""A pattern of duty: runs of hours that come again after so many days or hours, by the clock on the wall.

A week is a pattern of seven days; "24/48" one of seventy-two hours. One shape, so that one function unrolls them all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

Wall = tuple[datetime, datetime]  # from and until, as a clock on the wall shows them


class OnHolidays(Enum):
    """What a pattern does on holidays."""

    TOO = "too"
    ONLY = "only"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of duty: how long after the pattern's beginning it starts, and how long it lasts."""

    after: timedelta
    length: timedelta


@dataclass(frozen=True, slots=True)
class Pattern:
    """Runs that come again each `period`, counted from `anchor`; `since` and `until` are days on which a run begins."""

    anchor: datetime
    period: timedelta
    runs: tuple[Run, ...]
    since: date | None = None
    until: date | None = None
    on_holidays: OnHolidays = OnHolidays.TOO

    def between(self, start: datetime, end: datetime, *, is_holiday: Callable[[date], bool]) -> Iterator[Wall]:
        """The stretches of duty that touch this stretch of wall time."""
        for run in self.runs:
            first = self.anchor + run.after
            begins = first + max((start - run.length - first) // self.period, 0) * self.period
            while begins < end:
                if begins + run.length > start and self._counts(begins.date(), is_holiday):
                    yield begins, begins + run.length
                begins += self.period

    def _counts(self, day: date, is_holiday: Callable[[date], bool]) -> bool:
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        return self.on_holidays is OnHolidays.TOO or is_holiday(day) is (self.on_holidays is OnHolidays.ONLY)
