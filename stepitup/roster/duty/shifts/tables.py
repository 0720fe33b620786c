"""Shifts out of a table, as spreadsheets save it: commas, semicolons or tabs, with a mark in front, in smart quotes.

The first line names the columns: `helper`, `from`, `until`, and, if wanted, `change` (on or off). Where there is a
column `date`, `from` and `until` are times of that day, and an end at or before the start is on the next day.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stepitup.roster.duty.shifts.moments import MomentUnclear, read_clock, read_day, read_moment
from stepitup.roster.duty.shifts.rows import Crew, Shift
from stepitup.roster.duty.spans import Span, instants
from stepitup.roster.file.rows import Mistake

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "helper": ("helper", "key", "name", "who"),
    "date": ("date", "day"),
    "from": ("from", "start", "starts", "start time", "begin", "begins"),
    "until": ("until", "to", "end", "ends", "end time"),
    "change": ("change", "on or off", "on/off", "duty"),
}
_CHANGES: Final = {"": True, "on": True, "yes": True, "off": False, "no": False}
_SMART: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_A_DAY: Final = timedelta(days=1)
SOMEBODY_ELSES: Final = "is somebody else’s; leave the shifts of one helper in the file"


@dataclass(frozen=True)
class _Line:
    """One line of the table, by the names of its columns."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        return self.cells.get(name, "").strip()


def read_table(raw: bytes, crew: Crew, *, only: int | None = None) -> tuple[list[Shift], list[Mistake]]:
    """The shifts of a table, and every mistake on its line. `only`: every line is this helper's, and names no other."""
    mistakes: list[Mistake] = []
    shifts: list[Shift] = []
    hints: dict[str, str] = {}
    unknown: set[str] = set()
    try:
        for line in _lines(_as_text(raw), needs_helper=only is None):
            named = crew.find(line.cell("helper"))
            if only and (named or only) != only:
                mistakes.append(Mistake(line.number, "", SOMEBODY_ELSES))
                continue
            unknown |= set() if named else {line.cell("helper").casefold()} - {""}
            helper = only or named
            if helper is None:
                mistakes.append(_nobody(line, crew, hints))
                continue
            try:
                shifts.append(_shift(line, helper, crew.zones[helper]))
            except MomentUnclear as unclear:
                mistakes.append(Mistake(line.number, "", str(unclear)))
    except _TableUnclear as unclear:
        mistakes.append(unclear.mistake)
    if only and len(unknown) > 1:
        mistakes.append(Mistake(0, "", "names more than one person; leave the shifts of one in it"))
    return shifts, mistakes


class _TableUnclear(Exception):
    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.mistake = Mistake(line, "", words)


def _as_text(raw: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or what a spreadsheet on an American machine writes."""
    for encoding in ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).translate(_SMART)
        except UnicodeDecodeError:
            continue
    raise _TableUnclear(0, "this is no text; save the table as CSV UTF-8")


def _lines(text: str, *, needs_helper: bool) -> Iterator[_Line]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    names: Sequence[str] = ()
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if names:
                yield _Line(reader.line_num, dict(zip(names, row, strict=False)))
            else:
                names = _names(row, line=reader.line_num, needs_helper=needs_helper)
    except csv.Error as wrong:
        raise _TableUnclear(reader.line_num, f"this cannot be read as a table from here on ({wrong})") from wrong
    if not names:
        raise _TableUnclear(0, "the file is empty; the first line names the columns: helper, from, until")


def _names(row: Sequence[str], *, line: int, needs_helper: bool) -> Sequence[str]:
    by_word = {word: name for name, words in _COLUMNS.items() for word in words}
    names = [by_word.get(" ".join(cell.lower().split()), "") for cell in row]
    wanted = ["from", "until", *(["helper"] if needs_helper else [])]
    if missing := [name for name in wanted if name not in names]:
        raise _TableUnclear(line, f"the first line names the columns, and {' and '.join(missing)} is not among them")
    return names


def _nobody(line: _Line, crew: Crew, hints: dict[str, str]) -> Mistake:
    name = line.cell("helper")[:60]
    if name not in hints:
        hints[name] = crew.near(name) if len(hints) < 50 else ""
    if not name:
        return Mistake(line.number, "", "names no helper")
    return Mistake(line.number, "", f"“{name}” is nobody on the roster; {hints[name]}write the key, such as sam-k")


def _shift(line: _Line, helper: int, zone: ZoneInfo) -> Shift:
    change = line.cell("change").lower()
    if change not in _CHANGES:
        raise MomentUnclear(f"“{line.cell('change')}” is neither on nor off")
    start, end = _of_a_day(line) if line.cell("date") else _of_moments(line)
    span = Span(_instant(start, zone, last=False), _instant(end, zone, last=True))
    if span.end <= span.start:
        raise MomentUnclear("ends before it begins")
    return Shift(line.number, helper, span, _CHANGES[change])


def _of_moments(line: _Line) -> tuple[datetime, datetime]:
    for name in ("from", "until"):
        if not line.cell(name):
            raise MomentUnclear(f"{name} is empty")
    return read_moment(line.cell("from")), read_moment(line.cell("until"), is_end=True)


def _of_a_day(line: _Line) -> tuple[datetime, datetime]:
    midnight = datetime.combine(read_day(line.cell("date")), datetime.min.time())
    start, end = read_clock(line.cell("from")), read_clock(line.cell("until"))
    return midnight + start, midnight + end + (_A_DAY if end <= start else timedelta())


def _instant(moment: datetime, zone: ZoneInfo, *, last: bool) -> datetime:
    return moment if moment.tzinfo else instants(moment, zone)[last]
