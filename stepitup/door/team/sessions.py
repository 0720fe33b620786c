"""Sessions: a row that holds a fingerprint, sealed words and an end. It is read under /team/ alone.

Whoever steals the database can sign in with none of them, and finds no machine and no hour in it.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.errors import SealBroken
from stepitup.ground.keys import fingerprint
from stepitup.ground.seal import seal, unseal
from stepitup.roster.sign_in.models import SignedIn

_PURPOSE = "signed in"
_SECRET_BYTES = 32
_A_STRANGER = timedelta(minutes=15)


class SessionStore(SessionBase):
    """Django asks for this name."""

    def exists(self, session_key: str) -> bool:
        """Whether such a session is kept."""
        return SignedIn.objects.filter(mark=fingerprint(session_key)).exists()

    def create(self) -> None:
        """A new one, with a fresh secret."""
        self._session_key = self._new_secret()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Keep it. One that was ended meanwhile, by a sign-out elsewhere, does not come to life again."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's own way, unnamed in the stubs
        if not deed(_keep, self.session_key, dict(data), must_create):
            raise UpdateError("this session was ended elsewhere")

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        key = session_key or self.session_key
        if key:
            deed(_end, key)

    def load(self) -> dict[str, Any]:
        """What it holds; nothing where there is none, or where it has ended."""
        row = SignedIn.objects.filter(mark=fingerprint(self.session_key or ""), ends_at__gt=clock.now()).first()
        found = _opened(row.sealed) if row else None
        if found is None:
            self._session_key = None
            return {}
        return found

    @classmethod
    def clear_expired(cls) -> None:
        """The watch forgets them; nothing to do here."""

    def _new_secret(self) -> str:
        return secrets.token_urlsafe(_SECRET_BYTES)


def _opened(sealed: bytes | memoryview) -> dict[str, Any] | None:
    try:
        found = unseal(_PURPOSE, sealed)
    except SealBroken:
        return None
    return found if isinstance(found, dict) else None


def _keep(now: datetime, key: str, data: dict[str, Any], is_new: bool) -> bool:
    """A stranger's session lives for the minutes of a sign-in, anybody else's for half a day from when they came."""
    account = int(data[SESSION_KEY]) if SESSION_KEY in data else None
    kept = SignedIn.objects.filter(mark=fingerprint(key)).first()
    if kept is None and not is_new:
        return False
    if kept is None or kept.account_id != account:
        lives = settings.SIGNED_IN_FOR if account else _A_STRANGER
        kept = SignedIn(mark=fingerprint(key), account_id=account, ends_at=now + lives)
    kept.sealed = seal(_PURPOSE, data)
    kept.save()
    return True


def _end(now: datetime, key: str) -> None:
    SignedIn.objects.filter(mark=fingerprint(key)).delete()
