"""What can be done with the tally: count, and forget."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F

from stepitup.ground.team import team
from stepitup.tally.models import WeekCount

_KEPT = timedelta(weeks=53)


class Counted(StrEnum):
    """What is counted."""

    MISSED_STEP = "missed_step"  # people were paged, nobody answered in time, and others were asked


def count(now: datetime, what: Counted, how_many: int = 1) -> None:
    """Add to the number of this week."""
    if how_many <= 0:
        return
    row, _new = WeekCount.objects.get_or_create(monday=monday_of(now), what=what)
    WeekCount.objects.filter(pk=row.pk).update(how_many=F("how_many") + how_many)


def forget(now: datetime) -> int:
    """Delete the weeks that have had their year; return how many."""
    gone, _by_table = WeekCount.objects.filter(monday__lt=monday_of(now) - _KEPT).delete()
    return gone


def monday_of(now: datetime) -> date:
    """The Monday of this week, as the team's calendar has it."""
    today = now.astimezone(team().zone).date()
    return today - timedelta(days=today.weekday())
