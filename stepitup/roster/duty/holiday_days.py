"""Which days are holidays: the federal ones of the United States, and those of a state. From the library `holidays`.

A holiday that falls on a weekend counts on its own day and on the day on which it is kept.
"""

from datetime import date
from functools import lru_cache

from stepitup.ground.vocabulary import STATES


def is_holiday(day: date, *, state: str) -> bool:
    """Is this a federal holiday, or one of this state? An unknown state has the federal ones alone."""
    return day in _holidays(state if state in STATES else "", day.year)


@lru_cache(maxsize=1024)
def _holidays(state: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415  a fifth of a second at each start, for teams that name no holiday

    return frozenset(holidays.country_holidays("US", subdiv=state.removeprefix("US-") or None, years=year))
