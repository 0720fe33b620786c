"""Sealing at rest: AES-256-GCM (NIST SP 800-38D) under keys drawn from the site key, one key a purpose (RFC 5869).

A seal is bound to its purpose: what was sealed as a phone number cannot be opened as anything else.
"""

import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stepitup.ground.errors import SealBroken
from stepitup.ground.keys import site_key

type_of_json = str | int | float | bool | None | list["type_of_json"] | dict[str, "type_of_json"]
Json = type_of_json

_NONCE = 12  # bytes: the length that SP 800-38D recommends (5.2.1.1)


def seal(purpose: str, value: Json) -> bytes:
    """Make `value` unreadable without the site key."""
    nonce = os.urandom(_NONCE)
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return nonce + _cipher(site_key(), purpose).encrypt(nonce, words, purpose.encode())


def unseal(purpose: str, sealed: bytes | memoryview) -> Json:
    """Read what was sealed for this purpose. Raises SealBroken when it was changed or sealed for another."""
    box = bytes(sealed)
    try:
        words = _cipher(site_key(), purpose).decrypt(box[:_NONCE], box[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as broken:  # ValueError: too short to hold what a seal begins with
        raise SealBroken(f"a seal for {purpose!r} does not open") from broken
    value: Json = json.loads(words)
    return value


@lru_cache(maxsize=32)
def _cipher(key: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"seal:" + purpose.encode()).derive(key))
