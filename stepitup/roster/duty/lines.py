"""From a line of duty, as people write it, to its pattern. docs/roster-file.md and docs/duty.md tell the words.

    Mon-Fri 18:00-06:00        Sat,Sun 00:00-24:00        daily 08:00-20:00        holidays 00:00-24:00
    24/48 from 2026-11-01 07:00                           kelly from 2026-11-01 07:00
    pitman from 2026-11-02 06:00-18:00                    2 on 3 off from 2026-11-02 06:00-18:00
    1 of 4 weeks from 2026-11-02 08:00                    by calendar

Each may go on with `except holidays`, `from` a day and `until` a day. An end at or before the start is on the next day.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from stepitup.roster.duty.patterns import OnHolidays, Pattern, Run
from stepitup.roster.duty.rotations import rotation
from stepitup.roster.duty.words import A_DAY, day_in, minutes_in, stretch, unclear

EXAMPLES: Final = (
    "Mon-Fri 18:00-06:00",
    "Sat,Sun 00:00-24:00",
    "daily 08:00-20:00 except holidays",
    "24/48 from 2026-11-01 07:00",
    "kelly from 2026-11-01 07:00",
    "pitman from 2026-11-02 06:00-18:00",
    "2 on 3 off from 2026-11-02 06:00-18:00",
    "1 of 4 weeks from 2026-11-02 08:00",
    "by calendar",
)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BY_CALENDAR: Final = "by calendar"
_A_MONDAY: Final = datetime(1900, 1, 1)  # noqa: DTZ001  a time on the wall, in no zone
_A_WEEK: Final = timedelta(days=7)
_NEVER: Final = Pattern(anchor=_A_MONDAY, period=_A_WEEK, runs=())
_WEEKLY: Final = re.compile(r"([A-Za-z,\- ]+?) +(\d{1,2}:\d\d) ?- ?(\d{1,2}:\d\d)", re.ASCII)
_UNTIL: Final = re.compile(r"(.+?) +until +(\S+)", re.ASCII)
_FROM: Final = re.compile(r"(.+?) +from +(\S+)(?: +(\S.*))?", re.ASCII)
_EXCEPT: Final = re.compile(r"(.+?) +except +holidays( .+)?", re.ASCII | re.IGNORECASE)
_HOLIDAYS: Final = {"holiday", "holidays"}


@lru_cache(maxsize=10_000)
def read_line(line: str) -> Pattern:
    """Read one line of duty. Raises DutyHoursUnclear, with how to write it."""
    words = " ".join(line.split())
    if words.lower() == BY_CALENDAR:
        return _NEVER
    words, on_holidays = _without_holidays(words)
    words, until = _with_until(words, line=line)
    begins = _FROM.fullmatch(words)
    since = day_in(begins[2], line=line) if begins else None
    if since and until and until < since:
        raise unclear(line, "ends before it begins")
    if weekly := _WEEKLY.fullmatch(begins[1] if begins else words):
        if begins and begins[3]:
            raise unclear(line, "weekly hours begin on a day; the hour stands with the days")
        return _weekly(weekly, line=line, since=since, until=until, on_holidays=on_holidays)
    clock = (begins[3] or "") if begins else ""
    return rotation(begins[1] if begins else words, since, clock, line=line, until=until, on_holidays=on_holidays)


def _without_holidays(words: str) -> tuple[str, OnHolidays]:
    found = _EXCEPT.fullmatch(words)
    return (found[1] + (found[2] or ""), OnHolidays.NOT) if found else (words, OnHolidays.TOO)


def _with_until(words: str, *, line: str) -> tuple[str, date | None]:
    found = _UNTIL.fullmatch(words)
    return (found[1], day_in(found[2], line=line)) if found else (words, None)


def _weekly(
    shape: re.Match[str], *, line: str, since: date | None, until: date | None, on_holidays: OnHolidays
) -> Pattern:
    names = [part.strip() for part in shape[1].split(",")]
    start, length = stretch(minutes_in(shape[2], line=line), minutes_in(shape[3], line=line), line=line)
    if any(name.lower() in _HOLIDAYS for name in names):
        if len(names) > 1 or on_holidays is OnHolidays.NOT:
            raise unclear(line, "holidays stand on a line of their own")
        names, on_holidays = ["daily"], OnHolidays.ONLY
    days = sorted({day for name in names for day in _days(name, line=line)})
    runs = tuple(Run(day * A_DAY + start, length) for day in days)
    return Pattern(_A_MONDAY, _A_WEEK, runs, since=since, until=until, on_holidays=on_holidays)


def _days(part: str, *, line: str) -> list[int]:
    if part.lower() in {"daily", "every day"}:
        return list(range(7))
    first, dash, last = (word.strip() for word in part.partition("-"))
    start = _day(first, line=line)
    end = _day(last, line=line) if dash else start
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _day(word: str, *, line: str) -> int:
    if word[:3].title() not in DAYS or len(word) < 3:
        raise unclear(line, f"“{word}” is not a day; days are {', '.join(DAYS)}, daily or holidays")
    return DAYS.index(word[:3].title())
