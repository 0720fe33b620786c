"""The law rows we ship, read once and checked strictly.

A word in the file that we do not know stops the house: text written for one meaning must never be shown for another.
Likely limits that nobody could confirm (`exceptions_unconfirmed`) are checked and then left behind: what a row does not
hold, no screen can show as law. Only the fact that there may be more limits is kept.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from stepitup.limits.errors import LawFileWrong

FEDERAL = "US"


class Threshold(StrEnum):
    """How much talk of suicide it takes before this law no longer keeps the helper silent."""

    THOUGHTS = "thoughts"
    ANY_THREAT = "any_threat"
    EXPLICIT_THREAT = "explicit_threat"
    INTENT = "intent_with_plan_or_means"
    NONE_LISTED = "none_listed"
    UNKNOWN = "unknown"


class Disclosure(StrEnum):
    """Whether the law allows the helper to tell, or orders it."""

    MAY = "may"
    MUST = "must"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Shield(StrEnum):
    """What the law protects from: being made to testify, being told on, or both."""

    COURT_ONLY = "court_only"
    TELLING_ONLY = "telling_only"
    BOTH = "both"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """How we know."""

    READ = "read"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    NONE_FOUND = "none_found"
    UNKNOWN = "unknown"


class Limit(StrEnum):
    """The cases in which a law stops protecting the talk."""

    THREAT_TO_SELF = "threat_to_self"
    THREAT_TO_OTHERS = "threat_to_others"
    CHILD_ABUSE = "child_abuse"
    ELDER_OR_DEPENDENT_ABUSE = "elder_or_dependent_abuse"
    ADMISSION_OF_CRIME = "admission_of_crime"
    FELONY = "felony"
    CONSENT_WAIVER = "consent_waiver"
    PEER_WAS_WITNESS_OR_PARTY = "peer_was_witness_or_party"
    COURT_ORDER_CRIMINAL = "court_order_criminal"
    THREAT_PUBLIC_SAFETY = "threat_public_safety"
    OTHER = "other"


OPENS = frozenset({Threshold.THOUGHTS, Threshold.ANY_THREAT, Threshold.EXPLICIT_THREAT, Threshold.INTENT})
CONFIRMED = frozenset({Evidence.READ, Evidence.SECONDARY})
_PROTECTIONS = frozenset({"both", "privilege", "confidentiality", "unknown"})


@dataclass(frozen=True)
class Row:
    """What is known about the law of one state, or the federal one."""

    code: str
    name: str
    citations: tuple[str, ...]
    enacted: str
    covers: tuple[str, ...]
    protection: str
    shield: Shield
    shield_note: str
    who: str
    exceptions: tuple[Limit, ...]
    exceptions_evidence: Evidence
    exceptions_complete: bool
    may_have_more: bool
    other_note: str
    self_harm_opens_at: Threshold
    self_harm_evidence: Evidence
    self_harm_note: str
    disclosure: Disclosure
    disclosure_evidence: Evidence
    summary: str
    note: str
    sources: tuple[str, ...]
    evidence: Evidence

    @property
    def is_confirmed(self) -> bool:
        """Whether we may show this row as law."""
        return self.evidence in CONFIRMED


@dataclass(frozen=True)
class LawFile:
    """All rows by their code, and the month in which they were put together."""

    as_of: str
    covers: Mapping[str, str]
    rows: Mapping[str, Row]


_VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "vocabulary": Limit,
    "self_harm_vocabulary": Threshold,
    "disclosure_vocabulary": Disclosure,
    "shield_vocabulary": Shield,
}
# `read` of the part, not of the row: an unknown threshold is no evidence of anything.
_OF_A_LAW = frozenset({Evidence.READ, Evidence.SECONDARY, Evidence.RECALLED, Evidence.NONE_FOUND})
_OF_A_PART = frozenset({Evidence.READ, Evidence.SECONDARY, Evidence.UNKNOWN})
_TEXTS = (
    "code",
    "name",
    "enacted",
    "protection",
    "shield_note",
    "who",
    "other_note",
    "self_harm_note",
    "summary",
    "note",
)
_LISTS = ("citations", "covers", "exceptions", "exceptions_unconfirmed", "sources")
_WORDS: Mapping[str, Iterable[str]] = {
    "protection": _PROTECTIONS,
    "shield": Shield,
    "self_harm_opens_at": Threshold,
    "disclosure": Disclosure,
    "evidence": _OF_A_LAW,
    "exceptions_evidence": _OF_A_LAW,
    "self_harm_evidence": _OF_A_PART,
    "disclosure_evidence": _OF_A_PART,
}
_FIELDS = frozenset({*_TEXTS, *_LISTS, *_WORDS, "exceptions_complete"})


@cache
def law_file() -> LawFile:
    """The facts that came with this house."""
    text = files("stepitup.limits").joinpath("facts/peer_support_law.json").read_text(encoding="utf-8")
    return read_law_file(json.loads(text))


def read_law_file(written: Mapping[str, Any]) -> LawFile:
    """Turn the file into rows; raises LawFileWrong at the first thing that we do not understand."""
    for name, words in _VOCABULARIES.items():
        _want(set(written[name]) == set(words), f"{name}: its words are not the ones our text was written for")
    covers = dict(written["covers_vocabulary"])
    rows = [_row(raw, services=covers) for raw in written["jurisdictions"]]
    by_code = {row.code: row for row in rows}
    _want(len(by_code) == len(rows), "two rows have the same code")
    return LawFile(as_of=written["as_of"], covers=covers, rows=by_code)


def _row(raw: Mapping[str, Any], *, services: Iterable[str]) -> Row:
    at = str(raw.get("code", "a row without a code"))
    _check_shape(raw, at=at)
    _check_words(raw, at=at, services=set(services))
    unconfirmed = raw["exceptions_unconfirmed"]
    row = Row(
        **{name: raw[name] for name in _TEXTS},
        citations=tuple(raw["citations"]),
        covers=tuple(raw["covers"]),
        sources=tuple(raw["sources"]),
        exceptions=tuple(Limit(word) for word in raw["exceptions"]),
        shield=Shield(raw["shield"]),
        self_harm_opens_at=Threshold(raw["self_harm_opens_at"]),
        disclosure=Disclosure(raw["disclosure"]),
        evidence=Evidence(raw["evidence"]),
        exceptions_evidence=Evidence(raw["exceptions_evidence"]),
        self_harm_evidence=Evidence(raw["self_harm_evidence"]),
        disclosure_evidence=Evidence(raw["disclosure_evidence"]),
        exceptions_complete=raw["exceptions_complete"],
        may_have_more=bool(unconfirmed) or not raw["exceptions_complete"],
    )
    _check_sense(row)
    return row


def _check_shape(raw: Mapping[str, Any], *, at: str) -> None:
    _want(set(raw) == _FIELDS, f"{at}: its fields differ from ours: {sorted(set(raw) ^ _FIELDS)}")
    _want(isinstance(raw["exceptions_complete"], bool), f"{at}: exceptions_complete is true or false")
    _each(_TEXTS, lambda name: isinstance(raw[name], str), f"{at}: text is wanted in")
    _each(_LISTS, lambda name: _is_list_of_text(raw[name]), f"{at}: a list of text is wanted in")


def _check_words(raw: Mapping[str, Any], *, at: str, services: set[str]) -> None:
    for name, known in _WORDS.items():
        _want(raw[name] in set(known), f"{at}: {name} has an unknown word, {raw[name]!r}")
    for name, words in (("covers", services), ("exceptions", set(Limit)), ("exceptions_unconfirmed", set(Limit))):
        strange = set(raw[name]) - words
        _want(not strange, f"{at}: {name} has unknown words, {sorted(strange)}")


def _check_sense(row: Row) -> None:
    """Refuse rows that contradict themselves: each would make a true-looking screen lie."""
    lists_it = Limit.THREAT_TO_SELF in row.exceptions
    opens, at = row.self_harm_opens_at, row.code
    _want(lists_it == (opens in OPENS), f"{at}: danger to self must be listed exactly where a threshold is given")
    _want(
        opens is not Threshold.NONE_LISTED or row.exceptions_complete,
        f"{at}: a list that is not complete cannot show that something is absent from it",
    )
    _want(
        (opens is Threshold.UNKNOWN) == (row.self_harm_evidence is Evidence.UNKNOWN),
        f"{at}: a threshold needs evidence, and an unknown one has none",
    )
    _want(
        (row.disclosure is Disclosure.UNKNOWN) == (row.disclosure_evidence is Evidence.UNKNOWN),
        f"{at}: may or must needs evidence, and an unknown one has none",
    )
    shown = bool(row.citations and row.sources and row.covers)
    _want(shown or not row.is_confirmed, f"{at}: shown as law without a citation, a source or a service")


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _each(names: Iterable[str], holds: Callable[[str], bool], complaint: str) -> None:
    for name in names:
        _want(holds(name), f"{complaint} {name}")


def _want(holds: bool, complaint: str) -> None:
    if not holds:
        raise LawFileWrong(complaint)
