"""A date and a time as spreadsheets write them, or a word on what is wrong with them."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2})(?::(\d\d))?(?::\d\d(?:\.\d+)?)? ?([AaPp])?\.?[Mm]?\.?", re.ASCII)
_OFFSET: Final = re.compile(r"(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_A_DAY: Final = timedelta(days=1)


class MomentUnclear(ValueError):
    """This cannot be read as a date and a time; the message says what is wanted."""


@lru_cache(maxsize=20_000)
def read_moment(written: str, *, is_end: bool = False) -> datetime:
    """A time on the wall, or with its offset where one is written. A day alone begins at 00:00, and ends at 24:00.

    Raises MomentUnclear.
    """
    text = " ".join(written.replace("T", " ", 1).split()) if _ISO.match(written) else " ".join(written.split())
    text = text.replace(",", "")
    day_text, _gap, rest = text.partition(" ")
    day = read_day(day_text, whole=written)
    offset = _OFFSET.search(rest) if _ISO.match(text) else None
    if offset and offset.end() == len(rest):
        moment = datetime.combine(day, time()) + read_clock(rest[: offset.start()].strip(), whole=written)
        return datetime.fromisoformat(f"{moment.isoformat()}{offset[0]}")
    if not rest:
        return datetime.combine(day, time()) + (_A_DAY if is_end else timedelta())
    return datetime.combine(day, time()) + read_clock(rest, whole=written)


def read_day(written: str, *, whole: str = "") -> date:
    """2026-11-01 or 11/1/2026, month first. Raises MomentUnclear."""
    if iso := _ISO.fullmatch(written):
        year, month, day = map(int, iso.groups())
    elif american := _AMERICAN.fullmatch(written):
        month, day, year = map(int, american.groups())
        year += 2000 if year < 100 else 0
    elif _NUMBER.fullmatch(written):
        raise MomentUnclear(f"“{whole or written}” is a number; let the spreadsheet show the column as a date")
    else:
        raise MomentUnclear(f"“{whole or written}” is not a date; write it like 2026-11-01 07:00 or 11/1/2026 7:00 AM")
    if year < 2000:
        raise MomentUnclear(
            f"“{whole or written}”: spreadsheets write 1900 for an empty or a wrong cell; write the date"
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise MomentUnclear(f"“{whole or written}”: there is no such day (month first, or 2026-11-01)") from None


def read_clock(written: str, *, whole: str = "") -> timedelta:
    """07:00, 7:00 PM or 24:00, as the time since midnight. Raises MomentUnclear."""
    clock = _CLOCK.fullmatch(written)
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (99, 0)
    half = clock[3].lower() if clock and clock[3] else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or (clock and clock[2] is None):
        hour = 99
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise MomentUnclear(f"“{whole or written}”: “{written}” is not a time of day; write it like 07:00 or 7:00 AM")
    return timedelta(hours=hour, minutes=minute)
