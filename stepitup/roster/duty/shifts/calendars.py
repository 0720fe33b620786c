"""Shifts out of a calendar (iCalendar, RFC 5545). An event that comes again is unrolled for a year ahead.

Whose an event is says its title, a helper's key or name, unless the whole calendar is one helper's.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from stepitup.roster.duty.shifts.rows import Crew, Shift
from stepitup.roster.duty.shifts.tables import SOMEBODY_ELSES
from stepitup.roster.duty.spans import Span, instants
from stepitup.roster.file.rows import Mistake

if TYPE_CHECKING:
    from icalendar import Component

_AHEAD: Final = timedelta(days=366)
_A_DAY: Final = timedelta(days=1)
_AGAIN_AT_MOST: Final = 800
_OFTEN_ENOUGH: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BEGINS: Final = re.compile(rb"^BEGIN:VEVENT\s*$", re.MULTILINE | re.IGNORECASE)
_FIRST_YEAR: Final = 2000


class EventUnclear(ValueError):
    """This event cannot be brought in; the message says why."""


def is_calendar(raw: bytes) -> bool:
    """Is this a calendar, and not a table?"""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def read_calendar(
    now: datetime, raw: bytes, crew: Crew, *, only: int | None = None
) -> tuple[list[Shift], list[Mistake]]:
    """The shifts of a calendar, and every mistake with the line on which its event begins."""
    from icalendar import Calendar  # noqa: PLC0415  a tenth of each start, for a part that few use

    try:
        events = Calendar.from_ical(raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")).walk("VEVENT")
    except (ValueError, KeyError, IndexError) as wrong:
        return [], [Mistake(0, "", f"this cannot be read as a calendar ({str(wrong)[:80]})")]
    lines = [raw.count(b"\n", 0, found.start()) + 1 for found in _BEGINS.finditer(raw)]
    moved = {(str(event.get("uid")), _wall(event, "recurrence-id")) for event in events if event.get("recurrence-id")}
    shifts: list[Shift] = []
    mistakes: list[Mistake] = []
    for number, event in enumerate(events):
        line = lines[number] if number < len(lines) else 0
        try:
            shifts += _shifts(now, event, line, crew, only, moved)
        except (EventUnclear, ValueError, TypeError, AttributeError, OverflowError) as unclear:
            words = str(unclear) if isinstance(unclear, EventUnclear) else "this event cannot be read"
            mistakes.append(Mistake(line, "", words))
    return shifts, mistakes


def _shifts(
    now: datetime, event: "Component", line: int, crew: Crew, only: int | None, moved: set[tuple[str, datetime | None]]
) -> list[Shift]:
    if str(event.get("status", "")).upper() == "CANCELLED":
        return []
    title = str(event.get("summary", "")).strip()
    named = crew.find(title)
    if only and (named or only) != only:
        raise EventUnclear(SOMEBODY_ELSES)
    helper = only or named
    if helper is None:
        raise EventUnclear(f"“{title[:60]}” is nobody on the roster; {crew.near(title[:60])}an event’s title is a key")
    starts, length, zone = _times(event, crew.zones[helper])
    if starts.year < _FIRST_YEAR:
        raise EventUnclear(f"begins in {starts.year}; such a year stands for an empty date")
    gone = set(_exceptions(event)) | {when for uid, when in moved if uid == str(event.get("uid"))}
    own = _wall(event, "recurrence-id")
    begins = (start for start in _unrolled(now, event, starts) if start == own or start not in gone)
    spans = (Span(instants(start, zone)[0], instants(start + length, zone)[1]) for start in begins)
    return [Shift(line, helper, span) for span in spans]


def _times(event: "Component", home: ZoneInfo) -> tuple[datetime, timedelta, ZoneInfo]:
    """When it begins on the wall, how long it is, and the zone of that wall: the helper's where none is written."""
    if event.get("dtstart") is None:
        raise EventUnclear("has no beginning")
    start = event.decoded("dtstart")
    if not isinstance(start, datetime):
        days = event.decoded("dtend") - start if event.get("dtend") is not None else _A_DAY
        return datetime.combine(start, time()), days, home
    zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else None
    if start.tzinfo and zone is None:
        zone, start = home, start.astimezone(home)
    wall = start.replace(tzinfo=None)
    if event.get("dtend") is None and event.get("duration") is None:
        raise EventUnclear("has no end")
    if event.get("dtend") is None:
        length = event.decoded("duration")
    else:
        end = event.decoded("dtend")
        length = (end.astimezone(zone) if end.tzinfo and zone else end).replace(tzinfo=None) - wall
    if length <= timedelta():
        raise EventUnclear("ends before it begins")
    return wall, length, zone or home


def _unrolled(now: datetime, event: "Component", starts: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415  comes with icalendar

    rule = event.get("rrule")
    if rule is None:
        return iter([starts])
    if not isinstance(rule, dict) or str(rule.get("FREQ", [""])[0]).upper() not in _OFTEN_ENOUGH:
        raise EventUnclear("comes again in a way that is not read here; daily, weekly, monthly and yearly are")
    parts: dict[str, Any] = dict(rule)
    horizon = now.replace(tzinfo=None) + _AHEAD
    until = parts.pop("UNTIL", [horizon])[0]
    last = until.replace(tzinfo=None) if isinstance(until, datetime) else datetime.combine(until, time()) + _A_DAY
    words = ";".join(f"{name}={','.join(map(_spell, values))}" for name, values in parts.items())
    if "COUNT" not in parts:
        words += f";UNTIL={min(last, horizon):%Y%m%dT%H%M%S}"
    again: Iterator[datetime] = iter(rrulestr(words, dtstart=starts))
    recent = (start for start in again if start > now.replace(tzinfo=None) - 32 * _A_DAY)
    return islice((start for start in recent if start <= horizon), _AGAIN_AT_MOST)


def _spell(value: object) -> str:
    to_ical = getattr(value, "to_ical", None)
    return to_ical().decode() if to_ical else str(value)


def _exceptions(event: "Component") -> Iterator[datetime]:
    found = event.get("exdate")
    for group in found if isinstance(found, list) else [found] if found is not None else []:
        for one in group.dts:
            yield _plain(one.dt)


def _wall(event: "Component", name: str) -> datetime | None:
    return _plain(event.decoded(name)) if event.get(name) is not None else None


def _plain(moment: date | datetime) -> datetime:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())
