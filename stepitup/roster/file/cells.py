"""One cell of a spreadsheet and the value that it means: exact both ways, and lenient with what people and Excel write.

A list stands in one cell, its entries parted by |. What a spreadsheet would take for a formula gets an apostrophe in
front, which reading takes away again.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

_FORMULA: Final = re.compile(r"'?[=+\-@']")
_CURLY_OPEN, _CURLY_CLOSE = "“„", "”“"
_PART: Final = re.compile(r"(?:\\.|[^\\|\n])+", re.DOTALL)
_BARE_WORDS: Final = re.compile(r"[a-z0-9_-]+(?:\s*[,;]\s*[a-z0-9_-]+)+")
_YES: Final = frozenset({"true", "yes", "y", "x", "1"})
_NO: Final = frozenset({"false", "no", "n", "0"})
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00)?)?")
_AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# Days since 1899-12-30: how Excel counts, which believes in a 29 February 1900.
_SERIAL: Final = re.compile(r"\d{5}")
_EXCEL_BEGINS: Final = date(1899, 12, 30)
_EMPTY_IN_EXCEL: Final = frozenset({"0", "1", "1/0/1900", "1900-01-00", "00:00:00"})


class CellUnclear(ValueError):
    """This cannot be what the column holds; the message says what to write."""


def cell_of(value: object) -> str:
    """What to write into the cell."""
    text = _one_cell(value)
    if text[:1] in tuple(_CURLY_OPEN) and text[-1:] in tuple(_CURLY_CLOSE):
        text = f"“{text}”"
    return f"'{text}" if _FORMULA.match(text) else text


def text_in(cell: str) -> str:
    """The text that a cell holds, without quotes that an editor bent and without a guarding apostrophe."""
    text = cell.strip()
    if text[:1] == "'" and _FORMULA.match(text[1:]):
        text = text[1:]
    if len(text) > 1 and text[0] in _CURLY_OPEN and text[-1] in _CURLY_CLOSE:
        text = text[1:-1].strip()
    return text


def read_as(sort: type, text: str) -> object:
    """The value of this sort that the text means. Raises CellUnclear, in words."""
    read = _READ.get(sort)
    return read(text) if read else text


def _one_cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _joined(value) if isinstance(value, tuple | list) else str(value)


def _joined(entries: Iterable[object]) -> str:
    texts = [str(entry).replace("\\", "\\\\").replace("|", "\\|") for entry in entries]
    alone = len(texts) == 1 and _BARE_WORDS.fullmatch(texts[0])
    return f"{texts[0]} |" if alone else " | ".join(texts)


def _entries(text: str) -> list[str]:
    """Parted by |, or by line; bare words also by comma or semicolon, as people write them."""
    if _BARE_WORDS.fullmatch(text):
        return re.split(r"\s*[,;]\s*", text)
    return [re.sub(r"\\(.)", r"\1", part.strip()) for part in _PART.findall(text) if part.strip()]


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise CellUnclear(f"“{text[:60]}” is neither yes nor no; write true or false")
    return text.lower() in _YES


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}(\.0+)?", text, re.ASCII):
        raise CellUnclear(f"“{text[:60]}” is not a whole number")
    return int(text.partition(".")[0])


def _day(text: str) -> date:
    if text in _EMPTY_IN_EXCEL:
        raise CellUnclear(f"“{text}” is what a spreadsheet makes of an empty date; leave the cell empty")
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _AMERICAN.fullmatch(text):
            return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError as wrong:
        raise CellUnclear(f"“{text[:60]}” is no day of the calendar; write it like 2027-05-31") from wrong
    if _SERIAL.fullmatch(text):
        return _EXCEL_BEGINS + timedelta(days=int(text))
    raise CellUnclear(f"“{text[:60]}” is not a date; write it like 2027-05-31")


def iso_day(text: str) -> date:
    """A date such as 2027-05-31. Raises CellUnclear."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise CellUnclear(f"“{text[:60]}” is not a date; write it like 2027-05-31") from wrong


def iso_moment(text: str) -> datetime:
    """A moment with its offset. Raises CellUnclear."""
    try:
        moment: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CellUnclear(f"“{text[:60]}” is not a moment with its offset; write it like 2027-05-31T06:00:00-05:00")
    return moment


_READ: Final[Mapping[type, Callable[[str], object]]] = {
    bool: _yes_or_no,
    int: _whole,
    list: _entries,
    date: _day,
    datetime: iso_moment,
}
