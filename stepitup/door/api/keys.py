"""The Idempotency-Key: pressing twice in a tunnel makes one call. It must be beyond guessing: 128 random bits."""

import math
import re
from typing import Any

from django.http import HttpRequest

from stepitup.door.api.problems import KEY_TOO_SHORT, Problem

_BITS = 128
_LONGEST = 200
_FEWEST_DIFFERENT = 6
_HEADER = "Idempotency-Key"

# How the published description names the header.
KEY_IN_WORDS: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": _HEADER,
            "required": False,
            "schema": {"type": "string", "minLength": 22, "maxLength": _LONGEST},
            "description": "At least 128 random bits. The same key again gives the same answer again.",
        }
    ]
}


def key_of(request: HttpRequest) -> str:
    """The key that came with the request, or nothing. Raises Problem for one that could be guessed."""
    said = request.headers.get(_HEADER)
    if said is None:
        return ""
    key = said.strip().strip('"')  # the draft of the header writes it in quotes; many programs do not
    if len(key) > _LONGEST or not _is_printable(key) or _bits_at_most(key) < _BITS:
        raise Problem(KEY_TOO_SHORT)
    return key


def _is_printable(key: str) -> bool:
    return key.isascii() and key.isprintable()


def _bits_at_most(key: str) -> float:
    """How many random bits fit in a key of this length and these signs."""
    bare = key.replace("-", "")
    if len(set(bare)) < _FEWEST_DIFFERENT:
        return 0
    if bare.isdigit():
        return len(bare) * math.log2(10)
    if re.fullmatch(r"[0-9a-fA-F]+", bare):
        return len(bare) * 4
    return len(key) * 6
