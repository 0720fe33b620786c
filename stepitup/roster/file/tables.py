"""Reading one table of the file with care: every value is checked, every mistake noted, and reading goes on."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import TypeVar

from stepitup.roster.file.lines import Lines, Path
from stepitup.roster.file.rows import Mistake

_T = TypeVar("_T")

_FIRST_YEAR = 1950  # nobody's certificate is older

_NAMES: Mapping[type, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list in [ ]",
    dict: "a table",
}
# Joiners are part of names in some scripts; every other invisible sign can only mislead.
_JOINERS = "\u200c\u200d"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Table:
    """One table of the file. Each question marks its key as known; `done` complains of the keys nobody asked for."""

    def __init__(self, values: Mapping[str, object], *, path: Path, lines: Lines, mistakes: list[Mistake]) -> None:
        self._values = values
        self._path = path
        self._lines = lines
        self._mistakes = mistakes
        self._known: list[str] = []

    def text(self, key: str, *, longest: int, needed: bool = False) -> str:
        """A line of text, trimmed, without invisible signs."""
        value = self._get(key, str)
        if value is None or not value.strip():
            if needed:
                self.wrong(key, "is missing")
            return ""
        return self._clean(key, value, longest=longest)

    def texts(self, key: str, *, longest: int, most: int = 40) -> tuple[str, ...]:
        """A list of such lines, each once."""
        values = self._get(key, list) or []
        if len(values) > most:
            self.wrong(key, f"holds {len(values)} entries; at most {most}")
            return ()
        if any(type(value) is not str for value in values):
            self.wrong(key, "each entry is text in quotes")
            return ()
        return tuple(dict.fromkeys(self._clean(key, value, longest=longest) for value in values if value.strip()))

    def word(self, key: str, choices: Collection[str], *, default: str) -> str:
        """One word out of a list."""
        word = self.text(key, longest=60)
        return self._chosen(key, word, choices) or default if word else default

    def words(self, key: str, choices: Collection[str], *, needed: bool = False) -> tuple[str, ...]:
        """Several words out of a list."""
        words = self.texts(key, longest=60)
        if needed and not words:
            self.wrong(key, f"is missing; choose from: {', '.join(choices)}")
        return tuple(word for word in words if self._chosen(key, word, choices))

    def yes_no(self, key: str) -> bool | None:
        """true, false, or nothing said."""
        return self._get(key, bool)

    def whole(self, key: str, *, lowest: int, highest: int) -> int | None:
        """A whole number within reason."""
        value = self._get(key, int)
        if value is not None and not lowest <= value <= highest:
            self.wrong(key, f"is a whole number from {lowest} to {highest}")
            return None
        return value

    def day(self, key: str) -> date | None:
        """A date such as 2027-05-31, without quotes."""
        value = self._asked(key, date)
        if value is None or (type(value) is date and value.year >= _FIRST_YEAR):
            return value
        if type(value) is date:
            self.wrong(key, f"lies before {_FIRST_YEAR}; 1900 is what a spreadsheet makes of an empty cell")
            return None
        self.wrong(key, "is a date such as 2027-05-31, without quotes")
        return None

    def moment(self, key: str) -> datetime | None:
        """A moment such as 2027-05-31T06:00:00-05:00, without quotes, to the second."""
        value = self._asked(key, datetime)
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.replace(microsecond=0).astimezone(UTC)
        self.wrong(key, "is a moment with its offset, such as 2027-05-31T06:00:00-05:00, without quotes")
        return None

    def table(self, key: str) -> "Table":
        """The table under this key; an empty one where there is none."""
        return self._inner(self._get(key, dict) or {}, (key,))

    def tables(self, key: str) -> list["Table"]:
        """The tables under this key, in order."""
        values = self._get(key, list) or []
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                self.wrong(key, f"entry {place + 1} is a table, with names and values")
        return [self._inner(value, (key, place)) for place, value in enumerate(values) if isinstance(value, dict)]

    def is_list(self, key: str) -> bool:
        """Stands a list of tables under this key, rather than a line of text?"""
        return type(self._values.get(key)) is list

    def done(self) -> None:
        """Complain of every key that nobody asked for: a misspelt word must not be lost in silence."""
        for key in self._values:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                meant = f"did you mean {near[0]}? " if near else ""
                self.wrong(key, f"is not a word of this table; {meant}known are: {', '.join(self._known)}")

    def wrong(self, key: str, words: str) -> None:
        """Note a mistake at this key."""
        path = (*self._path, key) if key else self._path
        self._mistakes.append(Mistake(line=self._lines.of(path), where=_spell(path), words=words))

    def at(self, *more: str | int) -> "Table":
        """A table in here, to note a mistake of it once the whole was read."""
        return self._inner({}, more)

    def _inner(self, values: Mapping[str, object], more: Path) -> "Table":
        return type(self)(values, path=(*self._path, *more), lines=self._lines, mistakes=self._mistakes)

    def _asked(self, key: str, sort: type) -> object:
        self._known.append(key)
        value = self._values.get(key)
        return None if value is None else self._as(key, value, sort)

    def _as(self, _key: str, value: object, _sort: type) -> object:
        """The value as the sort that was asked for. TOML tells sorts apart itself; other files write some as text."""
        return value

    def _get(self, key: str, sort: type[_T]) -> _T | None:
        value = self._asked(key, sort)
        if value is None or type(value) is sort:
            return value
        self.wrong(key, f"is {_NAMES[sort]}")
        return None

    def _clean(self, key: str, value: str, *, longest: int) -> str:
        clean = unicodedata.normalize("NFC", value.strip())
        if any(unicodedata.category(sign) in _INVISIBLE and sign not in _JOINERS for sign in clean):
            self.wrong(key, "holds a sign that cannot be seen; type the text anew")
        if len(clean) > longest:
            self.wrong(key, f"is {len(clean)} signs long; at most {longest}")
        return clean

    def _chosen(self, key: str, word: str, choices: Collection[str]) -> str | None:
        if word in choices:
            return word
        near = get_close_matches(word[:60], list(choices), n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        self.wrong(key, f"“{word[:60]}” is not known here; {meant}choose from: {', '.join(choices)}")
        return None


def _spell(path: Path) -> str:
    """`helper 3, way 1, address`: people count from one."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part)
    return ", ".join(words)
