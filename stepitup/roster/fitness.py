"""Only the fit are paged (promise P8). One judgement, for the engine and for the coordinator's check alike."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from stepitup.ground.vocabulary import Kind
from stepitup.roster.credentials.record import TRAINING, Held, kinds_held
from stepitup.roster.duty import Duty, is_on_duty, spans_between
from stepitup.roster.duty.spans import Span, Spans, instants, together, within, without
from stepitup.roster.stops import Stop, Stopped

_NOTHING: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether one helper may be paged."""

    kinds: frozenset[Kind]
    duty: Duty
    quiet: Duty | None
    removed: bool
    suspended: bool
    off_until: datetime | None
    has_usable_way: bool
    held: tuple[Held, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the helper tells the time."""
        return self.duty.zone


def may_be_paged_as(standing: Standing, now: datetime) -> frozenset[Kind]:
    """In which roles may this helper be paged at this moment? None at all: not fit."""
    ready = (
        not (standing.removed or standing.suspended)
        and standing.has_usable_way
        and is_on_duty(standing.duty, now)
        and not _asked_for_rest(standing, now)
    )
    return certified_as(standing, now) if ready else _NOTHING


def may_be_woken(standing: Standing, now: datetime, *, also_off_duty: bool) -> bool:
    """May a drill ask this helper at this moment, whether or not a way leads to them?

    A team may have it ask those off duty too; a helper's own word, a break or quiet hours, no team sets aside.
    """
    reachable = replace(standing, has_usable_way=True)
    if not also_off_duty:
        return is_fit(reachable, now)
    may_be = not (standing.removed or standing.suspended or _asked_for_rest(standing, now))
    return may_be and bool(certified_as(standing, now))


def _asked_for_rest(standing: Standing, now: datetime) -> bool:
    """Whether they are on a break, or in the hours in which they want no pages."""
    on_a_break = standing.off_until is not None and now < standing.off_until
    return on_a_break or (standing.quiet is not None and is_on_duty(standing.quiet, now))


def is_fit(standing: Standing, now: datetime) -> bool:
    """May this helper be paged at this moment?"""
    return bool(may_be_paged_as(standing, now))


def certified_as(standing: Standing, now: datetime) -> frozenset[Kind]:
    """The roles for which a credential holds today."""
    return kinds_held(standing.kinds, standing.held, today_in(standing.zone, now))


def fit_spans(standing: Standing, start: datetime, end: datetime, kind: Kind) -> Spans:
    """When, between two moments, this helper may be paged in this role, as far as is known now: `may_be_paged_as`."""
    start = max(start, standing.off_until or start)
    if standing.removed or standing.suspended or not standing.has_usable_way or start >= end:
        return ()
    on_duty = spans_between(standing.duty, start, end)
    if standing.quiet:
        on_duty = without(on_duty, spans_between(standing.quiet, start, end))
    certified = certified_spans(standing, Span(start, end), kind)
    return together(span for whole in certified for span in within(on_duty, whole))


def certified_spans(standing: Standing, whole: Span, kind: Kind) -> Spans:
    """When in the whole a credential holds for this role: each for itself, cut to the whole."""
    first, last = _a_day_around(whole)
    found = []
    for one in standing.held:
        if kind not in kinds_held(standing.kinds, (one,), one.since):
            continue
        if one.since <= first and last <= one.until:  # most hold for years: whatever the zone, for all of it
            return (whole,)
        begins = _midnight(one.since, standing.zone)
        found.append(Span(begins, _midnight(one.until + timedelta(days=1), standing.zone)))
    return within(found, whole)


def what_stands_in_the_way(standing: Standing, now: datetime) -> Stopped | None:
    """Why this helper may not be paged at this moment; None when they may."""
    if is_fit(standing, now):
        return None
    if standing.removed or standing.suspended:
        return Stopped(Stop.REMOVED if standing.removed else Stop.SUSPENDED)
    if not certified_as(standing, now):
        return _about_the_credential(standing, today=today_in(standing.zone, now))
    if not standing.has_usable_way:
        return Stopped(Stop.NO_WAY)
    return _about_the_hour(standing, now)


def _about_the_hour(standing: Standing, now: datetime) -> Stopped:
    if standing.off_until and now < standing.off_until:
        off = standing.off_until.astimezone(standing.zone)
        return Stopped(Stop.RESTS, off.date().isoformat(), f"{off:%H:%M}")
    return Stopped(Stop.QUIET if is_on_duty(standing.duty, now) else Stop.OFF_DUTY)


def today_in(zone: ZoneInfo, now: datetime) -> date:
    """The date on the wall where the helper works: a credential ends with the day there, not in Greenwich."""
    return _date(zone, now)


@lru_cache(maxsize=256)
def _date(zone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(zone).date()


@lru_cache(maxsize=1024)
def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instants(datetime.combine(day, time()), zone)[0]


@lru_cache(maxsize=256)
def _a_day_around(whole: Span) -> tuple[date, date]:
    """The days of the whole and one more on either side: no zone is further off."""
    return whole.start.date() - timedelta(days=1), whole.end.date() + timedelta(days=1)


def _about_the_credential(standing: Standing, *, today: date) -> Stopped:
    helping = [one for one in standing.held if one.role != TRAINING]
    if not helping:
        return Stopped(Stop.NO_CREDENTIAL)
    coming = [one.since for one in helping if today < one.since]
    if coming:
        return Stopped(Stop.NOT_YET, min(coming).isoformat())
    lapsed = [one.until for one in helping if one.until < today]
    return Stopped(Stop.LAPSED, max(lapsed).isoformat()) if lapsed else Stopped(Stop.OTHER_ROLE)
