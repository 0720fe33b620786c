"""Where the limits on signing in are kept: in a small table, so that every process counts the same, also after a start.

Django calls such a place a cache; allauth counts wrong tries in it. A name is kept as a mark that needs the site key,
the moments of the tries are sealed, and all of it goes minutes later. Nothing here is about a machine.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.errors import SealBroken
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.seal import seal, unseal
from stepitup.roster.sign_in.models import Tried

_PURPOSE = "tried to sign in"


class Tries(BaseCache):
    """As much of a cache as counting needs."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it unless it is kept already: of two at once, one does."""
        return deed(_add, _mark(key), value, self._lives(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept, while it counts."""
        row = Tried.objects.filter(mark=_mark(key), ends_at__gt=clock.now()).first()
        try:
            return unseal(_PURPOSE, row.sealed) if row else default
        except SealBroken:
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it, whatever was there."""
        deed(_set, _mark(key), value, self._lives(timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Let it go."""
        return deed(_delete, _mark(key))

    def clear(self) -> None:
        """Let everything go."""
        deed(_clear)

    def _lives(self, timeout: Any) -> timedelta:
        return timedelta(seconds=self.default_timeout or 0 if timeout is DEFAULT_TIMEOUT else float(timeout))


def _add(now: datetime, mark: str, value: Any, lives: timedelta) -> bool:
    Tried.objects.filter(ends_at__lte=now).delete()
    said = {"sealed": seal(_PURPOSE, value), "ends_at": now + lives}
    _row, is_new = Tried.objects.get_or_create(mark=mark, defaults=said)
    return is_new


def _set(now: datetime, mark: str, value: Any, lives: timedelta) -> None:
    Tried.objects.update_or_create(mark=mark, defaults={"sealed": seal(_PURPOSE, value), "ends_at": now + lives})


def _delete(now: datetime, mark: str) -> bool:
    return bool(Tried.objects.filter(mark=mark).delete()[0])


def _clear(now: datetime) -> None:
    Tried.objects.all().delete()


def _mark(key: str) -> str:
    return fingerprint(secret_for(_PURPOSE, key))
