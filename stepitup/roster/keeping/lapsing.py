"""Credentials that end soon, or ended of late, and that nothing newer has taken the place of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from stepitup.ground.team import team
from stepitup.roster.credentials.record import TRAINING
from stepitup.roster.credentials.reminders import AHEAD, whom_letters_reach
from stepitup.roster.keeping.questions import people
from stepitup.roster.models import Credential, Helper

SOON: Final = timedelta(days=30)
FIRST: Final = timedelta(days=max(AHEAD))


@dataclass(frozen=True)
class Lapsing:
    """One credential: whose, which, and the day through which it holds or held; whether a letter reaches its helper."""

    helper: int
    name: str
    credential: str
    until: date
    is_over: bool
    is_told: bool


def lapsing(now: datetime, *, agency: int | None = None, mail_goes: bool = True) -> list[Lapsing]:
    """Those that end within thirty days or ended within the past thirty, the first to end first.

    `mail_goes`: whether this house can write letters at all.
    """
    today = now.astimezone(team().zone).date()
    rows = _rows(people(agency=agency), today, ahead=SOON)
    told = whom_letters_reach({row.helper_id for row in rows}) if mail_goes else set()
    return [_of(row, today, is_told=row.helper_id in told) for row in rows]


def dates_of(now: datetime, helper_id: int) -> list[Lapsing]:
    """The same of one helper, for them: as far ahead as the first letter. So it is read also where no letter comes."""
    today = now.astimezone(team().zone).date()
    return [_of(row, today, is_told=True) for row in _rows(Helper.objects.filter(pk=helper_id), today, ahead=FIRST)]


def _rows(helpers: QuerySet[Helper], today: date, *, ahead: timedelta) -> list[Credential]:
    near = _counting(Credential.objects.filter(expires__gt=today - SOON, expires__lt=today + ahead))
    # A later one takes the place of an earlier one for the same role.
    same = _counting(Credential.objects.filter(helper=OuterRef("helper"), role=OuterRef("role")))
    later = same.filter(Q(expires__gt=OuterRef("expires")) | Q(expires=OuterRef("expires"), pk__gt=OuterRef("pk")))
    rows = near.filter(~Exists(later), helper__in=helpers).select_related("helper")
    return list(rows.order_by("expires", "pk"))


def _counting(rows: QuerySet[Credential]) -> QuerySet[Credential]:
    return rows.filter(granted__isnull=False).exclude(checked_how="").exclude(role=TRAINING)


def _of(row: Credential, today: date, *, is_told: bool) -> Lapsing:
    until = row.expires or today
    return Lapsing(row.helper_id, row.helper.display_name, row.name, until, is_over=until < today, is_told=is_told)
