"""A calendar as a phone shows it: days with their hours in words. Pure: from spans to what a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from stepitup.roster.duty.spans import Span, Spans, span_by_the_wall

A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Hours:
    """One stretch of duty as it is said on the day on which it begins; `start` is where a swap finds it again."""

    words: str
    start: str = ""


@dataclass(frozen=True)
class DayShown:
    """One day of a calendar."""

    day: date
    heading: str
    hours: tuple[Hours, ...]
    is_today: bool
    is_on: bool
    has_gap: bool = False

    @property
    def number(self) -> int:
        """Its number in the month."""
        return self.day.day


@dataclass(frozen=True)
class WeekShown:
    """One row of a month: a link to the week, and a word for whoever hears it instead of seeing it."""

    monday: date
    days: tuple[DayShown, ...]

    @property
    def in_words(self) -> str:
        """What the marks of this row say."""
        first = dateformat.format(self.monday, "F j")
        on = [dateformat.format(one.day, "l") for one in self.days if one.is_on]
        gaps = [dateformat.format(one.day, "l") for one in self.days if one.has_gap]
        if gaps:
            return _("Week of %(day)s. Gaps: %(days)s.") % {"day": first, "days": ", ".join(gaps)}
        if on:
            return _("Week of %(day)s. On duty: %(days)s.") % {"day": first, "days": ", ".join(on)}
        return _("Week of %(day)s.") % {"day": first}


def monday_of(day: date) -> date:
    """The Monday of this day's week."""
    return day - day.weekday() * A_DAY


def day_asked_for(written: str, *, today: date) -> date:
    """The day in an address, if it is one within three years of today; today otherwise."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today
    return day if abs(day - today) < timedelta(days=3 * 366) else today


def whole_days(first: date, count: int, zone: ZoneInfo) -> Span:
    """From the beginning of one day to the end of another, by the clock on the wall."""
    midnight = datetime.combine(first, time())
    return span_by_the_wall(midnight, midnight + count * A_DAY, zone)


def days_shown(
    spans: Spans, first: date, count: int, *, zone: ZoneInfo, today: date, gaps: Iterable[Span] = ()
) -> tuple[DayShown, ...]:
    """Each day with the hours that begin on it, that fill it, or that go on into it from a day before."""
    missing = tuple(gaps)
    return tuple(
        _day(spans, first + number * A_DAY, zone=zone, today=today, is_first=number == 0, gaps=missing)
        for number in range(count)
    )


def _day(spans: Spans, day: date, *, zone: ZoneInfo, today: date, is_first: bool, gaps: tuple[Span, ...]) -> DayShown:
    whole = whole_days(day, 1, zone)
    here = [span for span in spans if span.start < whole.end and whole.start < span.end]
    told = [words for span in here if (words := _hours(span, whole, zone, is_first=is_first))]
    return DayShown(
        day=day,
        heading=dateformat.format(day, "D, M j"),
        hours=tuple(told),
        is_today=day == today,
        is_on=any(span.start >= whole.start or span.end >= whole.end for span in here),
        has_gap=any(gap.start < whole.end and whole.start < gap.end for gap in gaps),
    )


def _hours(span: Span, whole: Span, zone: ZoneInfo, *, is_first: bool) -> Hours | None:
    """A night that ends in the morning is said on the evening it begins, and not once more on the day after."""
    end = span.end.astimezone(zone)
    if span.start >= whole.start:
        return Hours(hours_in_words(span, zone), key_of(span))
    if span.end >= whole.end:
        return Hours(_("All day"))
    if is_first or span.end - span.start > A_DAY:
        return Hours(_("until %(time)s") % {"time": f"{end:%H:%M}"})
    return None


def hours_in_words(span: Span, zone: ZoneInfo) -> str:
    """A duty on the day on which it begins: the day of its end only where it is another."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    told = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "day": dateformat.format(end, "D, M j")}
    if end.date() == start.date():
        return _("%(start)s to %(end)s") % told
    if (end.date() - start.date()).days == 1 and end.hour + end.minute == 0:
        return _("%(start)s to 24:00") % told
    return _("%(start)s to %(end)s on %(day)s") % told


def duty_in_words(span: Span, zone: ZoneInfo) -> str:
    """A duty with the day on which it begins."""
    day = dateformat.format(span.start.astimezone(zone), "l, F j")
    return _("%(day)s, %(hours)s") % {"day": day, "hours": hours_in_words(span, zone)}


def key_of(span: Span) -> str:
    """A duty's beginning, as an address holds it."""
    return f"{span.start.astimezone(UTC):%Y%m%dT%H%MZ}"


def from_key(written: str) -> datetime | None:
    """The moment that an address holds, if it holds one."""
    try:
        return datetime.strptime(written, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
