"""What can be asked of the calendar. Reads only. Hours that are planned, never rests: those could name a night."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from stepitup.ground.vocabulary import Kind
from stepitup.roster.duty.asked import Duty, spans_of_all
from stepitup.roster.duty.spans import Span, Spans
from stepitup.roster.errors import NoSuchHelper
from stepitup.roster.models import DutyOverride, DutySwap, Helper
from stepitup.roster.reading import duties_of, kinds_from, kinds_of_row

_AN_ANSWER_IS_SHOWN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planned:
    """One helper and when they are on duty in the time that was asked about."""

    helper: int
    name: str
    kinds: frozenset[Kind]
    state: str
    zone: ZoneInfo
    spans: Spans


@dataclass(frozen=True, slots=True)
class Changed:
    """One override, as it was made."""

    id: int
    span: Span
    is_on: bool


def duty_of(helper_id: int, when: Span) -> Duty:
    """One helper's duty, with the overrides that touch this time. Raises NoSuchHelper."""
    found = duties_of(Helper.objects.filter(pk=helper_id, removed_at__isnull=True), when, ids=[helper_id])
    if not found:
        raise NoSuchHelper(helper_id)
    return found[0].duty


def planned(when: Span, helpers: Collection[int] | None = None, *, agency: int | None = None) -> list[Planned]:
    """Everybody on the roster, or these, or those of one agency, and when they are on duty. The suspended are not."""
    rows = Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True).order_by("display_name", "pk")
    if helpers is not None:
        rows = rows.filter(pk__in=helpers)
    if agency is not None:
        rows = rows.filter(agency=agency)
    found = duties_of(rows, when, ids=helpers)
    all_spans = spans_of_all([row.duty for row in found], when)
    return [
        Planned(row.pk, row.name, kinds_from(row.flags), row.state, row.duty.zone, spans)
        for row, spans in zip(found, all_spans, strict=True)
    ]


def changes_of(now: datetime, helper_id: int) -> list[Changed]:
    """The overrides of one helper that are not over, the next first."""
    rows = DutyOverride.objects.filter(helper=helper_id, ends_at__gt=now).order_by("starts_at", "pk")
    return [Changed(row.pk, Span(row.starts_at, row.ends_at), row.is_on) for row in rows]


def name_and_agency(helper_id: int) -> tuple[str, int | None]:
    """What a helper is called, and where they work. Raises NoSuchHelper."""
    rows = Helper.objects.filter(pk=helper_id, removed_at__isnull=True).values_list("display_name", "agency_id")
    row = rows.first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return row


def lines_of(helper_id: int) -> tuple[str, ...]:
    """A helper's lines of duty. Raises NoSuchHelper."""
    row = Helper.objects.filter(pk=helper_id, removed_at__isnull=True).values_list("duty", flat=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return tuple(row)


def swaps_of(now: datetime, helper_id: int) -> list[DutySwap]:
    """What this helper asked and was asked, that has not begun and waits for an answer."""
    mine = Q(asker=helper_id) | Q(asked=helper_id)
    waiting = DutySwap.objects.filter(mine, state="asked", starts_at__gt=now, asker__removed_at=None)
    return list(waiting.select_related("asker", "asked").order_by("starts_at", "pk"))


def answered_swaps_of(now: datetime, helper_id: int) -> list[DutySwap]:
    """What was said to this helper's questions, and which questions to them were taken back: for a week at most."""
    mine = Q(asker=helper_id, state__in=("agreed", "declined")) | Q(asked=helper_id, state="taken back")
    fresh = DutySwap.objects.filter(mine, starts_at__gt=now, answered_at__gt=now - _AN_ANSWER_IS_SHOWN)
    fresh = fresh.filter(asker__removed_at=None, asked__removed_at=None)
    return list(fresh.select_related("asker", "asked").order_by("starts_at", "pk"))


def who_could_take(helper_id: int, duty: Span) -> list[Planned]:
    """The helpers of the same role who are not on duty in any of that time."""
    row = Helper.objects.filter(pk=helper_id, removed_at__isnull=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    mine = kinds_of_row(row)
    return [one for one in planned(duty) if one.helper != helper_id and one.kinds & mine and not one.spans]
