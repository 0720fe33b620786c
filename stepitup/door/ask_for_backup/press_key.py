"""The key of a press: fresh with each form, so that pressing twice in a tunnel makes one call."""

import re
import secrets

_BYTES = 18  # 144 random bits
_WHOLE = re.compile(r"[A-Za-z0-9_-]{22,100}")


def fresh_key() -> str:
    """A new one for a new form."""
    return secrets.token_urlsafe(_BYTES)


def key_or_fresh(typed: str) -> str:
    """The form's key; a missing or broken one must not keep anybody from calling, so it becomes a fresh one."""
    return typed if _WHOLE.fullmatch(typed) else fresh_key()
