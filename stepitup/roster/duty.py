"""When somebody is on duty: weekly hours in the zone where they work. The calendar and the engine ask this same file.

Hours are written "Mon-Fri 18:00-06:00", "Sat,Sun 00:00-24:00" or "daily 08:00-20:00"; an end at or before the start is
on the next day. No hours at all means always on duty.

The two odd nights of a year: a duty begins at the first occurrence of its hour and ends at the last; an hour that does
not exist begins early and ends late. Rather two on duty for an hour than nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from stepitup.roster.errors import DutyHoursUnclear

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOW_TO: Final = 'write it like "Mon-Fri 18:00-06:00", "Sat,Sun 00:00-24:00" or "daily 08:00-20:00"'
_SHAPE: Final = re.compile(r"([A-Za-z,\- ]+?) +(\d{1,2}:\d\d) ?- ?(\d{1,2}:\d\d)", re.ASCII)
_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class DutyHours:
    """One line of weekly hours, in minutes since midnight of the day on which the duty begins."""

    days: frozenset[int]
    start: int
    length: int


@lru_cache(maxsize=10_000)
def read_hours(line: str) -> DutyHours:
    """Read one line of hours. Raises DutyHoursUnclear, with how to write it."""
    shape = _SHAPE.fullmatch(line.strip())
    if not shape:
        raise DutyHoursUnclear(f"“{line}” cannot be read as hours of duty; {_HOW_TO}")
    days = frozenset(day for part in shape[1].split(",") for day in _days(part.strip(), line=line))
    start, end = _minutes(shape[2], line=line), _minutes(shape[3], line=line)
    if start == _A_DAY:
        raise DutyHoursUnclear(f"“{line}”: a duty begins at 00:00, not at 24:00")
    return DutyHours(days=days, start=start, length=end - start if end > start else end - start + _A_DAY)


def is_on_duty(lines: Sequence[str], now: datetime, *, zone: ZoneInfo) -> bool:
    """Is somebody with these weekly hours on duty at this moment?"""
    return not lines or any(_covers(read_hours(line), now, zone=zone) for line in lines)


def _covers(hours: DutyHours, now: datetime, *, zone: ZoneInfo) -> bool:
    """A duty lasts a day at most, so it began today or yesterday; tomorrow's may begin early on an odd night."""
    today = now.astimezone(zone).date()
    for back in (-1, 0, 1):
        day = today + timedelta(days=back)
        if day.weekday() in hours.days:
            midnight = datetime.combine(day, time())
            start = midnight + timedelta(minutes=hours.start)
            first, last = _instants(start, zone)[0], _instants(start + timedelta(minutes=hours.length), zone)[1]
            if first <= now < last:
                return True
    return False


def _instants(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last moment at which a wall clock shows this, or would, had the hour not been skipped."""
    moments = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(moments), max(moments)


def _days(part: str, *, line: str) -> list[int]:
    if part.lower() in {"daily", "every day"}:
        return list(range(7))
    first, dash, last = (word.strip() for word in part.partition("-"))
    start = _day(first, line=line)
    end = _day(last, line=line) if dash else start
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _day(word: str, *, line: str) -> int:
    if word[:3].title() not in DAYS or len(word) < 3:
        raise DutyHoursUnclear(f"“{line}”: “{word}” is not a day; days are {', '.join(DAYS)} or daily")
    return DAYS.index(word[:3].title())


def _minutes(clock: str, *, line: str) -> int:
    hour, minute = map(int, clock.split(":"))
    if minute > 59 or hour * 60 + minute > _A_DAY:
        raise DutyHoursUnclear(f"“{line}”: “{clock}” is not a time of day; {_HOW_TO}")
    return hour * 60 + minute
