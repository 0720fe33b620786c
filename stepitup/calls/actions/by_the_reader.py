"""The caller has read the limits: from now on a word may pass."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from stepitup.calls import changes, lives, store
from stepitup.calls.actions.joining_by_ring import ring_who_has_no_screen
from stepitup.calls.errors import LimitsChanged
from stepitup.calls.models import Call, LimitsRead
from stepitup.calls.readings import limits_now
from stepitup.ground import bell


def limits_read(now: datetime, call_id: UUID, *, version: str) -> None:
    """Note that the caller read the limits: which wording, for which kind of helper, when. No more.

    A helper whom no link reaches waits for this: now the house rings both.

    Raises LimitsChanged, with the present wording, when this is not what they would read now.
    """
    row = lives.lock(call_id)
    life = lives.read_life(row)
    present = limits_now(row, life)
    notice = next((notice for notice in present if notice.version == version), None)
    if notice is None:
        raise LimitsChanged(present)
    LimitsRead.objects.get_or_create(call=row, kind=notice.kind, version=version, defaults={"read_at": now})
    store.keep(now, life, changes.limits_were_read(life, now))
    Call.objects.filter(pk=call_id).update(version=F("version") + 1, changed_at=now)
    ring_who_has_no_screen(now, call_id)
    bell.ring("calls", call_id)
