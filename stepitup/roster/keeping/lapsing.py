"""Credentials that end soon, or ended of late, and that nothing newer has taken the place of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from stepitup.ground.team import team
from stepitup.roster.credentials.record import TRAINING
from stepitup.roster.keeping.questions import people
from stepitup.roster.models import Credential

SOON: Final = timedelta(days=30)


@dataclass(frozen=True)
class Lapsing:
    """One credential: whose, which, and the day through which it holds or held."""

    helper: int
    name: str
    credential: str
    until: date
    is_over: bool


def lapsing(now: datetime, *, agency: int | None = None) -> list[Lapsing]:
    """Those that end within thirty days or ended within the past thirty, the first to end first."""
    today = now.astimezone(team().zone).date()
    rows = Credential.objects.filter(helper__in=people(agency=agency), expires__gt=today - SOON, granted__isnull=False)
    rows = rows.exclude(checked_how="").exclude(role=TRAINING).select_related("helper").order_by("expires", "pk")
    latest = dict[tuple[int, str], Credential]()
    for row in rows:
        latest[row.helper_id, row.role] = row  # a later one takes the place of an earlier one for the same role
    return list(_of(sorted(latest.values(), key=lambda row: (row.expires or today, row.pk)), today))


def _of(rows: list[Credential], today: date) -> Iterator[Lapsing]:
    for row in rows:
        if row.expires is not None and row.expires < today + SOON:
            yield Lapsing(row.helper_id, row.helper.display_name, row.name, row.expires, row.expires < today)
