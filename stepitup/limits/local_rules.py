"""The team's own local rules, which stand beside the law and never in its place.

They live in `local_rules.toml` in the data folder, one `[[rule]]` each:

    [[rule]]
    kind = "peer"            # peer, chaplain, clinician or coordinator
    state = "US-TX"          # optional: for callers of this state only
    wording = "…"            # counsel's wording, shown as it stands
    signed_by = "A. Counsel, for the association"
    dated = 2026-10-01
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from stepitup.ground.vocabulary import STATES, Kind
from stepitup.limits.errors import LocalRulesWrong
from stepitup.limits.rows import law_file

FILE_NAME = "local_rules.toml"
_NEEDED: Mapping[str, type] = {"kind": str, "wording": str, "signed_by": str, "dated": date}
_KNOWN: Mapping[str, type] = {**_NEEDED, "state": str}
_A_VALUE_OF: Mapping[type, str] = {str: "text in quotes", date: "a date such as 2026-10-01"}
_NEVER = ("completely confidential", "anonymous by law")
_ONLY_WITH_A_LAW = "privileged"
_LONGEST = 1_500


@dataclass(frozen=True)
class LocalRule:
    """One rule of the team's: counsel's wording, who signed it and when."""

    kind: Kind
    wording: str
    signed_by: str
    dated: date
    state: str = ""

    def is_for(self, kind: Kind, state: str) -> bool:
        """Whether a caller of this state reads it before talking to this kind of helper."""
        return self.kind is kind and self.state in ("", state)


def local_rules(data: Path) -> tuple[LocalRule, ...]:
    """The rules in the data folder; none where there is no file. Raises LocalRulesWrong with every mistake in words."""
    path = data / FILE_NAME
    try:
        known = path.stat()
    except FileNotFoundError:
        return ()
    except OSError as wrong:
        raise LocalRulesWrong([f"{path}: {wrong.strerror}"]) from wrong
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> tuple[LocalRule, ...]:
    """Read the file again only when it has changed: callers wait for this."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise LocalRulesWrong([f"{path}: {wrong}"]) from wrong
    return _rules(written)


def _rules(written: Mapping[str, Any]) -> tuple[LocalRule, ...]:
    tables = written.get("rule", [])
    mistakes = [f"{word}: only [[rule]] tables are known here" for word in written if word != "rule"]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LocalRulesWrong([*mistakes, "rule: write each rule under [[rule]], with two brackets"])
    for number, table in enumerate(tables, start=1):
        mistakes += [f"rule {number}, {mistake}" for mistake in _mistakes(table)]
    if mistakes:
        raise LocalRulesWrong(mistakes)
    return tuple(LocalRule(**{**table, "kind": Kind(table["kind"])}) for table in tables)


def _mistakes(table: Mapping[str, Any]) -> Sequence[str]:
    """Everything wrong with one rule, in words."""
    missing = [f"{word}: missing" for word in _NEEDED if word not in table]
    strange = [
        f"{word}: not a word of this file; known are {', '.join(_KNOWN)}" for word in table if word not in _KNOWN
    ]
    sorts = [
        f"{word}: {_A_VALUE_OF[sort]} is wanted here"
        for word, sort in _KNOWN.items()
        if word in table and type(table[word]) is not sort
    ]
    return [*missing, *strange, *sorts] or _what_cannot_stand(table)


def _what_cannot_stand(table: Mapping[str, Any]) -> list[str]:
    wording, state = table["wording"], table.get("state", "")
    wrong = []
    if table["kind"] not in set(Kind):
        wrong.append(f"kind: {table['kind']!r} is not one of {', '.join(Kind)}")
    if state and state not in STATES:
        wrong.append(f"state: {state!r} is not a state such as US-TX")
    wrong += [f"{word}: there is nothing in it" for word in ("wording", "signed_by") if not table[word].strip()]
    if len(wording) > _LONGEST:
        wrong.append(f"wording: longer than {_LONGEST} characters; nobody reads that at night")
    return wrong + [f"wording: {promise}" for promise in promises_too_much(wording, state=state)]


def promises_too_much(wording: str, *, state: str) -> list[str]:
    """What these words promise beyond any law we show, in words; nothing where they keep to it."""
    said = " ".join(wording.lower().split())
    wrong = [f"{phrase!r} promises more than any law we know" for phrase in _NEVER if phrase in said]
    row = law_file().rows.get(state)
    if _ONLY_WITH_A_LAW in said and not (row and row.is_confirmed):
        wrong.append(f"{_ONLY_WITH_A_LAW!r} needs a law behind it; name a state for which we show one")
    return wrong
