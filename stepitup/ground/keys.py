"""Ids and secrets. A secret is recomputed from the site key whenever it is needed; the database holds fingerprints.

Whoever steals the database alone can open no call and answer no page. The site key is a file outside the database and
outside safe copies.
"""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from stepitup.ground.errors import SiteKeyMissing

_KEY_BYTES = 32  # as long as what the hash gives: RFC 2104 discourages anything shorter


def new_id() -> UUID:
    """A fresh random id (122 random bits): never guessed, never used twice, also after a restore."""
    return uuid4()


def secret_for(purpose: str, about: object) -> str:
    """The secret that opens `about` for one purpose: 256 bits of HMAC-SHA-256 (RFC 2104), 43 base64url characters."""
    return base64.urlsafe_b64encode(_mac(purpose, str(about))).rstrip(b"=").decode()


def bytes_for(purpose: str, about: object) -> bytes:
    """The same secret as 32 raw bytes."""
    return _mac(purpose, str(about))


def fingerprint(secret: str) -> str:
    """What the database holds of a secret with 128 bits or more: SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def number_mark(address: str) -> str:
    """A mark by which a reply from this number or address finds its page; without the site key it tells nothing."""
    return _mac("number", address).hex()


def make_site_key(path: Path) -> None:
    """Write a new site key, readable by its owner alone, unless there is one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # before anything is in it: there is no moment in which others could read it
    path.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")


def _mac(purpose: str, about: str) -> bytes:
    # The zero between them: no other purpose with another subject makes the same words.
    return hmac.new(site_key(), f"{purpose}\x00{about}".encode(), hashlib.sha256).digest()


def site_key() -> bytes:
    """The key of this house. Raises SiteKeyMissing, in words, when the file is not there."""
    return _read_site_key(settings.SITE_KEY_FILE)


@lru_cache(maxsize=4)
def _read_site_key(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as gone:
        raise SiteKeyMissing(path) from gone
