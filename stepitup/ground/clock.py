"""The time, handed in. Only the entrances and `deed` ask for it; every rule is given `now`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

from django.db import connection


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class HouseClock:
    """The database's clock where several machines share one, the host's where the database is a file.

    One clock for all processes: otherwise two doors a second apart would disagree about who was first.
    """

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        if connection.vendor != "postgresql":
            return datetime.now(UTC)  # noqa: TID251  here it is read, and nowhere below the door
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            row: tuple[datetime] = cursor.fetchone()
        return row[0].astimezone(UTC)


class HandClock:
    """A clock wound by hand, for stories: no test ever sleeps."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The moment the hands show."""
        return self._now

    def wind(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Turn the hands (backwards too: hosts' clocks do step) and return the new moment."""
        self._now += timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return self._now


_in_use: Clock = HouseClock()


def now() -> datetime:
    """The present moment. For the entrances and `deed` alone."""
    return _in_use.now()


@contextmanager
def use(clock: Clock) -> Iterator[Clock]:
    """Let the whole process live by another clock for a while."""
    global _in_use  # noqa: PLW0603  one process, one clock: that is the point
    before, _in_use = _in_use, clock
    try:
        yield clock
    finally:
        _in_use = before
