"""When somebody is on duty, on plain days and on the two odd nights of the year."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.roster.duty import is_on_duty, read_hours
from stepitup.roster.errors import DutyHoursUnclear

DENVER = ZoneInfo("America/Denver")
US_ZONES = [
    ZoneInfo(f"America/{name}")
    for name in ("New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Anchorage", "Adak")
] + [ZoneInfo("Pacific/Honolulu")]


def on_duty(line: str, wall: str, *, fold: int = 0) -> bool:
    moment = datetime.fromisoformat(wall).replace(tzinfo=DENVER, fold=fold)
    return is_on_duty([line], moment.astimezone(UTC), zone=DENVER)


def test_without_hours_somebody_is_always_on_duty() -> None:
    assert is_on_duty([], datetime(2026, 3, 4, tzinfo=UTC), zone=DENVER)


def test_a_night_duty_belongs_to_the_day_on_which_it_begins() -> None:
    assert on_duty("Fri 22:00-06:00", "2026-03-06T23:00")
    assert on_duty("Fri 22:00-06:00", "2026-03-07T05:59")
    assert not on_duty("Fri 22:00-06:00", "2026-03-07T06:00")
    assert not on_duty("Fri 22:00-06:00", "2026-03-06T05:00")


def test_days_are_written_as_people_write_them() -> None:
    assert read_hours("Mon-Fri 8:00-16:00").days == {0, 1, 2, 3, 4}
    assert read_hours("Fri-Mon 8:00-16:00").days == {4, 5, 6, 0}
    assert read_hours("sat, sunday 00:00-24:00").days == {5, 6}
    assert read_hours("daily 08:00 - 08:00").length == 24 * 60


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Mon",
        "Mon 8-16",
        "Mon 08:00",
        "Foo 08:00-16:00",
        "Mon 25:00-26:00",
        "Mon 24:00-06:00",
        "Mon 08:61-09:00",
        "Mo 8:00-9:00",
    ],
)
def test_hours_that_cannot_be_read_say_how_to_write_them(line: str) -> None:
    with pytest.raises(DutyHoursUnclear, match=r"write it like|days are|begins at 00:00"):
        read_hours(line)


def test_in_autumn_a_duty_that_ends_in_the_doubled_hour_ends_the_second_time() -> None:
    """1 November 2026, Denver: 01:30 comes twice."""
    assert on_duty("Sat 22:00-01:30", "2026-11-01T01:45", fold=0)
    assert on_duty("Sat 22:00-01:30", "2026-11-01T01:15", fold=1)
    assert not on_duty("Sat 22:00-01:30", "2026-11-01T01:30", fold=1)


def test_in_autumn_a_duty_that_begins_in_the_doubled_hour_begins_the_first_time_and_stays() -> None:
    assert on_duty("Sun 01:30-06:00", "2026-11-01T01:30", fold=0)
    assert on_duty("Sun 01:30-06:00", "2026-11-01T01:10", fold=1)


def test_in_spring_a_handover_in_the_hour_that_does_not_exist_leaves_nobody_alone() -> None:
    """8 March 2026, Denver: 02:00 becomes 03:00."""
    changed = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
    for minutes in range(-120, 121, 5):
        moment = changed + timedelta(minutes=minutes)
        assert is_on_duty(["Sat 18:00-02:30", "Sun 02:30-08:00"], moment, zone=DENVER), moment


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2046, 1, 1)),
    st.sampled_from(US_ZONES),
    st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=4, unique=True),
)
def test_watches_that_follow_each_other_round_the_clock_never_leave_a_gap(
    moment: datetime, zone: ZoneInfo, changes: list[int]
) -> None:
    changes.sort()
    clocks = [f"{minute // 60:02}:{minute % 60:02}" for minute in changes]
    lines = [f"daily {start}-{end}" for start, end in zip(clocks, [*clocks[1:], clocks[0]], strict=True)]
    assert is_on_duty(lines, moment.replace(tzinfo=UTC), zone=zone)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2046, 1, 1)), st.sampled_from(US_ZONES))
def test_a_full_week_is_always_on_duty(moment: datetime, zone: ZoneInfo) -> None:
    assert is_on_duty(["Mon-Sun 00:00-24:00"], moment.replace(tzinfo=UTC), zone=zone)


@given(st.text(max_size=60))
def test_no_line_however_strange_is_taken_for_hours_by_accident(line: str) -> None:
    with suppress(DutyHoursUnclear):
        assert 0 < read_hours(line).length <= 24 * 60
