"""Only the fit are paged (promise P8). One judgement, for the engine and for the coordinator's check alike."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from stepitup.roster.duty import Duty, is_on_duty, spans_between
from stepitup.roster.duty.spans import Spans, instants


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether one helper may be paged."""

    duty: Duty
    removed: bool
    suspended: bool
    off_until: datetime | None
    certified_since: date | None
    certified_until: date | None
    has_usable_way: bool

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the helper tells the time."""
        return self.duty.zone


def is_fit(standing: Standing, now: datetime) -> bool:
    """May this helper be paged at this moment?"""
    return (
        not (standing.removed or standing.suspended)
        and standing.has_usable_way
        and not (standing.off_until and now < standing.off_until)
        and _is_certified(standing, today=today_in(standing.zone, now))
        and is_on_duty(standing.duty, now)
    )


def fit_spans(standing: Standing, start: datetime, end: datetime) -> Spans:
    """When, between two moments, this helper may be paged, as far as is known now: `is_fit` at each of them."""
    if standing.removed or standing.suspended or not standing.has_usable_way:
        return ()
    if not (standing.certified_since and standing.certified_until):
        return ()
    first = _midnight(standing.certified_since, standing.zone)
    last = _midnight(standing.certified_until + timedelta(days=1), standing.zone)
    start, end = max(start, first, standing.off_until or start), min(end, last)
    return spans_between(standing.duty, start, end)


def what_stands_in_the_way(standing: Standing, now: datetime) -> str | None:
    """Why this helper may not be paged at this moment, in words for the coordinator; None when they may."""
    if is_fit(standing, now):
        return None
    if standing.removed or standing.suspended:
        return _("Is no longer on the roster.") if standing.removed else _("Is suspended.")
    if not _is_certified(standing, today=today_in(standing.zone, now)):
        return _about_the_credential(standing, today=today_in(standing.zone, now))
    if not standing.has_usable_way:
        return _("Cannot be reached: no way of reaching them works.")
    if standing.off_until and now < standing.off_until:
        off = standing.off_until.astimezone(standing.zone)
        return _("Is off until %(day)s, %(time)s.") % {"day": off.date().isoformat(), "time": f"{off:%H:%M}"}
    return _("Is not on duty at this hour.")


def today_in(zone: ZoneInfo, now: datetime) -> date:
    """The date on the wall where the helper works: a credential ends with the day there, not in Greenwich."""
    return _date(zone, now)


@lru_cache(maxsize=256)
def _date(zone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(zone).date()


@lru_cache(maxsize=1024)
def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instants(datetime.combine(day, time()), zone)[0]


def _is_certified(standing: Standing, *, today: date) -> bool:
    """A credential without both dates was not checked, and does not count."""
    if not (standing.certified_since and standing.certified_until):
        return False
    return standing.certified_since <= today <= standing.certified_until


def _about_the_credential(standing: Standing, *, today: date) -> str:
    if not (standing.certified_since and standing.certified_until):
        return _("Has no credential with the days from and until which it holds.")
    if today < standing.certified_since:
        return _("Has a credential that holds only from %(day)s.") % {"day": standing.certified_since.isoformat()}
    return _("Has a credential that lapsed after %(day)s.") % {"day": standing.certified_until.isoformat()}
