"""When somebody is on duty: how lines are read, on plain days and on the two odd nights of the year."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.roster.duty import Duty, is_on_duty, read_line, spans_between
from stepitup.roster.duty.lines import DAYS
from stepitup.roster.errors import DutyHoursUnclear

pytestmark = pytest.mark.only_on("sqlite")

DENVER = ZoneInfo("America/Denver")
COLORADO = "US-CO"


def on_duty(line: str, wall: str, *, fold: int = 0, state: str = COLORADO) -> bool:
    moment = datetime.fromisoformat(wall).replace(tzinfo=DENVER, fold=fold)
    return is_on_duty(Duty((line,), DENVER, state), moment.astimezone(UTC))


def days_of(line: str) -> str:
    return " ".join(DAYS[run.after.days] for run in read_line(line).runs)


def on_days(line: str, first: str, count: int, *, at: str = "12:00") -> str:
    """A row of days, X for on duty at this hour and . for off."""
    noon = datetime.fromisoformat(f"{first}T{at}")
    return "".join("X" if on_duty(line, (noon + timedelta(days=n)).isoformat()) else "." for n in range(count))


def test_without_hours_somebody_is_always_on_duty() -> None:
    assert is_on_duty(Duty((), DENVER), datetime(2026, 3, 4, tzinfo=UTC))


def test_by_calendar_means_only_when_put_there() -> None:
    assert not on_duty("by calendar", "2026-03-06T23:00")


def test_a_night_duty_belongs_to_the_day_on_which_it_begins() -> None:
    assert on_duty("Fri 22:00-06:00", "2026-03-06T23:00")
    assert on_duty("Fri 22:00-06:00", "2026-03-07T05:59")
    assert not on_duty("Fri 22:00-06:00", "2026-03-07T06:00")
    assert not on_duty("Fri 22:00-06:00", "2026-03-06T05:00")


def test_days_are_written_as_people_write_them() -> None:
    assert days_of("Mon-Fri 8:00-16:00") == "Mon Tue Wed Thu Fri"
    assert days_of("Fri-Mon 8:00-16:00") == "Mon Fri Sat Sun"
    assert days_of("sat, sunday 00:00-24:00") == "Sat Sun"
    assert read_line("daily 08:00 - 08:00").runs[0].length == timedelta(days=1)


def test_weekly_hours_may_begin_and_end_on_a_day() -> None:
    line = "Mon-Fri 08:00-16:00 from 2026-03-04 until 2026-03-09"
    assert on_days(line, "2026-03-02", 10) == "..XXX..X.."


def test_twenty_four_on_forty_eight_off() -> None:
    line = "24/48 from 2026-11-01 07:00"
    assert on_days(line, "2026-10-29", 10) == "...X..X..X"
    assert on_duty(line, "2026-11-02T06:59")
    assert not on_duty(line, "2026-11-02T07:00")
    assert on_days("48/96 from 2026-11-01 07:00", "2026-11-01", 12) == "XX....XX...."


def test_a_kelly_rotation() -> None:
    assert on_days("Kelly from 2026-11-01 07:00", "2026-11-01", 18) == "X.X.X....X.X.X...."


def test_a_pitman_rotation_has_twelve_hours_unless_it_says_otherwise() -> None:
    for line in ("pitman from 2026-11-02 06:00", "Pitman from 2026-11-02 06:00-18:00"):
        assert on_days(line, "2026-11-02", 14) == "XX..XXX..XX..."
        assert on_days(line, "2026-11-02", 14, at="19:00") == "." * 14
    assert on_days("pitman from 2026-11-02 18:00", "2026-11-02", 3, at="23:00") == "XX."


def test_a_turn_by_the_day_and_by_the_week() -> None:
    assert on_days("1 of 5 days from 2026-11-02 08:00", "2026-11-02", 11) == "X....X....X"
    assert on_days("1 of 3 weeks from 2026-11-02 08:00", "2026-11-02", 28) == "X" * 7 + "." * 14 + "X" * 7


def test_a_cycle_of_the_teams_own() -> None:
    assert on_days("2 on 3 off from 2026-11-02 06:00-18:00", "2026-11-02", 11) == "XX...XX...X"
    assert on_days("12/24/12/48 from 2026-11-01 06:00", "2026-11-01", 8) == "X...X..."
    assert on_days("12/24/12/48 from 2026-11-01 06:00", "2026-11-01", 8, at="23:00") == ".X...X.."


def test_a_rotation_begins_on_its_day_and_ends_on_one() -> None:
    assert on_days("24/48 from 2026-11-01 07:00 until 2026-11-04", "2026-10-29", 12) == "...X..X....."


def test_holidays_are_federal_and_of_the_state_where_the_helper_works() -> None:
    """26 November 2026 is Thanksgiving; 5 October is Frances Xavier Cabrini Day in Colorado and nowhere else."""
    assert on_days("holidays 00:00-24:00", "2026-11-25", 3) == ".X."
    assert on_days("Mon-Fri 08:00-16:00 except holidays", "2026-11-25", 3) == "X.X"
    assert on_duty("holidays 08:00-16:00", "2026-10-05T12:00")
    assert not on_duty("holidays 08:00-16:00", "2026-10-05T12:00", state="US-TX")
    assert not on_duty("holidays 08:00-16:00", "2026-10-05T12:00", state="unknown")


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
        "24/48",
        "24/48 from 2026-11-01",
        "24/48 from 2026-11-31 07:00",
        "24/48 from 1900-01-01 07:00",
        "24/48/24 from 2026-11-01 07:00",
        "24/0 from 2026-11-01 07:00",
        "24/48 from 2026-11-01 07:00-19:00",
        "24/48 from 2026-11-03 07:00 until 2026-11-01",
        "2 on 0 off from 2026-11-01 07:00",
        "4 of 4 weeks from 2026-11-01 07:00",
        "1 of 99 weeks from 2026-11-01 07:00",
        "Mon, holidays 08:00-16:00",
        "Mon 08:00-16:00 from 2026-11-01 07:00",
        "platoon from 2026-11-01 07:00",
    ],
)
def test_a_line_that_cannot_be_read_says_how_to_write_it(line: str) -> None:
    with pytest.raises(DutyHoursUnclear, match=r"write it like|days are|such as|begins|at most|stand"):
        read_line(line)


def test_in_autumn_a_duty_that_ends_in_the_doubled_hour_ends_the_second_time() -> None:
    """1 November 2026, Denver: 01:30 comes twice."""
    assert on_duty("Sat 22:00-01:30", "2026-11-01T01:45", fold=0)
    assert on_duty("Sat 22:00-01:30", "2026-11-01T01:15", fold=1)
    assert not on_duty("Sat 22:00-01:30", "2026-11-01T01:30", fold=1)


def test_in_autumn_a_duty_that_begins_in_the_doubled_hour_begins_the_first_time_and_stays() -> None:
    assert on_duty("Sun 01:30-06:00", "2026-11-01T01:30", fold=0)
    assert on_duty("Sun 01:30-06:00", "2026-11-01T01:10", fold=1)


def test_a_calendar_that_begins_within_the_doubled_hour_shows_the_duty_that_still_goes_on() -> None:
    """From 01:35 the first time on: the duty until 01:30 ends the second time, fifty-five minutes later."""
    start = datetime(2026, 11, 1, 7, 35, tzinfo=UTC)
    spans = spans_between(Duty(("Sat 22:00-01:30",), DENVER), start, start + timedelta(hours=8))
    assert [(span.start, span.end) for span in spans] == [(start, start + timedelta(minutes=55))]


def test_in_spring_a_handover_in_the_hour_that_does_not_exist_leaves_nobody_alone() -> None:
    """8 March 2026, Denver: 02:00 becomes 03:00."""
    changed = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
    for minutes in range(-120, 121, 5):
        moment = changed + timedelta(minutes=minutes)
        assert is_on_duty(Duty(("Sat 18:00-02:30", "Sun 02:30-08:00"), DENVER), moment), moment


@given(st.text(max_size=60))
def test_no_line_however_strange_is_taken_for_hours_by_accident(line: str) -> None:
    with suppress(DutyHoursUnclear):
        assert all(timedelta() < run.length <= timedelta(days=366) for run in read_line(line).runs)
