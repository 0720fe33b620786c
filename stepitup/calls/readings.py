"""Which limits a caller must have read before a word may pass, and whether they have."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from stepitup.calls.life import Life
from stepitup.calls.models import Call, LimitsRead
from stepitup.calls.plan import SITTING
from stepitup.calls.told import situation_of
from stepitup.ground.spelled import spelled
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Notice
from stepitup.limits.questions import notice_for


def limits_now(row: Call, life: Life) -> tuple[Notice, ...]:
    """The limits for each kind of helper who is there; before anybody is, for the kind the caller asked for."""
    situation = situation_of(row)
    return tuple(notice_for(situation, kind) for kind in _kinds(row, life))


def limits_due(row: Call, life: Life) -> tuple[Notice, ...]:
    """Those of them that the caller has not read as they are worded now."""
    read = _versions_read([row.pk])
    return tuple(notice for notice in limits_now(row, life) if notice.version not in read)


@spelled
def _versions_read(calls: Collection[UUID]) -> QuerySet[LimitsRead, str]:
    return LimitsRead.objects.filter(call__in=calls).values_list("version", flat=True)


def words_may_pass(row: Call, kind: Kind) -> bool:
    """Whether the caller has read the present limits for this kind of helper (P6)."""
    version = notice_for(situation_of(row), kind).version
    return LimitsRead.objects.filter(call=row, version=version).exists()


def _kinds(row: Call, life: Life) -> tuple[Kind, ...]:
    there = dict.fromkeys(seat.kind for seat in life.active_seats)
    if there:
        return tuple(there)
    return (Kind(row.wants) if row.wants in SITTING else Kind.PEER,)
