"""Timers: armed in the transaction that needs them, claimed by a watch under a lease.

Claiming is by kind, so that a slow carrier's backlog never stands in front of somebody's next step.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from stepitup.ground import statements
from stepitup.ground.models import Timer
from stepitup.ground.spelled import spelled, spelled_delete, spelled_update

_ARMED_ANEW = statements.Conflict(over=("kind", "subject"), replaced=("due_at", "next_at", "holder"))


@dataclass(frozen=True)
class Claimed:
    """A timer that is ours until the lease ends."""

    id: int
    kind: str
    subject: str
    due_at: datetime


def arm(kind: str, subject: object, at: datetime) -> None:
    """Let something happen at a moment. A timer of the same kind and subject is replaced."""
    arm_many(kind, [(subject, at)])


def arm_many(kind: str, moments: Iterable[tuple[object, datetime]]) -> None:
    """`arm` for many subjects in one statement."""
    arm_each((kind, subject, at) for subject, at in moments)


def arm_each(moments: Iterable[tuple[str, object, datetime]]) -> None:
    """`arm` for timers of several kinds, (kind, subject, moment), in one statement."""
    # Of one that is named twice the last word counts: one statement may not write a row twice.
    last = {(kind, str(subject)): at for kind, subject, at in moments}
    statements.insert(Timer, [_timer(*whose, at) for whose, at in last.items()], on_conflict=_ARMED_ANEW)


def disarm(kinds: str | Collection[str], subjects: Iterable[object]) -> None:
    """Let it not happen any more."""
    _disarm([kinds] if isinstance(kinds, str) else kinds, [str(subject) for subject in subjects])


@spelled_delete
def _disarm(kinds: Collection[str], subjects: Collection[str]) -> QuerySet[Timer]:
    return Timer.objects.filter(kind__in=kinds, subject__in=subjects)


def disarm_each(timers: Iterable[tuple[str, object]]) -> None:
    """`disarm` for timers of several kinds, (kind, subject), in one statement."""
    statements.delete(Timer, [{"kind": kind, "subject": str(subject)} for kind, subject in timers])


def armed_for(kind: str, subject: object) -> datetime | None:
    """When this is to happen, or None."""
    return Timer.objects.filter(kind=kind, subject=str(subject)).values_list("due_at", flat=True).first()


def armed_among(kinds: Sequence[str], subjects: Iterable[object]) -> set[str]:
    """Those of these subjects that have a timer of one of these kinds, armed or leased."""
    wanted = [str(subject) for subject in subjects]
    return set(Timer.objects.filter(kind__in=kinds, subject__in=wanted).values_list("subject", flat=True))


def arm_missing(moments: Iterable[tuple[str, object, datetime]]) -> None:
    """Arm those of (kind, subject, moment) that have no timer; what is armed or leased stays as it is."""
    statements.insert(Timer, [_timer(*moment) for moment in moments], on_conflict=statements.SKIP)


def pull_in(now: datetime, *, prefix: str, beyond: timedelta) -> None:
    """Make due at once what lies further off than it ever should: the clock was put back after it was armed."""
    Timer.objects.filter(kind__startswith=prefix, next_at__gt=now + beyond).update(next_at=now, due_at=now)


def claim(now: datetime, *, kinds: Sequence[str], limit: int, lease: timedelta, holder: str) -> list[Claimed]:
    """Take up to `limit` due timers of these kinds, the longest due first, until `now + lease`.

    Two watches never get the same one: rows that another is taking are passed over (SKIP LOCKED on PostgreSQL; on
    SQLite one transaction writes at a time).
    """
    due = _due(now, kinds, limit=limit)
    _lease([pk for pk, *_ in due], now + lease, holder)
    return [Claimed(*timer) for timer in due]


@spelled
def _due(now: datetime, kinds: Collection[str], *, limit: int) -> QuerySet[Timer, tuple[int, str, str, datetime]]:
    due = Timer.objects.select_for_update(skip_locked=True).filter(kind__in=kinds, next_at__lte=now)
    return due.order_by("next_at", "id").values_list("pk", "kind", "subject", "due_at")[:limit]


@spelled_update
def _lease(timers: Collection[int], until: datetime, holder: str) -> tuple[QuerySet[Timer], Mapping[str, object]]:
    return Timer.objects.filter(pk__in=timers), {"next_at": until, "holder": holder}


def keep(now: datetime, *, holder: str, ids: Sequence[int], lease: timedelta) -> None:
    """Renew the lease on what this holder is still at."""
    Timer.objects.filter(pk__in=ids, holder=holder).update(next_at=now + lease)


def done(claimed: Claimed, *, holder: str) -> None:
    """It has happened: delete the timer, unless it was armed anew meanwhile (then `holder` is no longer on it)."""
    done_all([claimed], holder=holder)


def done_all(claimed: Iterable[Claimed], *, holder: str) -> None:
    """`done` for many in one statement."""
    _done([one.id for one in claimed], holder)


@spelled_delete
def _done(timers: Collection[int], holder: str) -> QuerySet[Timer]:
    return Timer.objects.filter(pk__in=timers, holder=holder)


def release_all(now: datetime) -> None:
    """Let go of every lease at once: for a watch that knows it is alone and has just started."""
    Timer.objects.filter(~Q(holder="")).update(next_at=now, holder="")


def release(now: datetime, *, holder: str) -> None:
    """Let go of what this holder still has: for a watch that stops, so that nobody waits for its leases to end."""
    Timer.objects.filter(holder=holder).update(next_at=now, holder="")


def kinds_due(now: datetime) -> list[str]:
    """The kinds of which something is due."""
    return _kinds_due(now)


@spelled
def _kinds_due(now: datetime) -> QuerySet[Timer, str]:
    return Timer.objects.filter(next_at__lte=now).values_list("kind", flat=True).distinct()


def next_due(*, besides: Collection[str] = ()) -> datetime | None:
    """When the next timer is due, leaving out some kinds; None when nothing is armed."""
    return next(iter(_first_moment(besides)), None)


@spelled
def _first_moment(besides: Collection[str]) -> QuerySet[Timer, datetime]:
    wanted = Timer.objects.exclude(kind__in=besides) if besides else Timer.objects.all()
    return wanted.order_by("next_at").values_list("next_at", flat=True)[:1]


def oldest_due(now: datetime, *, kind_prefix: str) -> datetime | None:
    """Since when the oldest overdue timer of such a kind waits, or None."""
    moment: datetime | None = Timer.objects.filter(kind__startswith=kind_prefix, due_at__lte=now).aggregate(
        Min("due_at")
    )["due_at__min"]
    return moment


def _timer(kind: str, subject: object, at: datetime) -> statements.Values:
    return {"kind": kind, "subject": str(subject), "due_at": at, "next_at": at}
