"""A large file in parts: each row in one of them, and no part so large that a press would notice."""

import gc
from dataclasses import replace
from datetime import date

import pytest

from stepitup.roster.file import parts
from stepitup.roster.file.parts import IN_ONE_GO, how_many, in_one, in_parts
from stepitup.roster.file.rows import AgencyRow, HelperRow, IncidentRow, Report, RosterRows

pytestmark = pytest.mark.only_on("sqlite")

# Forty helpers are 23 ms of processor time, a hundred 59; wanted: nobody held longer than 50. Rows are counted, since a
# clock in a test only measures who else is at work.
A_PRESS_DOES_NOT_NOTICE = 50
AGENCY = AgencyRow("cedar", "Cedar Mesa Police Department")
SAM = HelperRow("sam", "Sam K.", kinds=("peer",))
CRASH = IncidentRow("crash", happened_on=date(2026, 3, 1), delete_on=date(2027, 3, 1))

FILE = RosterRows(
    agencies=tuple(replace(AGENCY, key=f"a{number}") for number in range(130)),
    helpers=tuple(replace(SAM, key=f"h{number}") for number in range(500)),
    incidents=tuple(replace(CRASH, key=f"i{number}") for number in range(90)),
)
NEW, GONE = tuple(f"h{number}" for number in range(0, 500, 2)), tuple(f"gone{number}" for number in range(130))
AGENCIES, INCIDENTS = FILE.agencies[:90], FILE.incidents[::2]
WOULD = Report(
    added=NEW[:100],
    changed=NEW[100:],
    unchanged=250,
    removed=GONE,
    agencies=tuple(row.key for row in AGENCIES),
    incidents=tuple(row.key for row in INCIDENTS),
    dry_run=True,
)


def rows_of(part: parts.Part) -> int:
    return len(part.rows.agencies) + len(part.rows.incidents) + max(len(part.rows.helpers), len(part.among))


def test_no_part_of_a_large_file_is_so_large_that_a_press_would_wait_for_it() -> None:
    assert max(map(rows_of, in_parts(FILE, WOULD))) <= A_PRESS_DOES_NOT_NOTICE
    assert IN_ONE_GO <= 2 * A_PRESS_DOES_NOT_NOTICE
    assert how_many(WOULD) > IN_ONE_GO


def test_everything_that_would_change_is_in_one_part_and_nothing_else() -> None:
    all_parts = list(in_parts(FILE, WOULD))
    assert tuple(row for part in all_parts for row in part.rows.agencies) == AGENCIES
    assert tuple(row for part in all_parts for row in part.rows.incidents) == INCIDENTS
    assert tuple(row.key for part in all_parts for row in part.rows.helpers) == NEW
    assert tuple(key for part in all_parts for key in part.among if not part.rows.helpers) == GONE


def test_what_goes_in_one_deed_is_what_would_change_and_is_compared_with_no_other_row() -> None:
    few = replace(WOULD, added=("h1",), changed=("h2",), removed=("gone1",), agencies=("a1",), incidents=("i1",))
    part = in_one(FILE, few)
    assert part.among == ("h1", "h2", "gone1")
    assert [row.key for rows in (part.rows.agencies, part.rows.helpers, part.rows.incidents) for row in rows] == [
        *("a1", "h1", "h2", "i1")
    ]
    assert how_many(few) == 5


def test_nothing_that_was_read_is_searched_for_garbage_while_a_part_is_written() -> None:
    frozen = [gc.get_freeze_count() for _part in in_parts(FILE, WOULD)]
    assert min(frozen) > len(FILE.helpers)
    assert gc.get_freeze_count() == 0
