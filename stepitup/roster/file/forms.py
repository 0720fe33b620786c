"""In which forms a roster is written: TOML for people, CSV for spreadsheets, JSON for programs. All say the same."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from stepitup.roster.file.json_file import read_json, write_json
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import Mistake, RosterRows
from stepitup.roster.file.sheet_reader import LARGEST, read_sheet
from stepitup.roster.file.sheet_writer import write_sheet
from stepitup.roster.file.writer import write_roster

__all__ = ["LARGEST", "Form", "form_of", "read_in", "which_form", "write_in"]


class Form(StrEnum):
    """How a roster is written; the word is also the ending of its file."""

    TOML = "toml"
    CSV = "csv"
    JSON = "json"


_READ: Final[Mapping[Form, Callable[[str | bytes, datetime | None], tuple[RosterRows, tuple[Mistake, ...]]]]] = {
    Form.TOML: read_roster,
    Form.CSV: read_sheet,
    Form.JSON: read_json,
}
_WRITE: Final[Mapping[Form, Callable[[RosterRows], str]]] = {
    Form.TOML: write_roster,
    Form.CSV: write_sheet,
    Form.JSON: write_json,
}


def form_of(name: str) -> Form | None:
    """The form that a file's ending tells; None where it tells none."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    return Form(ending) if ending in set(Form) else None


def which_form(told: str | None, name: str) -> Form:
    """The form that somebody named, or that the file's ending tells; TOML where neither does."""
    return Form(told) if told else form_of(name) or Form.TOML


def read_in(form: Form, source: str | bytes, *, now: datetime | None = None) -> tuple[RosterRows, tuple[Mistake, ...]]:
    """Read a roster of this form: its rows, and every mistake with its line. With any mistake the rows are not used.

    Without `now` no day is judged by today.
    """
    return _READ[form](source, now)


def write_in(form: Form, rows: RosterRows) -> str:
    """Write the roster in this form; reading it gives the same rows."""
    return _WRITE[form](rows)
