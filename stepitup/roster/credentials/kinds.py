"""What we know of each certificate: from `credentials.json`, with its sources and how sure we are.

A fact that was only remembered (`recalled`) is shown as "not confirmed", never as a fact. A word in the file that we do
not know stops the house, as in the law file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.roster.credentials.record import OTHER, TRAINING
from stepitup.roster.errors import CredentialFactsWrong

SUICIDE_SKILLS: Final = "suicide-skills"
LICENCE: Final = "licence"  # what each licence's id begins with
_EVIDENCE: Final = frozenset({"read", "secondary", "recalled"})
_CONFIRMED: Final = frozenset({"read", "secondary"})
# What is about a law or a list and not a paper that somebody holds.
_NOT_HELD: Final = frozenset({"clergy-privilege"})
# Courses and further training: worth knowing, but they name nobody a helper.
_ONLY_TRAINING: Final = frozenset({"trauma-methods", "culture", "private-certs", "fop-vetted", "abpp-ppsp"})


@dataclass(frozen=True, slots=True)
class CredentialKind:
    """One certificate as far as it is known. `shows`, `how_to_check` and `renewal` are facts; empty is "not known"."""

    id: str
    name: str
    role: str
    shows: str = ""
    how_to_check: str = ""
    renewal: str = ""
    renewal_months: int | None = None
    state: str = UNKNOWN
    notes: str = ""
    evidence: str = ""
    sources: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Was it seen on a page, rather than remembered?"""
        return self.evidence in _CONFIRMED


def _text() -> str:
    return (files("stepitup.roster.credentials") / "credentials.json").read_text(encoding="utf-8")


@cache
def facts() -> Mapping[str, Any]:
    """The whole file."""
    read: dict[str, Any] = json.loads(_text())
    return read


def read_kinds(raw: Mapping[str, Any]) -> dict[str, CredentialKind]:
    """Every certificate in the file, checked, and the two that are our own words. Raises CredentialFactsWrong."""
    known = [
        *_listed(raw["peer_supporters"], Kind.PEER.value),
        *_listed(raw["chaplains"], Kind.CHAPLAIN.value),
        *_licences(raw["clinicians"]["licence_types"]),
        *_listed(raw["clinicians"]["trainings"], Kind.CLINICIAN.value),
        CredentialKind(SUICIDE_SKILLS, "Suicide-skills training", TRAINING),
        CredentialKind(OTHER, "Another certificate", ""),
    ]
    kinds = {kind.id: kind for kind in known}
    if len(kinds) < len(known):
        raise CredentialFactsWrong("an id stands twice")
    return kinds


def _listed(entries: Iterable[Mapping[str, Any]], role: str) -> Iterable[CredentialKind]:
    for raw in entries:
        if raw["id"] not in _NOT_HELD:
            yield _from_list(raw, role)


def _from_list(raw: Mapping[str, Any], role: str) -> CredentialKind:
    return CredentialKind(
        id=raw["id"],
        name=raw["name"],
        role=TRAINING if raw["id"] in _ONLY_TRAINING else role,
        shows=raw["what_it_shows"] or "",
        how_to_check=raw["how_to_check"] or "",
        renewal=raw["renewal"] or "",
        renewal_months=raw.get("renewal_months"),
        state=raw.get("region", UNKNOWN),
        notes=raw["notes"] or "",
        evidence=_evidence(raw),
        sources=tuple(source["url"] for source in raw["sources"]),
    )


def _licences(entries: Iterable[Mapping[str, Any]]) -> Iterable[CredentialKind]:
    for raw in entries:
        yield CredentialKind(
            id=f"{LICENCE}-{raw['code'].lower().replace('_', '-')}",
            name=raw["title"],
            role=Kind.CLINICIAN.value,
            shows=raw["may"],
            how_to_check=raw["board"],
            evidence=_evidence(raw),
        )


def _evidence(raw: Mapping[str, Any]) -> str:
    evidence: str = raw["evidence"]
    if evidence not in _EVIDENCE:
        raise CredentialFactsWrong(f"{raw.get('id', raw.get('code'))}: evidence {evidence!r} is no word we know")
    if evidence in _CONFIRMED and not raw.get("sources"):
        raise CredentialFactsWrong(f"{raw.get('id', raw.get('code'))}: {evidence} without a source")
    return evidence


KINDS: Final[Mapping[str, CredentialKind]] = read_kinds(facts())
