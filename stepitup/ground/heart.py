"""The heart of each watch: a row that says when it last beat. If it stops, people are told."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from stepitup.ground.models import Heartbeat
from stepitup.ground.spelled import spelled

DEAD_AFTER = timedelta(seconds=10)
_FORGOTTEN_AFTER = timedelta(hours=1)


def beat(now: datetime, *, name: str) -> None:
    """Say that this watch is alive; forget watches that stopped long ago."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
    Heartbeat.objects.filter(at__lt=now - _FORGOTTEN_AFTER).delete()


def last_beat() -> datetime | None:
    """When any watch last beat, or None if none ever did."""
    return Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()


def is_beating(now: datetime) -> bool:
    """Whether a watch is alive: it beat within the last ten seconds.

    A beat in the future tells nothing: it was written before the host's clock was put back, maybe by a dead watch.
    """
    return bool(_beats_between(now - DEAD_AFTER, now + DEAD_AFTER))


@spelled
def _beats_between(begin: datetime, end: datetime) -> QuerySet[Heartbeat, str]:
    return Heartbeat.objects.filter(at__gt=begin, at__lt=end).values_list("name", flat=True)[:1]
