"""What can be asked of the tally."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stepitup.tally.actions import Counted, monday_of
from stepitup.tally.models import WeekCount

# Fewer could point at one night, and so at one caller.
LARGE_ENOUGH = 5


@dataclass(frozen=True)
class Week:
    """One week that is over. `how_many` is None where the number is none, or too small to be shown."""

    monday: date
    how_many: int | None


def weeks(now: datetime, what: Counted, *, how_many: int = 4) -> list[Week]:
    """The weeks before this one, the newest first. This week is not among them: a number that grows tells the night."""
    this = monday_of(now)
    mondays = [this - timedelta(weeks=number) for number in range(1, how_many + 1)]
    counts = dict(WeekCount.objects.filter(monday__in=mondays, what=what).values_list("monday", "how_many"))
    return [Week(monday, _shown(counts.get(monday, 0))) for monday in mondays]


def _shown(count: int) -> int | None:
    return count if count >= LARGE_ENOUGH else None
