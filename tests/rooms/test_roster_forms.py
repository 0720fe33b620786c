"""The roster as CSV and JSON: the same rows as the TOML file, whatever a spreadsheet does to them on the way."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.roster.file.cells import CellUnclear, cell_of, read_as, text_in
from stepitup.roster.file.forms import Form, form_of, read_in, write_in
from stepitup.roster.file.json_lines import JsonLines
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import AgencyRow, HelperRow, RosterRows, WayRow
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.rooms.test_roster_file import helper_rows, words

pytestmark = pytest.mark.only_on("sqlite")

BOTH = pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
TEAM, _ = read_roster(
    file_with(helper_in_file("ines"), helper_in_file("sam", "years = 11", 'duty = ["daily 18:00-06:00"]'))
)
CEDAR = "agency,cedar,Cedar Mesa Police Department,US-CO,America/Denver,,,,,"
HEADER = "table,key,name,state,time_zone,display_name,kinds,agency,way.1.carrier,way.1.address"


def sheet(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, CEDAR, *rows])


def sam(key: str = "sam", kinds: str = "peer", way: str = "pager,pager:sam-1") -> str:
    return f"helper,{key},,,,Sam K.,{kinds},cedar,{way}"


def mistakes(text: str | bytes, form: Form = Form.CSV) -> list[str]:
    return [str(mistake) for mistake in read_in(form, text)[1]]


def only_mistake(text: str | bytes, form: Form = Form.CSV) -> str:
    (mistake,) = mistakes(text, form)
    return mistake


def one_helper(text: str | bytes, form: Form = Form.CSV) -> HelperRow:
    rows, wrong = read_in(form, text)
    assert wrong == ()
    return rows.helpers[0]


def with_column(name: str, *cells: str) -> str:
    """Two or more helpers who differ in one more column."""
    rows = [f"{sam(f'h{number}')},{cell}" for number, cell in enumerate(cells)]
    return sheet(*rows, header=f"{HEADER},{name}")


@given(st.lists(helper_rows, max_size=3, unique_by=lambda row: row.key), words)
@BOTH
def test_whatever_is_written_is_read_back_the_same(form: Form, helpers: list[HelperRow], name: str) -> None:
    cedar = AgencyRow(key="cedar", name=name, also=("CMPD", "a,b"), time_zone="America/Denver")
    rows = RosterRows((cedar,), tuple(sorted(helpers, key=lambda row: row.key)))
    assert read_in(form, write_in(form, rows)) == (rows, ())


@BOTH
def test_every_form_says_what_the_toml_file_says(form: Form) -> None:
    assert read_in(form, write_in(form, TEAM)) == (TEAM, ())


@BOTH
def test_an_empty_team_is_written_and_read(form: Form) -> None:
    assert read_in(form, write_in(form, RosterRows())) == (RosterRows(), ())


def test_the_ending_tells_the_form() -> None:
    assert [form_of(name) for name in ("team.csv", "Team.JSON", "team.toml", "team.xlsx", "team")] == [
        Form.CSV,
        Form.JSON,
        Form.TOML,
        None,
        None,
    ]


@given(words | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=4))
def test_a_cell_gives_its_text_back(text: str) -> None:
    assert text_in(cell_of(text)) == text


@given(st.lists(words | st.sampled_from(["a,b", "|", "\\", "x;y"]), min_size=1, max_size=4))
def test_a_list_in_a_cell_gives_its_entries_back(entries: Sequence[str]) -> None:
    assert read_as(list, text_in(cell_of(tuple(entries)))) == entries


@pytest.mark.parametrize("text", ["=1+1", "+13035550101", "-x", "@me", "'+1", "''="])
def test_nothing_in_a_cell_is_taken_for_a_formula(text: str) -> None:
    assert cell_of(text)[0] == "'"
    assert text_in(cell_of(text)) == text


# --- what spreadsheets do ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_commas_semicolons_tabs_marks_and_line_ends_all_do(between: str, mark: str, end: str) -> None:
    text = mark + sheet(sam()).replace(",", between).replace("\n", end)
    assert one_helper(text.encode()).display_name == "Sam K."


def test_excels_own_first_line_and_its_unicode_text_do() -> None:
    text = "sep=;\r\n" + sheet(sam()).replace(",", ";")
    assert one_helper(text).key == "sam"
    assert mistakes(text.replace("peer", "per"))[0].startswith("line 4: helper 1, kinds: “per” is not known")
    assert one_helper(sheet(sam()).replace(",", "\t").encode("utf-16")).key == "sam"


def test_another_encoding_is_told_with_its_line() -> None:
    assert only_mistake(sheet(sam()).replace("Sam K.", "José").encode("cp1252")).startswith("line 3: this is not UTF-8")


def test_bent_quotes_around_a_cell_go_and_apostrophes_in_names_stay() -> None:
    text = sheet(sam()).replace("Sam K.", "“Dara O’Brien”")
    assert one_helper(text).display_name == "Dara O’Brien"


def test_bent_quotes_around_a_comma_are_told() -> None:
    assert "line 3: has 11 cells where the header names 10" in only_mistake(sheet(sam()).replace("Sam K.", "“K., Sam”"))


def test_headers_may_be_written_as_people_do() -> None:
    assert one_helper(sheet(sam()).replace("display_name", "Display Name")).display_name == "Sam K."


@pytest.mark.parametrize("cell", ["2026-01-31", "2026-1-31", "1/31/2026", "01/31/2026", "46053", "2026-01-31 00:00:00"])
def test_a_date_may_be_written_as_spreadsheets_write_it(cell: str) -> None:
    assert read_as(date, cell) == date(2026, 1, 31)


@pytest.mark.parametrize("cell", ["0", "1", "1/0/1900", "1900-01-00"])
def test_the_year_1900_is_an_empty_cell_gone_wrong(cell: str) -> None:
    with pytest.raises(CellUnclear, match="leave the cell empty"):
        read_as(date, cell)
    told = mistakes(with_column("certified_since", "1/1/1900"))
    assert any("line 3: helper 1, certified_since: lies before 1950; 1900 is what" in one for one in told)


@pytest.mark.parametrize("cell", ["31/01/2026", "31.01.2026", "2026-02-30", "soon", "1.30356E+10"])
def test_a_date_that_is_none_is_told(cell: str) -> None:
    with pytest.raises(CellUnclear, match="write it like 2027-05-31"):
        read_as(date, cell)


def test_yes_no_numbers_and_lists_are_taken_as_people_write_them() -> None:
    text = with_column("sworn", "TRUE", "no", "x", "")
    assert [row.sworn for row in read_in(Form.CSV, text)[0].helpers] == [True, False, True, None]
    assert [row.years for row in read_in(Form.CSV, with_column("years", "7", "7.0"))[0].helpers] == [7, 7]
    two = {"fire, ems", "fire; ems", "fire | ems"}
    for cell in two:
        assert one_helper(with_column("services", f'"{cell}"')).services == ("fire", "ems")


def test_a_gap_between_ways_and_rows_that_hold_nothing_do_no_harm() -> None:
    text = sheet(sam(way=","), ",,,,,,,,,", header=f"{HEADER}").replace("way.1", "way.4")
    assert one_helper(text).ways == ()
    more = f"{HEADER},way.7.carrier,way.7.address"
    rows = sheet(f"{sam()},pager,pager:sam-2", "", header=more)
    assert one_helper(rows).ways == (WayRow("pager", "pager:sam-1"), WayRow("pager", "pager:sam-2"))


# --- mistakes ---------------------------------------------------------------------------------------------------------


def test_all_mistakes_are_told_at_once_each_on_its_line() -> None:
    rows = [sam(), sam("Sam"), '"helper","ines",,,,"Ines\n M.",per,cedar,mail,"at home"', sam(), sam("theo", kinds="")]
    told = mistakes(sheet(*rows))
    assert [one.split(": ")[:2] for one in told] == [
        ["line 4", "helper 2, key"],
        ["line 5", "helper 3, display_name"],
        ["line 5", "helper 3, kinds"],
        ["line 5", "helper 3, way 1, address"],
        ["line 7", "helper 4, key"],
        ["line 8", "helper 5, kinds"],
    ]


def test_a_column_nobody_knows_is_told_once_however_many_rows_there_are() -> None:
    told = only_mistake(with_column("rank_bend", "line", "line", "command"))
    assert told.startswith("line 1: column rank_bend: no word of the roster file is called so; did you mean rank_band?")
    assert "column way.1.carier: no word" in mistakes(with_column("way.1.carier", "pager"))[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_column("key", "again"), "line 1: the column key stands there twice"),
        (with_column("", "lost"), "line 1: column column_11: no word of the roster file"),
        (with_column("supervises", "cedar"), "goes into columns of its own, supervises.1.…"),
        (with_column("years", "seven"), "line 3: helper 1, years: “seven” is not a whole number"),
        (with_column("sworn", "perhaps"), "neither yes nor no; write true or false"),
        (with_column("off_until", "2027-05-31"), "is not a moment with its offset"),
        (sheet('helper,sam,,,,"Sam K.,peer'), "line 3: cannot be read from here on, a quote may be missing"),
        (sheet(sam().replace("helper", "helpr")), "line 3: helpr: is not a word of this table; did you mean helper?"),
        (sheet(sam().replace("cedar", "gone")), "is not the key of an [[agency]] in this file"),
    ],
)
def test_each_wrong_cell_is_told_with_what_to_write_instead(text: str, said: str) -> None:
    assert any(said in one for one in mistakes(text)), mistakes(text)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}".encode(errors="replace")))
@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_no_bytes_whatever_stop_the_reader(form: Form, source: bytes) -> None:
    mistakes(source, form)


# --- JSON -------------------------------------------------------------------------------------------------------------


def in_json(**words_of_sam: object) -> str:
    values = json.loads(write_in(Form.JSON, TEAM))
    values["helper"][1] |= words_of_sam
    return json.dumps(values, indent=1)


def test_mistakes_in_json_stand_on_their_lines() -> None:
    text = in_json(years="eleven", certified_since="31.1.2026", off_until="soon")
    lines = text.split("\n")
    for told, word in zip(mistakes(text, Form.JSON), ("years", "certified_since", "off_until"), strict=True):
        line = int(told.split(":")[0].removeprefix("line "))
        assert f'"{word}"' in lines[line - 1]
        assert f"helper 2, {word}: " in told


def test_lines_are_found_past_strings_and_brackets() -> None:
    lines = JsonLines('{"a": ["]", {"b": "{", "b": 2}],\n "c\\u0064": {"e":\n [1, [2,\n 3]]}}')
    assert lines.of(("a", 1, "b")) == 1
    assert lines.twice == [("a", 1, "b")]
    assert lines.of(("cd",)) == 2
    assert lines.of(("cd", "e", 1, 1)) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1: this is not JSON from here on"),
        ("[]", "the whole file is one object"),
        ("[" * 50_000, "tables stand too deep"),
        ('{"helper": ' + "9" * 5_000 + "}", "a number is too long"),
        ('{"helper": [{"key": "sam",\n "key": "sam"}]}', "line 1: helper 1, key: stands twice here"),
        ('{"helper": {"key": "sam"}}', "helper: is a list in [ ]"),
    ],
)
def test_json_that_is_no_roster_is_answered_in_words(text: str, said: str) -> None:
    assert any(said in one for one in mistakes(text, Form.JSON)), mistakes(text, Form.JSON)


def test_a_sheet_can_be_opened_by_any_other_program() -> None:
    """Python's own reader, with the mark taken away: as many cells in each row as in the header."""
    text = write_in(Form.CSV, TEAM)
    assert text[0] == "\ufeff"
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows[0][:2] == ["table", "key"]
    assert {len(row) for row in rows} == {len(rows[0])}
