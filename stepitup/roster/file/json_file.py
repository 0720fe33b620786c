"""A roster as JSON: the tables and words of the roster file, and dates as text. For programs."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from stepitup.roster.file.cells import CellUnclear, iso_day, iso_moment
from stepitup.roster.file.json_lines import JsonLines
from stepitup.roster.file.reader import Unreadable, as_text, read_whole
from stepitup.roster.file.rows import Mistake, RosterRows
from stepitup.roster.file.tables import Table
from stepitup.roster.file.writer import entries, values_of

_READ: Final[Mapping[type, Callable[[str], object]]] = {date: iso_day, datetime: iso_moment}


def read_json(source: str | bytes, now: datetime | None = None) -> tuple[RosterRows, tuple[Mistake, ...]]:
    """Read a roster from JSON. With any mistake the rows are not to be used."""
    try:
        text = as_text(source)
        values = json.loads(text)
    except Unreadable as wrong:
        return RosterRows(), (wrong.mistake,)
    except json.JSONDecodeError as wrong:
        words = f"this is not JSON from here on ({wrong.msg}); mend it and try again to see what else there is"
        return RosterRows(), (Mistake(wrong.lineno, "", words),)
    except (ValueError, RecursionError):
        return RosterRows(), (Mistake(0, "", "a number is too long, or tables stand too deep inside each other"),)
    if not isinstance(values, dict):
        return RosterRows(), (Mistake(1, "", 'the whole file is one object: { "agency": […], "helper": […] }'),)
    mistakes: list[Mistake] = []
    lines = JsonLines(text)
    whole = _Object(values, path=(), lines=lines, mistakes=mistakes)
    for path in lines.twice:
        whole.stands_twice(path)
    rows = read_whole(whole, now)
    return rows, tuple(sorted(set(mistakes)))


def write_json(rows: RosterRows) -> str:
    """The whole roster as JSON; `read_json` gives the same rows back."""
    tables: dict[str, list[object]] = {}
    for table, values in map(values_of, entries(rows)):
        tables.setdefault(table, []).append(values)
    return json.dumps(tables, ensure_ascii=False, indent=1, default=_as_text) + "\n"


def _as_text(value: object) -> str:
    assert isinstance(value, date), f"{type(value)} is a sort of value that no roster holds"
    return value.isoformat()


class _Object(Table):
    """One object: dates and moments are text here."""

    def stands_twice(self, path: tuple[str | int, ...]) -> None:
        """A name stands twice in one object: the parser would take the second in silence."""
        self.at(*path[:-1]).wrong(str(path[-1]), "stands twice here; keep one")

    def _as(self, key: str, value: object, sort: type) -> object:
        read = _READ.get(sort)
        if read is None or not isinstance(value, str):
            return value
        try:
            return read(value)
        except CellUnclear as unclear:
            self.wrong(key, str(unclear))
            return None
