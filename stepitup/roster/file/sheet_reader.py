"""A roster as a spreadsheet saves it: CSV with a row for each agency and helper, and a column for each word.

The columns are the words of the roster file; what stands in a table of its own there has a dotted name here, such as
`shares.shown` or `way.1.address`. The reader of the roster file asks for its words, and a cell is read as the sort that
it asks for: a word that is new there is a column here at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from stepitup.roster.file.cells import CellUnclear, read_as
from stepitup.roster.file.lines import Lines, Path
from stepitup.roster.file.reader import Unreadable, as_text, read_whole
from stepitup.roster.file.rows import Mistake, RosterRows
from stepitup.roster.file.sheet_text import CannotGoOn, Row, rows_in
from stepitup.roster.file.tables import Table

WHICH_TABLE: Final = "table"  # the column that says whether a row is an agency or a helper
USUAL_TABLE: Final = "helper"
LARGEST: Final = 40_000_000  # bytes; 50 000 helpers with everything filled in need about 30 000 000
_MOST_ROWS: Final = 100_000
_THE_HEADER: Final = ("the header",)


def read_sheet(source: str | bytes, now: datetime | None = None) -> tuple[RosterRows, tuple[Mistake, ...]]:
    """Read a roster from CSV. With any mistake the rows are not to be used."""
    try:
        sheet = _Sheet(rows_in(as_text(_decoded(source), largest=LARGEST)))
    except Unreadable as wrong:
        return RosterRows(), (wrong.mistake,)
    rows = read_whole(_Whole(sheet.tables, path=(), lines=sheet.lines, mistakes=sheet.mistakes), now)
    return rows, tuple(sorted(set(sheet.mistakes)))


def _decoded(source: str | bytes) -> str | bytes:
    """Excel's "Unicode text" is UTF-16; whatever else is not UTF-8 is refused in words."""
    utf_16 = isinstance(source, bytes) and source[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return source.decode("utf-16", "replace") if isinstance(source, bytes) and utf_16 else source


class _Sheet:
    """The rows of each table, and the line on which each stands."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.mistakes: list[Mistake] = []
        self.tables: dict[str, list[_Cells]] = {}
        self.lines = _Places()
        self._same: dict[str, str] = {}  # thousands of cells say the same; each text is kept once
        try:
            first, header = next(rows, (1, []))
            self.lines.note(_THE_HEADER, first)
            self._columns = self._read_header(header)
            for line, cells in rows:
                self._take(line, cells)
        except CannotGoOn as wrong:
            self._wrong(wrong.line, str(wrong))

    def _read_header(self, header: list[str]) -> tuple[Path, ...]:
        names = [re.sub(r"\s+", "_", name.lower()) or f"column_{place}" for place, name in enumerate(header, start=1)]
        for name in {name for name in names if names.count(name) > 1}:
            self._wrong(self.lines.of(_THE_HEADER), f"the column {name[:60]} stands there twice; keep one")
        return tuple(map(_path, names))

    def _take(self, line: int, cells: list[str]) -> None:
        if any(cells[len(self._columns) :]):
            so_many = f"has {len(cells)} cells where the header names {len(self._columns)}"
            self._wrong(line, f'{so_many}; put "straight quotes" around a text that holds the sign between columns')
            return
        row = _Cells(self._columns, tuple([self._same.setdefault(cell, cell) for cell in cells]))
        which = row.table()
        rows = self.tables.setdefault(which, [])
        if len(rows) == _MOST_ROWS:
            self._wrong(line, f"is one row too many; at most {_MOST_ROWS:,}")
        if len(rows) < _MOST_ROWS:
            self.lines.note((which,), line)
            self.lines.note((which, len(rows)), line)
            rows.append(row)

    def _wrong(self, line: int, words: str) -> None:
        self.mistakes.append(Mistake(line=line, where="", words=words))


class _Places(Lines):
    """The lines of a sheet: a row stands on one, with everything in it."""

    def __init__(self) -> None:
        super().__init__("")

    def note(self, path: Path, line: int) -> None:
        """This table, or this row of it, begins on this line."""
        self._places.setdefault(path, line)


class _Cells(Mapping[str, object]):
    """One row as a table: unfolded while it is read and folded again afterwards, or 50 000 rows fill the memory."""

    def __init__(self, columns: tuple[Path, ...], cells: tuple[str, ...]) -> None:
        self._columns, self._cells = columns, cells
        self._unfolded: dict[str, object] | None = None

    def table(self) -> str:
        """To which table the row belongs."""
        told = (cell for path, cell in zip(self._columns, self._cells, strict=False) if path == (WHICH_TABLE,))
        return next(told, "").lower() or USUAL_TABLE

    def fold(self) -> None:
        """Let go of what was unfolded."""
        self._unfolded = None

    def __getitem__(self, key: str) -> object:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, object]:
        if self._unfolded is None:
            self._unfolded = _unfold(zip(self._columns, self._cells, strict=False))
        return self._unfolded


def _path(column: str) -> Path:
    """`way.1.address` is the address of the first way."""
    return tuple(int(part) if part.isdecimal() and part.isascii() else part for part in column.split("."))


def _unfold(cells: Iterable[tuple[Path, str]]) -> dict[str, object]:
    """Tables and lists as the columns name them, of the cells that hold something."""
    unfolded: dict[str | int, object] = {}
    for path, cell in cells:
        if cell and path != (WHICH_TABLE,):
            _put(unfolded, path, cell)
    return {str(key): _lists_in(value) for key, value in unfolded.items()}


def _put(table: dict[str | int, object], path: Path, cell: str) -> None:
    for part in path[:-1]:
        if not isinstance(table.get(part), dict):
            # A cell and a table under one name: the reader asks for one of them, and tells.
            table[part] = {"": table[part]} if part in table else {}
        inner = table[part]
        assert isinstance(inner, dict), "made above"
        table = inner
    table[path[-1]] = cell


def _lists_in(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if all(isinstance(key, int) for key in value):
        return [_lists_in(value[key]) for key in sorted(value)]
    return {str(key): _lists_in(inner) for key, inner in value.items()}


class _Row(Table):
    """One row, or a table within one: a cell is read as the sort of value that is asked for."""

    def tables(self, key: str) -> list[Table]:
        """The tables under this key, in order; a cell cannot hold one."""
        if isinstance(self._values.get(key), str):
            self._known.append(key)
            self.wrong(key, f"goes into columns of its own, {key}.1.… and {key}.2.…: see an export")
            return []
        return super().tables(key)

    def done(self) -> None:
        """Tell of columns that nobody asked for, each once and where the header names it; let go of the row."""
        for key in self._values:
            if key not in self._known:
                column = ".".join(str(part + 1 if isinstance(part, int) else part) for part in (*self._path[2:], key))
                words = _no_such_word(key, tuple(dict.fromkeys(self._known)))
                self._mistakes.append(Mistake(self._lines.of(_THE_HEADER), f"column {column[:60]}", words))
        if isinstance(self._values, _Cells):
            self._values.fold()

    def _as(self, key: str, value: object, sort: type) -> object:
        if not isinstance(value, str):
            return value
        try:
            return read_as(sort, value)
        except CellUnclear as unclear:
            self.wrong(key, str(unclear))
            return None


@lru_cache(maxsize=256)
def _no_such_word(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"no word of the roster file is called so; {meant}known are: {', '.join(known)}"


class _Whole(Table):
    """All rows, by table."""

    def _inner(self, values: Mapping[str, object], more: Path) -> Table:
        return _Row(values, path=more, lines=self._lines, mistakes=self._mistakes)

    def tables(self, key: str) -> list[Table]:
        """The rows of this table."""
        self._known.append(key)
        rows = self._values.get(key, [])
        assert isinstance(rows, list), "a sheet is lists of rows"
        return [self._inner(row, (key, place)) for place, row in enumerate(rows)]
