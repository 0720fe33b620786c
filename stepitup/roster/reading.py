"""From rows of the database to plain values: a few queries however large the team is, and little work for each row.

A call asks for thousands of helpers at once, so rows are read as plain tuples, and what is drawn from a row is
remembered by the whole row it was drawn from: a changed row is another row, so nothing remembered is ever out of date.
Names are sealed at rest and opened only here, in memory, to be compared with what a caller typed.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, FilteredRelation, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from stepitup.ground.raw_rows import Remembered, raw_rows
from stepitup.ground.seal import unseal
from stepitup.ground.team import team
from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.roster.credentials.record import Held
from stepitup.roster.duty import Duty, Override, Span, names_holidays
from stepitup.roster.duty.changed import overrides_within
from stepitup.roster.errors import DutyHoursUnclear
from stepitup.roster.facts import WHOLE_AGENCY, HelperFacts, Post, Share
from stepitup.roster.fitness import Standing
from stepitup.roster.incidents import Days, days_of_incidents
from stepitup.roster.models import Agency, Helper, NeverPair, Oversight, Related, Way
from stepitup.roster.person_names import tokens_of
from stepitup.roster.shared_ground import FOR_MATCHING, NOT_AT_ALL

FULL_NAME, RELATIVE, ADDRESS, TEAM_NUMBER = "full name", "relative", "address", "team number"
CREDENTIAL_NUMBER, NPI = "credential number", "national provider identifier"
USABLE_WAYS = Q(unreachable_since__isnull=True, confirmed_on__isnull=False)

_Posts = frozenset[Post]
_ORDER = (Kind.PEER, Kind.CHAPLAIN, Kind.CLINICIAN, Kind.COORDINATOR)
_FLAGS = ("is_peer", "is_chaplain", "is_clinician", "is_coordinator")
# A credential that nobody checked, or that does not say from when until when, does not count.
_COUNTS = (
    ~Q(credentials__checked_how="") & Q(credentials__granted__isnull=False) & Q(credentials__expires__isnull=False)
)


class _AgencyNames(NamedTuple):
    """What matching needs of an agency."""

    names: tuple[str, ...] = ()
    state: str = UNKNOWN


_NO_AGENCY: Final = _AgencyNames()


class StandingRow(NamedTuple):
    """The columns that decide whether somebody may be paged."""

    pk: int
    key: str
    last_talk_on: date | None
    internal_affairs: bool
    state: str
    pages_in_a_row: int | None
    standing: Standing


# By the whole raw row and what stands beside it.
_FACTS = Remembered[HelperFacts]()


class DutyRow(NamedTuple):
    """A helper as the calendar shows them."""

    pk: int
    name: str
    flags: tuple[bool, ...]
    state: str
    duty: Duty


def opened(purpose: str, sealed: bytes | memoryview | None) -> str:
    """The text that was sealed; empty where nothing was."""
    return "" if sealed is None else str(unseal(purpose, sealed))


def usable_ways(by: Collection[str] | None) -> Q:
    """The ways that count as reaching somebody: by these carriers, or by any."""
    return USABLE_WAYS if by is None else USABLE_WAYS & Q(carrier__in=by)


def standing_columns(helpers: QuerySet[Helper], ways: Q) -> QuerySet[Helper, tuple[Any, ...]]:
    """The columns that decide, of these helpers; somebody with two credentials comes twice."""
    return helpers.annotate(
        reachable=Exists(Way.objects.filter(ways, helper=OuterRef("pk"))),
        hours=Cast("duty", TextField()),
        quiet_hours=Cast("quiet", TextField()),
        held=FilteredRelation("credentials", condition=_COUNTS),
        since=Cast("held__granted", CharField()),
        until=Cast("held__expires", CharField()),
    ).values_list(*_StandingColumns._fields)


def standings_from(rows: Iterable[tuple[Any, ...]], changed: Mapping[int, tuple[Override, ...]]) -> list[StandingRow]:
    """The same as values. Rows of one helper differ in what they hold, and are put together here."""
    held: dict[int, tuple[Held, ...]] = {}
    people: dict[int, _StandingColumns] = {}
    for values in rows:
        row = _StandingColumns._make(values)
        people[row.pk] = row
        if row.since and row.until:
            held[row.pk] = (*held.get(row.pk, ()), _held(row.held__role, row.since, row.until))
    ours = team().time_zone
    return [_standing_row(row, held.get(pk, ()), changed.get(pk), ours=ours) for pk, row in people.items()]


class _StandingColumns(NamedTuple):
    """The columns that decide whether somebody may be paged, as they come from the database."""

    pk: int
    key: str
    is_peer: bool
    is_chaplain: bool
    is_clinician: bool
    is_coordinator: bool
    last_talk_on: date | None
    internal_affairs: bool
    pages_in_a_row: int | None
    time_zone: str
    agency__time_zone: str | None
    state: str
    agency__state: str | None
    removed_at: datetime | None
    suspended_at: datetime | None
    off_until: datetime | None
    hours: str
    quiet_hours: str
    reachable: bool
    held__role: str
    since: str | None
    until: str | None


@lru_cache(maxsize=20_000)
def _held(role: str, since: str, until: str) -> Held:
    """Days come as the text that both databases make of them, and are read once: reading them is half the work."""
    return Held(role, date.fromisoformat(since), date.fromisoformat(until))


def _standing_row(
    row: _StandingColumns, held: tuple[Held, ...], changes: tuple[Override, ...] | None, *, ours: str
) -> StandingRow:
    zone, state = row.time_zone or row.agency__time_zone or ours, _state(row.state, row.agency__state)
    return StandingRow(
        pk=row.pk,
        key=row.key,
        last_talk_on=row.last_talk_on,
        internal_affairs=row.internal_affairs,
        state=state,
        pages_in_a_row=row.pages_in_a_row,
        standing=Standing(
            kinds=kinds_from((row.is_peer, row.is_chaplain, row.is_clinician, row.is_coordinator)),
            duty=changed_by(_duty(row.hours, zone, state), changes),
            quiet=None if row.quiet_hours == "[]" else _duty(row.quiet_hours, zone, state),
            removed=row.removed_at is not None,
            suspended=row.suspended_at is not None,
            off_until=row.off_until,
            has_usable_way=row.reachable,
            held=held,
        ),
    )


@lru_cache(maxsize=16)
def kinds_from(flags: tuple[bool, ...]) -> frozenset[Kind]:
    """The roles in which somebody helps, from the four columns that say so."""
    return frozenset(kind for kind, flag in zip(_ORDER, flags, strict=True) if flag)


def kinds_of_row(helper: Helper) -> frozenset[Kind]:
    """The roles in which somebody helps."""
    return kinds_from((helper.is_peer, helper.is_chaplain, helper.is_clinician, helper.is_coordinator))


@lru_cache(maxsize=1024)
def rested_since(day: date | None) -> datetime | None:
    """The day of the last talk, as a moment. The hour is not kept: it would name a night."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


class _FactsRow(NamedTuple):
    """The columns of a helper that matching needs."""

    pk: int
    is_peer: bool
    is_chaplain: bool
    is_clinician: bool
    is_coordinator: bool
    display_name: str
    agency_id: int | None
    independent: bool
    unit: str
    rank_band: str
    sworn: bool | None
    years: int | None
    state: str
    internal_affairs: bool
    last_talk_on: date | None
    served: str
    shared: str
    job: str
    spoken: str
    full_name_sealed: bytes | None


def facts_of(helpers: QuerySet[Helper], *, ids: Iterable[int] | None = None) -> list[HelperFacts]:
    """What matching knows of these helpers: six queries, however many they are."""
    agencies = _agencies()
    supervises = _posts(Oversight.objects.all(), agencies)
    never_for = _posts(NeverPair.objects.all(), agencies)
    related = _related()
    incidents = days_of_incidents()
    rows = helpers.annotate(
        served=Cast("services", TextField()),
        shared=Cast("shares", TextField()),
        job=Cast("about_the_job", TextField()),
        spoken=Cast("languages", TextField()),
    )
    wanted = None if ids is None else frozenset(ids)
    nobody: frozenset[str] = frozenset()
    nowhere: _Posts = frozenset()
    raws, converted = raw_rows(rows.values_list(*_FactsRow._fields))
    known, found = _FACTS.of(), list[HelperFacts]()
    for raw in raws:
        pk, agency, unit = raw[0], raw[6], raw[8]
        if wanted is not None and pk not in wanted:
            continue
        beside = (
            agencies.get(agency, _NO_AGENCY),
            supervises.get(pk, nowhere),
            never_for.get(pk, nowhere),
            related.get(pk, nobody),
            incidents.of(helper=pk, agency=agency, unit=unit),
        )
        one = known.get((raw, beside))
        if one is None:
            one = known[raw, beside] = _facts(_FactsRow._make(converted(raw)), *beside)
        found.append(one)
    return found


def _facts(
    row: _FactsRow,
    agency: _AgencyNames,
    supervises: _Posts,
    never_for: _Posts,
    related: frozenset[str],
    incidents: Days,
) -> HelperFacts:
    silently, not_told = _about_the_job(row.job)
    return HelperFacts(
        id=row.pk,
        kinds=kinds_from((row.is_peer, row.is_chaplain, row.is_clinician, row.is_coordinator)),
        display_name=row.display_name,
        agency=row.agency_id,
        agency_name=agency.names[0] if agency.names else "",
        agency_aliases=agency.names[1:],
        agency_state=agency.state,
        independent=row.independent,
        unit=row.unit,
        rank_band=row.rank_band,
        sworn=row.sworn,
        years=row.years,
        services=_services(row.served),
        languages=frozenset(_texts(row.spoken)),
        state=row.state,
        shares=_shares(row.shared),
        name_tokens=tokens_of(display_name=row.display_name, full_name=opened(FULL_NAME, row.full_name_sealed)),
        related_tokens=related,
        internal_affairs=row.internal_affairs,
        supervises=supervises,
        never_for=never_for,
        last_talk_at=rested_since(row.last_talk_on),
        told_silently=silently,
        not_told=not_told,
        was_at=incidents.was_at,
        investigates=incidents.investigates,
    )


_agency_names = lru_cache(maxsize=10_000)(_AgencyNames)


def _agencies() -> dict[int | None, _AgencyNames]:
    return {agency.pk: _agency_names((agency.name, *agency.aliases), agency.state) for agency in Agency.objects.all()}


def _posts(
    rows: "QuerySet[Oversight] | QuerySet[NeverPair]", agencies: dict[int | None, _AgencyNames]
) -> dict[int, _Posts]:
    """For each helper their posts, once for each name of the agency, so that any way of writing it is found."""
    found: dict[int, set[Post]] = defaultdict(set)
    for helper, agency, unit in rows.values_list("helper_id", "agency_id", "unit"):
        found[helper].update((name, unit or WHOLE_AGENCY) for name in agencies[agency].names)
    return {helper: frozenset(posts) for helper, posts in found.items()}


def _related() -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for helper, sealed in Related.objects.values_list("helper_id", "name_sealed"):
        found[helper] |= _relative_tokens(bytes(sealed))
    return {helper: frozenset(tokens) for helper, tokens in found.items()}


@lru_cache(maxsize=20_000)
def _relative_tokens(sealed: bytes) -> frozenset[str]:
    return tokens_of(display_name="", full_name=opened(RELATIVE, sealed))


def duties_of(helpers: QuerySet[Helper], when: Span, *, ids: Collection[int] | None = None) -> list[DutyRow]:
    """The duty of these helpers as it is in this span: two queries. `ids`: their numbers, where they are known."""
    changed, ours = overrides_within(when, ids), team().time_zone
    rows = helpers.annotate(hours=Cast("duty", TextField())).values_list(
        "pk", "display_name", *_FLAGS, "time_zone", "agency__time_zone", "state", "agency__state", "hours"
    )
    found = []
    for row in rows:
        state = _state(row[8], row[9])
        duty = changed_by(_duty(row[10], row[6] or row[7] or ours, state), changed.get(row[0]))
        found.append(DutyRow(row[0], row[1], row[2:6], state, duty))
    return found


def changed_by(duty: Duty, changes: tuple[Override, ...] | None) -> Duty:
    return replace(duty, overrides=changes) if changes else duty


def _state(own: str, of_agency: str | None) -> str:
    return of_agency or UNKNOWN if own == UNKNOWN else own


@lru_cache(maxsize=20_000)
def _duty(written: str, zone: str, state: str) -> Duty:
    """Helpers with the same lines in the same zone share one; the state counts only where a line names holidays.

    A line that a newer version wrote, and that nobody here can read, must not stop every press: rather one too many on
    duty than nobody.
    """
    lines = _texts(written)
    try:
        return Duty(lines, _zone(zone), state if names_holidays(lines) else UNKNOWN)
    except DutyHoursUnclear:
        return Duty((), _zone(zone))


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=10_000)
def _texts(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


@lru_cache(maxsize=1000)
def _services(written: str) -> frozenset[str]:
    return frozenset(_texts(written))


@lru_cache(maxsize=10_000)
def _shares(written: str) -> tuple[Share, ...]:
    return tuple(Share(share["what"], share["shown"]) for share in json.loads(written))


@lru_cache(maxsize=100)
def _about_the_job(written: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is for matching only, and what is not to be used at all."""
    said = json.loads(written)
    return (
        frozenset(what for what, how in said.items() if how == FOR_MATCHING),
        frozenset(what for what, how in said.items() if how == NOT_AT_ALL),
    )
