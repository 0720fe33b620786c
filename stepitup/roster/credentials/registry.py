"""Asking the public registry of NPIs, through its API. Asked on a coordinator's side only, never for a caller.

The shape is known from public clients, not from the registry's own page (credentials.json says so): what is missing
is missing, and whatever is not of this shape is told in words. It shows that a record exists. It is no licence.
"""

import json
import time
from collections.abc import Iterable, Mapping
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

    @property
    def is_told(self) -> bool:
        """Did the registry say anything about this number?"""
        return self.answer not in {Answer.AWAY, Answer.UNREADABLE}


def look_up(npi: str, *, base: str, seconds: float = _SECONDS) -> Found:
    """Ask for one number. Never raises: each trouble is an answer with words of its own."""
    import httpx  # noqa: PLC0415  a tenth of each start, for a question that is seldom asked

    try:
        with (
            httpx.Client(timeout=seconds, follow_redirects=False, headers={"Accept-Encoding": "identity"}) as client,
            client.stream("GET", base, params={"version": _VERSION, "number": npi}) as reply,
        ):
            if reply.status_code != httpx.codes.OK:
                return Found(Answer.AWAY)
            return read_answer(json.loads(_read(reply.iter_raw(), seconds=seconds)), npi)
    except (httpx.HTTPError, httpx.InvalidURL, _TooSlow):
        return Found(Answer.AWAY)
    except (ValueError, RecursionError):  # no JSON, or JSON so deep that nobody meant it
        return Found(Answer.UNREADABLE)


class _TooSlow(Exception):
    """It goes on answering, and never ends."""


def _read(parts: Iterable[bytes], *, seconds: float) -> bytes:
    """All of it, within the time and the size that an answer has. A thread waits here that others need."""
    latest, body = time.monotonic() + seconds, b""
    for part in parts:
        body += part
        if len(body) > _LARGEST:
            raise ValueError("longer than any answer about one number")
        if time.monotonic() > latest:
            raise _TooSlow
    return body


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
