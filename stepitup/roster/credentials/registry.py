"""Asking the public registry of NPIs, through its API. Asked on a coordinator's side only, never for a caller.

The shape is known from public clients, not from the registry's own page (credentials.json says so): what is missing
is missing, and whatever is not of this shape is told in words. It shows that a record exists. It is no licence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

_SECONDS: Final = 6.0
_LARGEST: Final = 500_000
_VERSION: Final = "2.1"
_ACTIVE: Final = "A"


class Answer(StrEnum):
    """What came of asking."""

    FOUND = "found"
    NOT_ACTIVE = "not active"
    NOT_FOUND = "not found"
    UNREADABLE = "unreadable"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class SelfReported:
    """A kind of work and a licence as the clinician wrote them: they describe, they do not prove."""

    work: str
    state: str
    licence: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the registry says."""

    answer: Answer
    name: str = ""
    reported: tuple[SelfReported, ...] = ()


def look_up(npi: str, *, base: str, seconds: float = _SECONDS) -> Found:
    """Ask for one number. Never raises: each trouble is an answer with words of its own."""
    import httpx  # noqa: PLC0415  a tenth of each start, for a question that is seldom asked

    try:
        with httpx.Client(timeout=seconds, follow_redirects=False) as client:
            reply = client.get(base, params={"version": _VERSION, "number": npi})
        if reply.status_code != httpx.codes.OK:
            return Found(Answer.AWAY)
        if len(reply.content) > _LARGEST:
            return Found(Answer.UNREADABLE)
        return read_answer(reply.json(), npi)
    except httpx.HTTPError:
        return Found(Answer.AWAY)
    except ValueError:
        return Found(Answer.UNREADABLE)


def read_answer(said: object, npi: str) -> Found:
    """What an answer of the registry tells about this number."""
    results = said.get("results") if isinstance(said, dict) else None
    if not isinstance(results, list):
        return Found(Answer.UNREADABLE)
    record = next((one for one in results if isinstance(one, dict) and str(one.get("number")) == npi), None)
    if record is None:
        return Found(Answer.NOT_FOUND if not results else Answer.UNREADABLE)
    basic = record.get("basic")
    basic = basic if isinstance(basic, dict) else {}
    name = " ".join(filter(None, (_text(basic, word) for word in ("first_name", "last_name")))) or _text(
        basic, "organization_name"
    )
    is_active = _text(basic, "status") == _ACTIVE
    return Found(Answer.FOUND if is_active else Answer.NOT_ACTIVE, name, _reported(record.get("taxonomies")))


def _reported(said: object) -> tuple[SelfReported, ...]:
    entries = said if isinstance(said, list) else []
    return tuple(
        SelfReported(_text(one, "desc"), _text(one, "state"), _text(one, "license"))
        for one in entries[:15]
        if isinstance(one, dict)
    )


def _text(said: Mapping[str, Any], word: str) -> str:
    value = said.get(word)
    return value.strip()[:120] if isinstance(value, str) else ""
