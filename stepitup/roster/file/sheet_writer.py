"""From plain rows to CSV: one row for each agency and helper, one column for each word that anybody uses."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from stepitup.roster.file.cells import cell_of
from stepitup.roster.file.rows import RosterRows
from stepitup.roster.file.sheet_reader import WHICH_TABLE
from stepitup.roster.file.writer import entries, values_of

_MARK = "\ufeff"  # without it Excel takes the file for an old Windows encoding


def write_sheet(rows: RosterRows) -> str:
    """The whole roster as CSV, to be read by a spreadsheet and by `read_sheet`, which gives the same rows back."""
    lines = [{WHICH_TABLE: table, **dict(_folded(values))} for table, values in map(values_of, entries(rows))]
    columns = list[str]()
    for line in lines:
        _add_columns(columns, line)
    text = StringIO(newline="")
    sheet = csv.DictWriter(text, columns or [WHICH_TABLE], restval="")
    sheet.writeheader()
    sheet.writerows(lines)
    return _MARK + text.getvalue()


def _folded(values: dict[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Each cell with its column: what stands in a table of its own gets a dotted name."""
    for key, value in values.items():
        yield from _cells(f"{before}{key}", value)


def _cells(column: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from _folded(value, f"{column}.")
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, one in enumerate(value, start=1):
            yield from _cells(f"{column}.{place}", one)
    else:
        yield column, cell_of(value)


def _add_columns(columns: list[str], line: Iterable[str]) -> None:
    """A new column stands behind the one that stands before it in its row."""
    place = 0
    known = {column: number for number, column in enumerate(columns)}
    for column in line:
        if column in known:
            place = columns.index(column) + 1
        else:
            columns.insert(place, column)
            place += 1
