"""Shifts from another tool, as spreadsheets and calendars really write them."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground.models import LogBookEntry
from stepitup.roster.duty.overriding import override, write_lines
from stepitup.roster.duty.questions import lines_of
from stepitup.roster.duty.shifts.bringing_in import LARGEST, bring_shift_part, look_at_shifts, read_shifts, write_shifts
from stepitup.roster.duty.shifts.calendars import read_calendar
from stepitup.roster.duty.shifts.moments import MomentUnclear, read_moment
from stepitup.roster.duty.shifts.parts import Change, in_parts
from stepitup.roster.duty.shifts.rows import Crew, ShiftReport
from stepitup.roster.duty.shifts.tables import read_table
from stepitup.roster.duty.spans import Span
from stepitup.roster.keeping.actions import take_off
from stepitup.roster.models import DutyOverride
from tests.rooms.duty_house import DENVER, NOON, TONIGHT, fit_at, number_of, off, on_calendar, sam_and_ines, team_of
from tests.rooms.roster_builders import helper_in_file

CREW = Crew({"sam": 1, "ines": 2}, {"sam k.": 1, "ines m.": 2}, {1: DENVER, 2: DENVER})
EARLY, LATE = datetime(2026, 11, 25, 1, tzinfo=UTC), datetime(2026, 11, 25, 13, tzinfo=UTC)

no_database = pytest.mark.only_on("sqlite")
with_database = pytest.mark.django_db


def brought_in(text: str | bytes, *, only: int | None = None, dry_run: bool = False) -> ShiftReport:
    raw = text if isinstance(text, bytes) else text.encode()
    looked = look_at_shifts(NOON, raw, only=only)
    if dry_run or not looked.report.is_good:
        return looked.report
    return replace(
        looked.report, added=sum(bring_shift_part(NOON, part, who=None) for part in looked.parts()), dry_run=False
    )


def mistakes_in(text: str) -> list[str]:
    _shifts, mistakes = read_table(text.encode(), CREW)
    return [str(mistake) for mistake in mistakes]


ONE_SHIFT = {
    "plain": b"helper,from,until\nsam,2026-11-24 18:00,2026-11-25 06:00\n",
    "a mark in front": b"\xef\xbb\xbfhelper,from,until\nsam,2026-11-24 18:00,2026-11-25 06:00\n",
    "semicolons": b"Helper;From;Until\r\nsam;2026-11-24 18:00;2026-11-25 06:00\r\n",
    "tabs in UTF-16": "key\tstart\tend\nsam\t2026-11-24T18:00\t2026-11-25T06:00\n".encode("utf-16"),
    "smart quotes": "helper,from,until\n“sam”,“11/24/2026, 6:00 PM”,“11/25/2026, 6:00 AM”\n".encode(),
    "smart quotes of another page": b"helper,from,until\n\x93sam\x94,11/24/2026 6:00 PM,11/25/2026 6:00 AM\n",
    "by name, short years": b"Who,Starts,Ends\nSam  K.,11/24/26 18:00:00,11/25/26 6:00:00\n",
    "a column for the day": b"date,start,end,helper\n\n2026-11-24,18:00,06:00,SAM\n,,,\n",
    "offsets": b"helper,from,until\nsam,2026-11-24 18:00:00-07:00,2026-11-25T13:00:00Z\n",
}


@no_database
@pytest.mark.parametrize("raw", ONE_SHIFT.values(), ids=ONE_SHIFT.keys())
def test_the_same_shift_however_it_was_saved(raw: bytes) -> None:
    shifts, mistakes = read_table(raw, CREW)
    assert mistakes == []
    assert [(shift.helper, shift.span.start, shift.span.end, shift.is_on) for shift in shifts] == [
        (1, EARLY, LATE, True)
    ]


@no_database
def test_every_mistake_is_told_with_its_line() -> None:
    assert mistakes_in(
        "helper,from,until,change\n"
        "sam,1900-01-01 00:00,2026-11-25 06:00,\n"
        "same,2026-11-24 18:00,2026-11-25 06:00,\n"
        "sam,45987.75,2026-11-25 06:00,\n"
        "sam,2026-11-31 18:00,2026-12-25 06:00,\n"
        "sam,2026-11-25 06:00,2026-11-24 18:00,\n"
        "sam,,2026-11-24 18:00,\n"
        "sam,2026-11-24 25:00,2026-11-25 06:00,perhaps\n"
        "sam,2026-11-24 25:00,2026-11-25 06:00,off\n"
        ",2026-11-24 18:00,2026-11-25 06:00,\n"
    ) == [
        "line 2: “1900-01-01 00:00”: spreadsheets write 1900 for an empty or a wrong cell; write the date",
        "line 3: “same” is nobody on the roster; did you mean sam? write the key, such as sam-k",
        "line 4: “45987.75” is a number; let the spreadsheet show the column as a date",
        "line 5: “2026-11-31 18:00”: there is no such day (month first, or 2026-11-01)",
        "line 6: ends before it begins",
        "line 7: from is empty",
        "line 8: “perhaps” is neither on nor off",
        "line 9: “2026-11-24 25:00”: “25:00” is not a time of day; write it like 07:00 or 7:00 AM",
        "line 10: names no helper",
    ]


@no_database
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("from,until\n", "helper is not among them"),
        ("sam,monday,tuesday\n", "from and until and helper is not among them"),
        ('helper,from,until\n"sam,2026-11-24 18:00\n', "cannot be read as a table from here on"),
    ],
)
def test_a_file_that_is_no_table_of_shifts_says_what_is_wanted(text: str, words: str) -> None:
    assert words in mistakes_in(text)[0]


@no_database
@given(st.binary(max_size=300))
def test_no_bytes_however_strange_break_the_reading(raw: bytes) -> None:
    read_table(b"helper,from,until\n" + raw, CREW)
    read_calendar(NOON, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + raw + b"\nEND:VEVENT\nEND:VCALENDAR", CREW, only=1)


@no_database
@given(st.text(alphabet="0123456789-/: APMapmTZ+.", max_size=22))
def test_a_moment_is_read_or_refused_in_words(written: str) -> None:
    with suppress(MomentUnclear):
        assert read_moment(written).year >= 2000


@no_database
def test_half_days_are_read_as_people_say_them() -> None:
    for written, hour in (("12:00 AM", 0), ("12:30 pm", 12), ("1 p.m.", 13), ("11:59PM", 23), ("00:15", 0)):
        assert read_moment(f"2026-11-24 {written}").hour == hour
    assert read_moment("2026-11-24", is_end=True) == datetime(2026, 11, 25)
    assert read_moment("2026-11-24 24:00") == datetime(2026, 11, 25)
    for wrong in ("13:00 PM", "7", "0:00 AM"):
        with pytest.raises(MomentUnclear):
            read_moment(f"2026-11-24 {wrong}")


TABLE = """\
helper,from,until,change
sam,2026-11-24 18:00,2026-11-25 06:00,off
ines,2026-11-24 18:00,2026-11-25 06:00,on
ines,2026-11-24 18:00,2026-11-25 06:00,on
ines,2025-11-24 18:00,2025-11-25 06:00,on
"""


@with_database
def test_a_preview_tells_what_would_come_and_a_second_import_changes_nothing() -> None:
    sam_and_ines()
    assert brought_in(TABLE, dry_run=True) == ShiftReport(added=2, twice=1, past=1, dry_run=True)
    assert DutyOverride.objects.count() == 0
    assert brought_in(TABLE) == ShiftReport(added=2, twice=1, past=1)
    assert fit_at("2026-11-24T20:00") == {"ines"}
    assert brought_in(TABLE) == ShiftReport(same=2, twice=1, past=1)


@with_database
def test_with_one_mistake_nothing_is_brought_in_and_contradictions_are_mistakes() -> None:
    sam_and_ines()
    both = TABLE + "sam,2026-11-25 05:00,2026-11-25 07:00,on\nsam,2036-11-25 05:00,2036-11-25 07:00,on\n"
    report = brought_in(both)
    assert [str(mistake) for mistake in report.mistakes] == [
        "line 6: line 2 says the opposite for the same time",
        "line 7: lies more than three years ahead; see whether the year is right",
    ]
    assert DutyOverride.objects.count() == 0


@with_database
def test_whoever_was_always_on_duty_is_so_by_calendar_once_shifts_come_and_the_preview_says_so() -> None:
    team_of(helper_in_file("sam"), helper_in_file("ines"))
    text = "helper,from,until\nsam,2026-11-24 18:00,2026-11-25 06:00\n"
    assert brought_in(text, dry_run=True).now_by_calendar == ("sam",)
    assert brought_in(text).now_by_calendar == ("sam",)
    assert (lines_of(number_of("sam")), lines_of(number_of("ines"))) == (("by calendar",), ())
    assert (fit_at("2026-11-24T20:00"), fit_at("2026-11-25T20:00")) == ({"sam", "ines"}, {"ines"})


@with_database
def test_what_is_taken_out_can_be_brought_in_again_exactly() -> None:
    sam, ines = sam_and_ines()
    off(sam, TONIGHT)
    override(NOON, ines, TONIGHT, is_on=True)
    text = write_shifts(NOON)
    assert text.splitlines()[2] == "sam,2026-11-24 18:00:00-07:00,2026-11-25 06:00:00-07:00,off"
    assert brought_in(text) == ShiftReport(same=2)
    DutyOverride.objects.all().delete()
    assert brought_in(text) == ShiftReport(added=2)
    assert write_shifts(NOON) == text


def changes_of(helper: int, how_many: int) -> list[Change]:
    return [
        (helper, Span(EARLY + timedelta(days=day), LATE + timedelta(days=day)), day % 3 > 0) for day in range(how_many)
    ]


@no_database
def test_no_part_of_a_large_file_is_so_large_that_a_press_would_wait_for_it() -> None:
    new = [change for helper in range(30) for change in changes_of(helper, 130)]
    parts = list(in_parts(random.Random(1).sample(new, len(new)), always={3, 29}))
    assert max(len(part.changes) for part in parts) <= 200
    assert sorted(change for part in parts for change in part.changes) == sorted(new)
    for helper in (3, 29):
        last = max(place for place, part in enumerate(parts) if helper in {whose for whose, *_ in part.changes})
        assert [place for place, part in enumerate(parts) if helper in part.by_calendar] == [last]
    assert list(in_parts([], always={3})) == []


@with_database
def test_an_import_that_stops_half_way_leaves_nobody_off_duty_and_is_finished_by_the_same_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stepitup.roster.duty.shifts.parts.A_PART", 1)
    team_of(helper_in_file("sam"))
    raw = b"helper,from,until\nsam,2026-11-24 18:00,2026-11-25 06:00\nsam,2026-11-26 18:00,2026-11-27 06:00\n"
    first, *_others = look_at_shifts(NOON, raw).parts()
    assert bring_shift_part(NOON, first, who=None) == 1
    assert fit_at("2026-11-25T20:00") == {"sam"}, "always on duty still"
    again = look_at_shifts(NOON, raw)
    assert (again.report.added, again.report.same) == (1, 1)
    assert [bring_shift_part(NOON, part, who=None) for part in again.parts()] == [1]
    assert fit_at("2026-11-25T20:00") == set()


@with_database
def test_what_changed_between_the_look_and_a_part_is_looked_at_again() -> None:
    team_of(helper_in_file("sam"), helper_in_file("ines"), helper_in_file("theo"))
    nights = "2026-11-24 18:00,2026-11-25 06:00"
    raw = f"helper,from,until\nsam,{nights}\nines,{nights}\ntheo,{nights}\n".encode()
    [part] = look_at_shifts(NOON, raw).parts()
    bring_shift_part(NOON, part, who="operator")
    write_lines(NOON, number_of("ines"), ["daily 08:00-20:00"])
    take_off(NOON, number_of("theo"), who="operator")
    DutyOverride.objects.exclude(helper__key="sam").delete()
    assert bring_shift_part(NOON, part, who="operator") == 1, "Sam’s is there already, and Theo has left"
    assert lines_of(number_of("ines")) == ("daily 08:00-20:00",), "her own hours by now"
    written = LogBookEntry.objects.filter(what="changed_duty")
    assert list(written.values_list("about", "how_many")) == [("roster", 3), ("roster", 1)]


@with_database
@pytest.mark.only_on("sqlite")  # it is the reading that takes long
def test_fifty_thousand_lines_are_read_at_once() -> None:
    sam_and_ines()
    hours = [NOON.replace(tzinfo=None) + timedelta(hours=3 * n) for n in range(5_000)]
    lines = [f"ines,{hour:%Y-%m-%d %H:%M},{hour + timedelta(hours=2):%Y-%m-%d %H:%M}" for hour in hours]
    report = brought_in("\n".join(["helper,from,until", *(lines * 10)]))
    assert (report.added, report.twice) == (5_000, 45_000)


@no_database
def test_a_file_larger_than_any_teams_shifts_is_not_even_read() -> None:
    shifts, mistakes = read_shifts(NOON, b"x" * (LARGEST + 1))
    assert shifts == []
    assert [str(mistake) for mistake in mistakes] == ["the file is 8,000,001 bytes large; at most 8,000,000"]


@no_database
def test_a_cell_that_never_ends_is_told_with_its_line() -> None:
    [mistake] = mistakes_in(f"helper,from,until\nsam,2026-11-24 18:00,{'6' * 140_000}\n")
    assert mistake.startswith("line 2: this cannot be read as a table from here on")


@no_database
def test_a_name_is_told_short_and_fifty_unknown_names_are_enough_to_guess_at() -> None:
    lines = [f"sam-{number},2026-11-24 18:00,2026-11-25 06:00\n" for number in range(60)]
    told = mistakes_in("helper,from,until\n" + "".join(lines))
    assert sum("did you mean sam?" in line for line in told) == 50
    assert mistakes_in(f"helper,from,until\n{'s' * 100},2026-11-24,2026-11-25\n") == [
        f"line 2: “{'s' * 60}” is nobody on the roster; write the key, such as sam-k"
    ]


@with_database
def test_a_shift_of_three_months_is_one_and_a_longer_one_is_a_line_of_duty() -> None:
    sam_and_ines()
    report = brought_in("helper,from,until\nines,2026-12-01,2027-03-02\nines,2027-06-01,2027-09-02\n")
    assert [str(mistake) for mistake in report.mistakes] == [
        "line 3: is longer than three months; write lines of duty for that"
    ]


@with_database
def test_of_many_new_shifts_the_preview_shows_the_earliest() -> None:
    sam_and_ines()
    hours = [NOON.replace(tzinfo=None) + timedelta(hours=3 * number) for number in range(70)]
    lines = [f"ines,{hour:%Y-%m-%d %H:%M},{hour + timedelta(hours=2):%Y-%m-%d %H:%M}" for hour in reversed(hours)]
    first = brought_in("\n".join(["helper,from,until", *lines]), dry_run=True).first
    assert len(first) == 60
    assert [span.start for span, _is_on in first] == sorted(span.start for span, _is_on in first)
    assert first[0][0].start < NOON + timedelta(days=1)


def again(rule: str, since: str = "20260101") -> list[datetime]:
    """When an event of Sam's begins that comes again by this rule."""
    lines = ["BEGIN:VEVENT", f"DTSTART:{since}T060000Z", "DURATION:PT1H", f"RRULE:{rule}", "SUMMARY:sam", "END:VEVENT"]
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"])
    shifts, mistakes = read_calendar(NOON, text.encode(), CREW)
    assert mistakes == []
    return [shift.span.start for shift in shifts]


@no_database
def test_what_comes_again_for_ever_is_unrolled_from_a_month_ago_to_a_year_ahead() -> None:
    begins = again("FREQ=DAILY")
    assert timedelta(days=31) <= NOON - begins[0] <= timedelta(days=33)
    assert timedelta(days=365) <= begins[-1] - NOON <= timedelta(days=367)


@no_database
def test_what_comes_again_so_many_times_is_not_unrolled_past_a_year_nor_more_than_eight_hundred_times() -> None:
    assert again("FREQ=YEARLY;COUNT=9", since="20251201")[-1].year == 2026
    assert len(again("FREQ=DAILY;BYHOUR=0,6,12,18")) == 800


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Another tool//EN
BEGIN:VEVENT
UID:1@tool
DTSTAMP:20261101T000000Z
DTSTART;TZID=America/Denver:20261124T180000
DTEND;TZID=America/Denver:20261125T060000
SUMMARY:sam
END:VEVENT
BEGIN:VEVENT
UID:2@tool
DTSTAMP:20261101T000000Z
DTSTART;TZID=America/Denver:20261123T060000
DURATION:PT12H
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261210T000000Z
EXDATE;TZID=America/Denver:20261202T060000
SUMMARY:Sam K.
END:VEVENT
BEGIN:VEVENT
UID:2@tool
DTSTAMP:20261101T000000Z
RECURRENCE-ID;TZID=America/Denver:20261209T060000
DTSTART;TZID=America/Denver:20261209T080000
DTEND;TZID=America/Denver:20261209T180000
SUMMARY:sam
END:VEVENT
BEGIN:VEVENT
UID:3@tool
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261128
SUMMARY:sam
END:VEVENT
BEGIN:VEVENT
UID:4@tool
DTSTAMP:20261101T000000Z
DTSTART:20261124T180000
DTEND:20261125T060000
STATUS:CANCELLED
SUMMARY:nobody
END:VEVENT
END:VCALENDAR
"""


@with_database
def test_a_calendar_is_brought_in_with_what_comes_again_is_left_out_or_was_moved() -> None:
    team_of(helper_in_file("sam", 'duty = ["by calendar"]', named="Sam K."))
    report = brought_in(CALENDAR.replace("\n", "\r\n"))
    assert report == ShiftReport(added=6, past=1)
    assert on_calendar(number_of("sam"), "2026-11-24", "2026-12-24") == [
        "Tue 18:00-Wed 18:00",
        "Sat 00:00-Sun 00:00",
        "Mon 06:00-Mon 18:00",
        "Mon 06:00-Mon 18:00",
        "Wed 08:00-Wed 18:00",
    ]


@no_database
def test_an_event_that_cannot_be_read_is_told_with_the_line_on_which_it_begins() -> None:
    for before, after, words in (
        ("SUMMARY:sam", "SUMMARY:same", "line 4: “same” is nobody on the roster; did you mean sam?"),
        ("DTEND;TZID=America/Denver:20261125T060000", "X-NOTHING:1", "line 4: has no end"),
        ("DTEND;TZID=America/Denver:20261125", "DTEND;TZID=America/Denver:20261123", "line 4: ends before it begins"),
        ("20261124T18", "19000101T18", "line 4: begins in 1900"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=SECONDLY", "line 11: comes again in a way that is not read here"),
    ):
        _shifts, mistakes = read_calendar(NOON, CALENDAR.replace(before, after, 1).encode(), CREW)
        assert str(mistakes[0]).startswith(words), mistakes


@with_database
def test_one_helpers_own_calendar_needs_no_name_in_its_titles() -> None:
    sam, _ines = sam_and_ines()
    assert brought_in(CALENDAR.replace("SUMMARY:sam", "SUMMARY:Dentist, then work"), only=sam).is_good
