"""A small team and its calendar: Denver's clock, November and December 2026."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from stepitup.roster import actions, questions
from stepitup.roster.duty.overriding import override
from stepitup.roster.duty.questions import planned
from stepitup.roster.duty.spans import Span
from stepitup.roster.models import Helper
from tests.rooms.roster_builders import file_with, helper_in_file

DENVER = ZoneInfo("America/Denver")
NIGHTS = 'duty = ["Mon-Fri 18:00-06:00"]'
DAYS = 'duty = ["Mon-Fri 06:00-18:00"]'


def denver(wall: str) -> datetime:
    """A moment by the clock in Denver."""
    return datetime.fromisoformat(wall).replace(tzinfo=DENVER).astimezone(UTC)


NOON = denver("2026-11-24T12:30")  # a Tuesday


def span(start: str, end: str) -> Span:
    """From and until, by the clock in Denver."""
    return Span(denver(start), denver(end))


TONIGHT = span("2026-11-24T18:00", "2026-11-25T06:00")
TOMORROW_NIGHT = span("2026-11-25T18:00", "2026-11-26T06:00")


def team_of(*helpers: str) -> None:
    """These helpers are the team."""
    report = actions.import_roster(NOON, file_with(*helpers), remove_missing=True)
    assert report.is_good, [str(mistake) for mistake in report.mistakes]


def sam_and_ines() -> tuple[int, int]:
    """Sam has the nights, Ines the days."""
    team_of(helper_in_file("sam", NIGHTS), helper_in_file("ines", DAYS))
    return number_of("sam"), number_of("ines")


def number_of(key: str) -> int:
    """The helper's number."""
    return Helper.objects.get(key=key).pk


def fit_at(wall: str) -> set[str]:
    """Whom the engine would page then."""
    names = dict(Helper.objects.values_list("pk", "key"))
    return {names[one.id] for one in questions.fit_now(denver(wall))}


def on_calendar(helper: int, day: str, until: str) -> list[str]:
    """A helper's spans on the calendar, as people would say them."""
    when = span(f"{day}T00:00", f"{until}T00:00")
    spans = [one.spans for one in planned(when, [helper])]
    return [
        f"{one.start.astimezone(DENVER):%a %H:%M}-{one.end.astimezone(DENVER):%a %H:%M}" for one in (spans or [()])[0]
    ]


def off(helper: int, when: Span) -> int:
    """A coordinator takes somebody off for a while."""
    return override(NOON, helper, when, is_on=False)
