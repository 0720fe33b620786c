"""Files between "this would change" and "do it": sealed, for an hour, for whoever brought them alone."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from stepitup.ground.errors import SealBroken
from stepitup.ground.keys import new_id
from stepitup.ground.models import Draft
from stepitup.ground.seal import seal, unseal

_KEPT: Final = timedelta(hours=1)
_PURPOSE: Final = "draft"


def put_aside(now: datetime, text: str, *, owner: str) -> UUID:
    """Keep a file until somebody says yes; whatever the same person put aside before goes."""
    Draft.objects.filter(owner=owner).delete()
    draft = Draft.objects.create(id=new_id(), owner=owner, sealed=seal(_PURPOSE, text), ends_at=now + _KEPT)
    return draft.pk


def put_aside_by(now: datetime, draft: str, *, owner: str) -> str | None:
    """The file, for whoever put it aside; None when it is gone, or another's."""
    try:
        row = Draft.objects.filter(pk=UUID(draft), owner=owner, ends_at__gt=now).first()
        return None if row is None else str(unseal(_PURPOSE, row.sealed))
    except (ValueError, SealBroken):
        return None


def let_go(now: datetime, *, owner: str) -> None:
    """Nobody needs it any more."""
    Draft.objects.filter(owner=owner).delete()


def forget(now: datetime) -> int:
    """Delete what nobody said yes to."""
    gone, _by_table = Draft.objects.filter(ends_at__lte=now).delete()
    return gone
