"""When the next drill begins: weekly, monthly, and on the nights on which the clocks jump."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from stepitup.drills.models import Drill
from stepitup.drills.timetable import BY_TIMETABLE, THE_TIMETABLE, begin_by_timetable, keep_time, next_drill
from stepitup.ground import timers
from stepitup.ground.team import WEEKDAYS, DrillSettings, team

pytestmark = pytest.mark.only_on("sqlite")

DENVER = ZoneInfo("America/Denver")
TUESDAYS = DrillSettings("week", "tuesday", 19)
MONTHLY = DrillSettings("month", "tuesday", 19)


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=DENVER).astimezone(UTC)  # type: ignore[arg-type, misc]  # year, month, day, hour


def test_every_week_at_the_hour_of_the_team() -> None:
    assert next_drill(local(2026, 3, 4, 3), TUESDAYS, DENVER) == local(2026, 3, 10, 19)
    assert next_drill(local(2026, 3, 10, 18, 59), TUESDAYS, DENVER) == local(2026, 3, 10, 19)
    assert next_drill(local(2026, 3, 10, 19), TUESDAYS, DENVER) == local(2026, 3, 17, 19)


def test_every_month_on_the_first_such_day() -> None:
    assert next_drill(local(2026, 3, 4, 3), MONTHLY, DENVER) == local(2026, 4, 7, 19)
    assert next_drill(local(2026, 3, 3, 3), MONTHLY, DENVER) == local(2026, 3, 3, 19)


def test_a_team_without_a_timetable_has_no_next_drill() -> None:
    assert next_drill(local(2026, 3, 4, 3), None, DENVER) is None


def test_an_hour_that_the_clocks_leave_out_begins_when_they_have_jumped() -> None:
    night = DrillSettings("week", "sunday", 2)
    assert next_drill(local(2026, 3, 8, 0), night, DENVER) == local(2026, 3, 8, 3)


def test_an_hour_that_comes_twice_begins_once() -> None:
    night = DrillSettings("week", "sunday", 1)
    first = next_drill(local(2026, 11, 1, 0), night, DENVER)
    assert first == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert first is not None
    assert next_drill(first, night, DENVER) == local(2026, 11, 8, 1)


@given(
    after=st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),
    wanted=st.builds(DrillSettings, st.sampled_from(["week", "month"]), st.sampled_from(WEEKDAYS), st.integers(0, 23)),
)
def test_it_is_always_ahead_never_far_and_on_the_day(after: datetime, wanted: DrillSettings) -> None:
    found = next_drill(after, wanted, DENVER)
    assert found is not None
    assert after < found <= after + timedelta(days=8 if wanted.every == "week" else 36)
    assert WEEKDAYS[found.astimezone(DENVER).weekday()] == wanted.day
    assert found.astimezone(DENVER).hour in {wanted.hour, wanted.hour + 1}


def armed(settings: DrillSettings | None, now: datetime) -> datetime | None:
    """For when the timetable stands armed once the watch has looked at the team's settings."""
    with override_settings(TEAM=replace(team(), drills=settings, time_zone="America/Denver")):
        keep_time(now)
    return timers.armed_for(BY_TIMETABLE, THE_TIMETABLE)


@pytest.mark.django_db
def test_the_timetable_follows_the_team_and_ends_with_it() -> None:
    wednesday = local(2026, 3, 4, 3)
    assert armed(None, wednesday) is None
    assert armed(TUESDAYS, wednesday) == local(2026, 3, 10, 19)
    assert armed(DrillSettings("week", "friday", 19), wednesday) == local(2026, 3, 6, 19)
    assert armed(None, wednesday) is None


@pytest.mark.django_db
def test_a_drill_that_is_due_is_not_put_off_by_looking_at_the_timetable() -> None:
    assert armed(TUESDAYS, local(2026, 3, 4, 3)) == local(2026, 3, 10, 19)
    assert armed(TUESDAYS, local(2026, 3, 10, 19)) == local(2026, 3, 10, 19)


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "begins"), [(0, True), (59, True), (61, False)])
def test_an_hour_that_was_missed_is_not_made_up_for_later_than_an_hour(late: int, begins: bool) -> None:
    now = local(2026, 3, 10, 19) + timedelta(minutes=late)
    with override_settings(TEAM=replace(team(), drills=TUESDAYS, time_zone="America/Denver")):
        begin_by_timetable(now, THE_TIMETABLE)
    assert Drill.objects.exists() is begins
    assert timers.armed_for(BY_TIMETABLE, THE_TIMETABLE) == local(2026, 3, 17, 19)
    with override_settings(TEAM=replace(team(), drills=TUESDAYS, time_zone="America/Denver")):
        begin_by_timetable(now, THE_TIMETABLE)  # somebody began one a moment ago: that was this week's
    assert Drill.objects.count() == begins
