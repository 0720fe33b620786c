"""A crew after a bad day, as a table: who was there, and what a roster says of them. Read, used once, kept nowhere.

What somebody lived through is not read here, and not what matters to them: that is theirs to say, in a call of their
own. Nobody above them comes to them, whether it is written or not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from stepitup.ground.vocabulary import RANK_BANDS, SERVICES, STATES, UNKNOWN
from stepitup.roster.facts import Wishes
from stepitup.roster.file.cells import CellUnclear, read_as
from stepitup.roster.file.reader import Unreadable, as_text
from stepitup.roster.file.rows import Mistake
from stepitup.roster.file.sheet_text import CannotGoOn, rows_in

LARGEST: Final = 300_000  # bytes; a crew of 1 000 with everything filled in
MOST: Final = 1000
_LONGEST: Final = 120
_THEIRS_TO_SAY: Final = frozenset({"matters", "shares", "faith", "lived", "phone", "number", "mail"})


@dataclass(frozen=True, slots=True)
class OneOfTheCrew:
    """Somebody who was there, by whatever word the table calls them."""

    who: str
    wishes: Wishes


def read_crew(source: bytes) -> tuple[list[OneOfTheCrew], list[Mistake]]:
    """Everybody in the table, or every mistake with its line."""
    crew, mistakes = list[OneOfTheCrew](), list[Mistake]()
    try:
        text = as_text(_decoded(source), largest=LARGEST)
        for line, cells in _lines(rows_in(text), mistakes):
            said = _said(line, cells, mistakes)
            crew.append(OneOfTheCrew(str(said.pop("who", "")), Wishes(never_above_me=True, **said)))
            _must_be_new(line, crew, mistakes)
    except Unreadable as wrong:
        mistakes.append(wrong.mistake)
    except CannotGoOn as wrong:
        mistakes.append(Mistake(wrong.line, "", str(wrong)))
    if not crew and not mistakes:
        mistakes.append(Mistake(0, "", "nobody is in it; the first line names the columns: who, agency, unit"))
    if len(crew) > MOST:
        mistakes.append(Mistake(0, "", f"has {len(crew):,} lines; at most {MOST:,} at once"))
    return ([], mistakes) if mistakes else (crew, [])


def _decoded(source: bytes) -> str | bytes:
    return source.decode("utf-16", "replace") if source[:2] in {b"\xff\xfe", b"\xfe\xff"} else source


def _lines(
    rows: Iterator[tuple[int, Sequence[str]]], mistakes: list[Mistake]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    first, header = next(rows, (1, []))
    names = ["_".join(name.lower().split()) for name in header]
    mistakes += [Mistake(first, "", words) for words in _wrong_with(names)] if header else []
    for line, cells in rows:
        yield line, {name: cell for name, cell in zip(names, cells, strict=False) if cell}


def _wrong_with(names: Sequence[str]) -> Iterator[str]:
    if "who" not in names:
        yield "the first line names the columns, and who is not among them: any word by which you know them"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the column {name[:60]} stands there twice; keep one"
    for name in dict.fromkeys(names):
        if name.partition(".")[0] in _THEIRS_TO_SAY:
            yield f"{name[:60]}: that is theirs to say, in a call of their own; take the column out"
        elif name not in _COLUMNS:
            near = get_close_matches(name, list(_COLUMNS), n=1)
            hint = f"did you mean {near[0]}?" if near else f"choose from: {', '.join(_COLUMNS)}"
            yield f"there is no column “{name[:60]}”; {hint}"


def _said(line: int, cells: Mapping[str, str], mistakes: list[Mistake]) -> dict[str, Any]:
    said = dict[str, Any]()
    for name, cell in cells.items():
        if name in _COLUMNS:
            word, read = _COLUMNS[name]
            try:
                said[word] = read(cell)
            except CellUnclear as unclear:
                mistakes.append(Mistake(line, name, str(unclear)))
    if "who" not in cells:
        mistakes.append(Mistake(line, "who", "is empty: write any word by which you know them"))
    return said


def _must_be_new(line: int, crew: Sequence[OneOfTheCrew], mistakes: list[Mistake]) -> None:
    if any(crew[-1].who and one.who == crew[-1].who for one in crew[:-1]):
        mistakes.append(Mistake(line, "who", f"“{crew[-1].who}” stands there twice"))


def _text(cell: str) -> str:
    if len(cell) > _LONGEST:
        raise CellUnclear(f"is longer than {_LONGEST} letters")
    return cell


def _one_of(words: Sequence[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in words:
            near = get_close_matches(cell, words, n=1)
            raise CellUnclear(
                f"“{cell[:60]}” is no word we know; {f'did you mean {near[0]}?' if near else _few(words)}"
            )
        return cell

    return read


def _few(words: Sequence[str]) -> str:
    return f"choose from: {', '.join(words[:12])}"


def _years(cell: str) -> int:
    years = read_as(int, cell)
    if not (isinstance(years, int) and 0 <= years < 70):
        raise CellUnclear(f"“{cell[:60]}” is no number of years on the job")
    return years


def _day(cell: str) -> date:
    day = read_as(date, cell)
    if not (isinstance(day, date) and day.year >= 2000):
        raise CellUnclear(f"“{cell[:60]}”: spreadsheets write 1900 for an empty or a wrong cell; write the date")
    return day


def _words(cell: str) -> tuple[str, ...]:
    entries = read_as(list, cell)
    return tuple(_text(str(entry)) for entry in entries) if isinstance(entries, list) else ()


_COLUMNS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "who": ("who", _text),
    "agency": ("mine_agency", _text),
    "unit": ("mine_unit", _text),
    "rank_band": ("mine_rank_band", _one_of((*RANK_BANDS, UNKNOWN))),
    "years": ("mine_years", _years),
    "service": ("work_service", _one_of((*SERVICES, UNKNOWN))),
    "state": ("work_state", _one_of((*STATES, UNKNOWN))),
    "language": ("language", _text),
    "incident_on": ("incident_on", _day),
    "never_names": ("never_names", _words),
    "never_units": ("never_units", _words),
    "never_agencies": ("never_agencies", _words),
}
