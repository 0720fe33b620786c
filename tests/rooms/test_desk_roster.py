"""The roster in and out by the command line, and what an import does to a night that is under way."""

import stat
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stepitup.calls import actions as calls
from stepitup.calls import questions as calls_seen
from stepitup.calls.models import Asked, Seat, Turn
from stepitup.calls.timing import FILL
from stepitup.desk import roster_export, roster_import
from stepitup.desk.errors import CannotRead, CannotWrite
from stepitup.ground import log_book, timers
from stepitup.ground.deeds import deed
from stepitup.ground.models import LogBookEntry
from stepitup.paging.carriers import use
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.paging.links import page_key
from stepitup.paging.models import Page
from stepitup.roster import actions, questions
from stepitup.roster.file import parts
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import Report, RosterRows
from stepitup.roster.models import Helper
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.test_roster_credentials import with_credentials

pytestmark = pytest.mark.django_db

SAM, INES = helper_in_file("sam"), helper_in_file("ines")


def options(file: Path | None, **more: object) -> Namespace:
    return Namespace(file=file, **{"dry_run": False, "remove_missing": False, "form": None, **more})


def written(folder: Path, *helpers: str) -> Path:
    file = folder / "team-roster.toml"
    file.write_text(file_with(*helpers), encoding="utf-8")
    return file


def bring_in(folder: Path, *helpers: str, **more: object) -> int:
    return roster_import.do(options(written(folder, *helpers), **more))


def rosa_presses() -> calls.Opened:
    return deed(calls.call_for_backup, press=calls.Press())


def who_is_paged() -> set[str]:
    ids = {pk: key for key, pk in questions.ids_of({"sam", "ines", "theo"}).items()}
    return {ids[page.helper] for page in Page.objects.filter(state="open")}


def test_an_import_says_who_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring_in(tmp_path, SAM, INES) == 0
    assert "New: sam, ines" in capsys.readouterr().out
    assert set(questions.ids_of({"sam", "ines"})) == {"sam", "ines"}


def test_a_dry_run_says_the_same_and_does_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring_in(tmp_path, SAM, dry_run=True) == 0
    assert "nothing was imported" in capsys.readouterr().out
    assert questions.all_helpers() == []


def test_all_mistakes_are_told_with_their_lines_and_nothing_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = helper_in_file("sam", "years = -1"), helper_in_file("ines", 'kinds = ["friend"]')
    assert bring_in(tmp_path, *bad) == 1
    told = capsys.readouterr().err
    assert told.count("team-roster.toml: line ") == 2
    assert "2 mistakes. Nothing was imported." in told
    assert questions.all_helpers() == []


def test_a_day_still_to_come_is_no_day_on_which_anything_was_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to_come = with_credentials("sam", "name = 'x'\nchecked_on = 2199-01-01")
    assert bring_in(tmp_path, to_come) == 1
    assert "checked_on: 2199-01-01 is still to come" in capsys.readouterr().err
    assert not actions.import_roster(NIGHT, file_with(to_come)).is_good


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="No such file"):
        roster_import.do(options(tmp_path / "lost.toml"))


def test_who_cannot_be_paged_now_is_named_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, helper_in_file("sam", "certified_until = 2025-01-01"))
    assert "sam. Has a credential that lapsed after 2025-01-01." in capsys.readouterr().out


def test_sam_is_suspended_while_his_page_waits_and_ines_is_asked_in_his_place(tmp_path: Path) -> None:
    with use(Pager()):
        bring_in(tmp_path, SAM)
        rosa_presses()
        assert who_is_paged() == {"sam"}
        bring_in(tmp_path, helper_in_file("sam", "suspended = true"), INES)
        deed(calls.fill, Turn.objects.get().pk)
        assert who_is_paged() == {"ines"}


def test_sam_is_taken_off_while_he_sits_with_rosa_and_her_call_opens_again(tmp_path: Path) -> None:
    with use(Pager()):
        bring_in(tmp_path, SAM)
        rosa = rosa_presses()
        deed(calls.acknowledge, page_key(Page.objects.get().pk), press="a press on his phone")
        bring_in(tmp_path, INES, remove_missing=True)
        assert [seat.state for seat in Seat.objects.all()] == ["refused"]
        assert calls_seen.as_caller_sees(rosa.id).searching


def test_a_dry_run_takes_nobody_from_a_caller(tmp_path: Path) -> None:
    with use(Pager()):
        bring_in(tmp_path, SAM)
        rosa_presses()
        bring_in(tmp_path, INES, remove_missing=True, dry_run=True)
        assert who_is_paged() == {"sam"}


def test_who_comes_onto_the_roster_tonight_is_found_by_a_call_that_lacks_people(tmp_path: Path) -> None:
    with use(Pager()):
        bring_in(tmp_path, SAM)
        rosa_presses()
        turn = Turn.objects.get()
        timers.disarm(FILL, [turn.pk])
        bring_in(tmp_path, SAM, INES)
        assert timers.armed_for(FILL, turn.pk) is not None
        assert Asked.objects.count() == 1, "the watch asks her, within a second"


def test_the_roster_comes_out_as_it_went_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, SAM, INES)
    file = tmp_path / "out.toml"
    assert roster_export.do(options(file)) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    capsys.readouterr()
    assert roster_import.do(options(file)) == 0
    assert "The same as before: 2 helpers" in capsys.readouterr().out


def test_without_a_file_the_roster_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, SAM)
    capsys.readouterr()
    roster_export.do(options(None))
    assert 'key = "sam"' in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="Nothing was left half done"):
        roster_export.do(options(tmp_path / "nowhere" / "out.toml"))


@pytest.mark.parametrize("ending", ["csv", "json", "toml"])
def test_the_ending_tells_the_form_both_ways(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, SAM, INES)
    file = tmp_path / f"team.{ending}"
    assert roster_export.do(options(file)) == 0
    capsys.readouterr()
    assert roster_import.do(options(file)) == 0
    assert "The same as before: 2 helpers" in capsys.readouterr().out


def test_a_form_that_is_named_goes_before_the_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, SAM)
    capsys.readouterr()
    assert roster_export.do(options(None, form="csv")) == 0
    sheet = tmp_path / "team.txt"
    sheet.write_text(capsys.readouterr().out, encoding="utf-8")
    assert roster_import.do(options(sheet, form="csv")) == 0
    assert roster_import.do(options(sheet)) == 1
    assert "this is not TOML" in capsys.readouterr().err


def test_a_large_file_comes_in_part_by_part_as_it_would_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_import, "IN_ONE_GO", 1)
    monkeypatch.setattr(parts, "_A_PART", 2)
    team = [helper_in_file(key) for key in ("sam", "ines", "theo", "walt", "nora")]
    assert bring_in(tmp_path, *team) == 0
    assert set(questions.ids_of({"sam", "ines", "theo", "walt", "nora"})) == {"sam", "ines", "theo", "walt", "nora"}
    assert bring_in(tmp_path, *team[:2], helper_in_file("theo", "years = 9"), remove_missing=True) == 0
    assert {row.key: row.years for row in questions.roster_rows().helpers} == {"ines": None, "sam": None, "theo": 9}
    in_one = questions.export_roster()
    monkeypatch.undo()
    assert bring_in(tmp_path, *team[:2], helper_in_file("theo", "years = 9"), remove_missing=True) == 0
    assert questions.export_roster() == in_one


def test_a_part_leaves_alone_whom_it_does_not_name(tmp_path: Path) -> None:
    bring_in(tmp_path, SAM, INES)
    sam_alone = read_roster(file_with(helper_in_file("sam", "years = 9")))[0]
    deed(calls.bring_roster_part, parts.Part(sam_alone, among=("sam",)), who=log_book.OPERATOR)
    assert {row.key for row in questions.roster_rows().helpers} == {"sam", "ines"}


def test_the_log_book_has_a_line_for_a_file_that_changed_something_and_none_for_the_same_again(tmp_path: Path) -> None:
    bring_in(tmp_path, SAM, INES)
    nothing_new = read_roster(file_with(SAM))[0]
    deed(calls.bring_roster_part, parts.Part(nothing_new, among=("sam",)), who=log_book.OPERATOR)
    written = LogBookEntry.objects.filter(what=log_book.What.IMPORTED)
    assert list(written.values_list("who", "about", "how_many")) == [(log_book.OPERATOR, log_book.ROSTER, 3)]


def test_whoever_is_changed_keeps_their_number_and_is_written_in_one_plain_statement(tmp_path: Path) -> None:
    bring_in(tmp_path, SAM, INES)
    before = questions.ids_of({"sam", "ines"})
    deed(actions.note_talk, before["ines"])
    changed = read_roster(file_with(helper_in_file("sam", "years = 9"), helper_in_file("ines", "years = 9")))[0]
    with CaptureQueriesContext(connection) as asked:
        deed(calls.bring_roster_part, parts.Part(changed, among=("sam", "ines")), who=log_book.OPERATOR)
    assert questions.ids_of({"sam", "ines"}) == before
    assert [row.years for row in questions.roster_rows().helpers] == [9, 9]
    assert Helper.objects.get(key="ines").last_talk_on is not None, "that is the house's own"
    assert not [one["sql"] for one in asked if "CASE WHEN" in one["sql"]], (
        "a case for each field of each holds presses up"
    )


def test_a_suspension_made_between_looking_and_writing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, SAM, INES)
    monkeypatch.setattr(roster_import, "IN_ONE_GO", 0)
    sam = questions.ids_of({"sam"})["sam"]
    really = parts.in_parts

    def suspended_meanwhile(wanted: RosterRows, would: Report) -> Iterator[parts.Part]:
        deed(actions.suspend, sam)
        return really(wanted, would)

    monkeypatch.setattr(roster_import, "in_parts", suspended_meanwhile)
    bring_in(tmp_path, helper_in_file("sam", "years = 9"), INES)
    assert "sam" in questions.who_is_suspended_or_gone()


def test_a_long_list_is_cut_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(tmp_path, *(helper_in_file(f"h{number}", "suspended = true") for number in range(203)))
    out = capsys.readouterr().out
    assert out.count("Is suspended.") == 200
    assert "Not paged at this moment: and 3 more" in out
