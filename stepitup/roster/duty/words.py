"""The small words of a line of duty: a time of day, a day of the calendar; and how to say that one cannot be read."""

import re
from datetime import date, timedelta
from typing import Final

from stepitup.roster.errors import DutyHoursUnclear

HOW_TO: Final = (
    'write it like "Mon-Fri 18:00-06:00", "daily 08:00-20:00", "24/48 from 2026-11-01 07:00", '
    '"pitman from 2026-11-02 06:00-18:00" or "1 of 4 weeks from 2026-11-02 08:00"'
)
A_DAY: Final = timedelta(days=1)
_DAY: Final = 24 * 60
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d", re.ASCII)
_YEARS: Final = range(2000, 2101)


def unclear(line: str, words: str) -> DutyHoursUnclear:
    """The line, and what is wrong with it."""
    return DutyHoursUnclear(f"“{line}”: {words}")


def minutes_in(clock: str, *, line: str) -> int:
    """Minutes since midnight, 24:00 included."""
    if not _CLOCK.fullmatch(clock):
        raise unclear(line, f"“{clock}” is not a time of day; {HOW_TO}")
    hour, minute = map(int, clock.split(":"))
    if minute > 59 or hour * 60 + minute > _DAY:
        raise unclear(line, f"“{clock}” is not a time of day; {HOW_TO}")
    return hour * 60 + minute


def stretch(start: int, end: int, *, line: str) -> tuple[timedelta, timedelta]:
    """From minutes to the start of a duty within its day, and its length. An end not after the start is tomorrow's."""
    if start == _DAY:
        raise unclear(line, "a duty begins at 00:00, not at 24:00")
    length = end - start if end > start else end - start + _DAY
    return timedelta(minutes=start), timedelta(minutes=length)


def day_in(written: str, *, line: str) -> date:
    """A day such as 2026-11-01, within reason."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise unclear(line, f"“{written}” is not a day; write it like 2026-11-01") from None
    if day.year not in _YEARS:
        raise unclear(line, f"“{written}” lies too far off; days are from 2000 to 2100")
    return day
