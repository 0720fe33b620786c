"""The log book: what was done stays written, and whoever changes, drops or adds a line is found out."""

import inspect
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from stepitup.desk import check
from stepitup.desk.checking.log_book import about_the_log_book
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What, card, guard, tree
from stepitup.ground.log_book.checking import Fault, Head, Line, Wrong, faults_in
from stepitup.ground.log_book.who import NotANumberOfOurs
from stepitup.ground.models import LogBookEntry, LogBookHead

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
MARIA, SAM = log_book.account(3), log_book.helper(17)


def write(number: int, *, first: datetime = NIGHT) -> None:
    """So many lines, the one that begins the book among them."""
    for minute in range(number - 1):
        log_book.note(first + timedelta(minutes=minute), who=MARIA, what=What.CHANGED, about=SAM)


def told(now: datetime = NIGHT, *cards: str) -> str:
    kept = {Path(f"card-{number}"): text for number, text in enumerate(cards, start=1)}
    return "\n".join(str(finding) for finding in about_the_log_book(now, kept))


def unguarded(statement: str) -> None:
    """By somebody who owns the database."""
    with guard.taken_down(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_line_says_who_did_what_to_whom_and_when_in_numbers_of_ours() -> None:
    log_book.note(NIGHT, who=MARIA, what=What.SUSPENDED, about=SAM)
    began, line = log_book.entries(2026)
    assert (began.number, began.what, began.who) == (1, What.OPENED_BOOK, log_book.OPERATOR)
    assert (line.number, line.at, line.who, line.what, line.about) == (2, NIGHT, MARIA, What.SUSPENDED, SAM)
    assert str(What(line.what).label) == "Suspended"


@pytest.mark.parametrize("name", ["Sam K.", "970 555 0173", "sam@home.example", "helper 9705550173", "", "helper 4\n"])
def test_a_name_a_number_or_an_address_is_not_taken_and_not_repeated(name: str) -> None:
    for who, about in ((name, SAM), (MARIA, name)):
        with pytest.raises(NotANumberOfOurs) as refused:
            log_book.note(NIGHT, who=who, what=What.CHANGED, about=about)
        assert not name.strip() or name.strip() not in str(refused.value)
    assert log_book.books() == []


def test_there_is_no_room_for_a_reason_or_a_caller() -> None:
    assert set(inspect.signature(log_book.note).parameters) == {"now", "who", "what", "about", "how_many"}


def test_a_deed_that_does_not_stand_leaves_no_line() -> None:
    def suspend_and_stumble(now: datetime) -> None:
        log_book.note(now, who=MARIA, what=What.SUSPENDED, about=SAM)
        raise LookupError

    with pytest.raises(LookupError):
        deed(suspend_and_stumble)
    assert not LogBookEntry.objects.exists()


@pytest.mark.parametrize("table", [LogBookEntry, LogBookHead])
@pytest.mark.parametrize("verb", ["UPDATE {} SET book = 1999", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_take_away_a_line(table: type[LogBookEntry], verb: str) -> None:
    first_day = datetime.now(UTC)  # the guard reads the database's own clock
    write(3, first=first_day)
    log_book.keep_and_forget(first_day)
    with pytest.raises(DatabaseError, match="the log book cannot be changed"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(verb.format(table._meta.db_table))
    assert (LogBookEntry.objects.count(), LogBookHead.objects.count()) == (3, 1)


@pytest.mark.only_on("sqlite")
def test_a_line_cannot_be_replaced_either() -> None:
    write(3)
    columns = ", ".join(str(field.column) for field in LogBookEntry._meta.concrete_fields)
    copy = f"REPLACE INTO ground_logbookentry ({columns}) SELECT {columns} FROM ground_logbookentry WHERE number = 2"
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)


@pytest.mark.only_on("postgresql")
def test_the_book_cannot_be_emptied_at_a_stroke_either() -> None:
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ground_logbookentry")


def test_a_guard_that_was_taken_down_is_missed_and_put_up_again() -> None:
    with guard.taken_down():
        assert "does not guard the log book" in told()
    assert told() == ""


def test_an_untouched_book_says_nothing_and_its_old_heads_still_hold() -> None:
    write(5)
    early = log_book.head_now(2026)
    log_book.keep_and_forget(NIGHT)
    write(9, first=NIGHT + timedelta(days=1))
    assert told(NIGHT, early, log_book.head_now(2026)) == ""


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        ("UPDATE ground_logbookentry SET about = 'helper 4' WHERE number = 7", "Line 7 of the log book of 2026 is not"),
        ("UPDATE ground_logbookentry SET how_many = 4 WHERE number IN (3, 4)", "Lines 3 to 4 of the log book of 2026"),
        ("DELETE FROM ground_logbookentry WHERE number = 7", "Line 7 of the log book of 2026 is not there: somebody d"),
        ("DELETE FROM ground_logbookentry WHERE number > 9", "Lines 10 to 12 of the log book of 2026 are not there"),
    ],
)
def test_the_check_says_which_line_was_changed_or_dropped(tamper: str, says: str) -> None:
    write(12)
    log_book.keep_and_forget(NIGHT)
    unguarded(tamper)
    assert says in told()
    assert len(told().splitlines()) == 1


def test_a_book_that_was_written_anew_is_found_out_by_a_head_kept_outside() -> None:
    write(8)
    outside = log_book.head_now(2026)
    with guard.taken_down():
        LogBookEntry.objects.all().delete()
        write(8, first=NIGHT + timedelta(seconds=1))
    assert told() == "", "nothing inside the house shows it"
    said = told(NIGHT, outside)
    assert "Lines 1 to 8" in said
    assert "this house signed it" in said


def test_a_card_of_another_house_or_with_a_slip_of_the_pen_is_no_proof() -> None:
    write(4)
    genuine = log_book.head_now(2026)
    slip = genuine.replace(genuine.splitlines()[2], genuine.splitlines()[2][::-1].replace("=", "A")[:43] + "=")
    assert "a letter in it is wrong" in told(NIGHT, slip) or "no head of a log book" in told(NIGHT, slip)
    assert "is no head of a log book" in told(NIGHT, "not a card")
    assert "this house has none" in told(NIGHT, genuine.replace("/2026", "/2031"))


def test_a_card_is_a_few_lines_that_may_be_copied_by_hand() -> None:
    write(4)
    text = log_book.head_now(2026)
    assert text.splitlines()[:2] == ["localhost:8000/log-book/2026", "4"]
    assert max(len(line) for line in text.splitlines()) < 130
    assert card.read(text.replace("\n", "\r\n  ")).signed_by_us
    assert not card.read("\n".join(text.splitlines()[:3])).signed_by_us


def test_each_year_has_a_book_and_a_clock_put_back_reopens_none() -> None:
    write(3)
    log_book.note(NIGHT.replace(year=2027), who=MARIA, what=What.CHANGED, about=SAM)
    log_book.note(NIGHT, who=MARIA, what=What.CHANGED, about=SAM)
    assert log_book.books() == [2027, 2026]
    assert [log_book.entries(year).count() for year in (2026, 2027)] == [3, 3]


def test_a_book_is_deleted_two_years_after_its_year_and_its_head_stays() -> None:
    write(3, first=NIGHT.replace(year=2020))
    write(3)
    head = log_book.head_now(2020)
    assert {line.deleted_on for line in log_book.entries(2020)} == {date(2023, 1, 1)}
    assert log_book.keep_and_forget(datetime(2022, 12, 31, 23, 59, tzinfo=UTC)) == 0
    assert log_book.keep_and_forget(NIGHT) == 3
    assert log_book.books() == [2026]
    assert [kept.size for kept in log_book.heads_kept(2020)] == [3]
    assert told(NIGHT, head) == ""
    assert "nothing is left to hold" in told(NIGHT, head.replace("\n3\n", "\n2\n"))


def test_a_head_is_kept_once_for_each_day_on_which_the_book_grew() -> None:
    write(3)
    for _ in range(3):
        log_book.keep_and_forget(NIGHT)
    write(2)
    log_book.keep_and_forget(NIGHT + timedelta(days=1))
    assert [(kept.size, kept.at) for kept in log_book.heads_kept(2026)] == [(3, NIGHT), (4, NIGHT + timedelta(days=1))]


def test_the_command_says_so_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    (kept := tmp_path / "card.txt").write_text(log_book.head_now(2026), encoding="utf-8")
    assert check.do(Namespace(log_book=[kept])) == 0
    assert "(2026: 3 lines) is what was written and what is on 1 card: nothing changed" in capsys.readouterr().out
    unguarded("UPDATE ground_logbookentry SET who = 'account 9' WHERE number = 2")
    assert check.do(Namespace(log_book=[])) == 1
    assert "MISSING  Line 2 of the log book" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_two_places() -> None:
    def writes() -> None:
        for _ in range(5):
            deed(log_book.note, who=MARIA, what=What.CHANGED, about=SAM)
        connection.close()

    writers = [Thread(target=writes) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    [year] = log_book.books()
    assert [line.number for line in log_book.entries(year)] == list(range(1, 22))
    assert told(datetime.now(UTC)) == ""


# What follows needs no database: lines and heads as plain values.


def book_of(*says: bytes) -> list[Line]:
    """A book as the house writes it: each line with its leaf and the largest whole tree that ends with it."""
    peaks, lines = dict[int, bytes](), list[Line]()
    for number, words in enumerate(says, start=1):
        leaf = tree.leaf_hash(words)
        peaks[number] = tree.peak_ending(number, leaf, [peaks[end] for end in tree.ends_of_peaks(number - 1)])
        lines.append(Line(number, leaf, leaf, peaks[number]))
    return lines


WORDS = [str(number).encode() for number in range(1, 21)]


@pytest.mark.parametrize("number", range(1, 12))
def test_a_line_rewritten_with_its_own_hash_is_found_by_the_tree_above_it(number: int) -> None:
    lines, forged = book_of(*WORDS[:12]), tree.leaf_hash(b"forged")
    peak = forged if number % 2 else lines[number - 1].peak
    lines[number - 1] = Line(number, forged, forged, peak)
    [fault] = faults_in(lines, [])
    assert fault.wrong is Wrong.CHANGED
    assert fault.first <= number <= fault.last


def test_a_line_that_stands_twice_was_added() -> None:
    lines = book_of(*WORDS[:5])
    assert faults_in([*lines, lines[2]], []) == [Fault(Wrong.ADDED, 3, 3)]


def test_what_was_written_anew_lies_between_the_head_that_holds_and_the_one_that_does_not() -> None:
    leaves = [line.leaf for line in book_of(*WORDS)]
    heads = [Head(size, tree.head_of(leaves[:size])) for size in (6, 9, 15)]
    anew = book_of(*WORDS[:7], b"forged", *WORDS[8:])
    assert faults_in(anew, heads) == [Fault(Wrong.NOT_AS_KEPT, 7, 9, heads[1])]


def test_two_lines_that_stand_twice_are_told_apart_and_neighbours_as_one() -> None:
    lines = book_of(*WORDS[:9])
    assert faults_in([*lines, lines[1], lines[6]], []) == [Fault(Wrong.ADDED, 2, 2), Fault(Wrong.ADDED, 7, 7)]
    assert faults_in([*lines, lines[1], lines[2]], []) == [Fault(Wrong.ADDED, 2, 3)]


def test_a_head_of_the_whole_book_is_held_against_its_newest_line_too() -> None:
    lines = book_of(*WORDS[:9])
    kept = Head(9, tree.head_of([line.leaf for line in lines]))
    assert faults_in(lines, [kept]) == []
    anew = book_of(*WORDS[:8], b"forged")
    assert faults_in(anew, [kept]) == [Fault(Wrong.NOT_AS_KEPT, 1, 9, kept)]


def test_a_book_that_lost_its_end_says_from_where_on() -> None:
    lines = book_of(*WORDS[:9])
    kept = Head(9, tree.head_of([line.leaf for line in lines]))
    assert faults_in(lines[:6], [kept]) == [Fault(Wrong.GONE, 7, 9, kept)]
    assert faults_in([], [kept]) == [Fault(Wrong.GONE, 1, 9, kept)]
