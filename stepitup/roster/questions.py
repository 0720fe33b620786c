"""What can be asked of the roster. Reads only; a few queries each, however large the team is."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from stepitup.ground import clock
from stepitup.ground.spelled import spelled
from stepitup.ground.team import team
from stepitup.ground.vocabulary import FAMILIES, UNKNOWN, Kind
from stepitup.roster.agency_names import Same, names_no_agency, same_agency
from stepitup.roster.credentials.kept import shown_of_credentials
from stepitup.roster.duty.changed import A_FEW
from stepitup.roster.duty.spans import at
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.everybody import standings
from stepitup.roster.facts import Fit, HelperFacts, HelperShown, WayFacts
from stepitup.roster.file.forms import Form, write_in
from stepitup.roster.file.rows import RosterRows
from stepitup.roster.file.rows_kept import rows_kept
from stepitup.roster.fitness import may_be_woken, today_in, what_stands_in_the_way
from stepitup.roster.models import Agency, Helper, Way
from stepitup.roster.reading import (
    ADDRESS,
    TEAM_NUMBER,
    USABLE_WAYS,
    facts_of,
    kinds_of_row,
    opened,
)
from stepitup.roster.shared_ground import SHARED_GROUND
from stepitup.roster.stops import Stopped
from stepitup.roster.turns import fit_as, fit_in_order, fit_in_turn, fit_of

__all__ = [
    "Fit",
    "HelperFacts",
    "HelperShown",
    "WayFacts",
    "all_helpers",
    "export_roster",
    "fit_in_order",
    "fit_in_turn",
    "fit_now",
    "helper",
    "ids_of",
    "in_common",
    "is_anyone_fit",
    "keys_of",
    "kinds_of",
    "language_of",
    "reachable_by",
    "roster_rows",
    "shown_to_caller",
    "way_by_id",
    "ways_at",
    "ways_of",
    "ways_to_try",
    "who_is_not_fit",
    "who_is_on_the_roster",
    "who_is_suspended_or_gone",
    "who_may_be_woken",
    "why_not_fit",
    "zone_of",
]

_ROLES = (Kind.PEER, Kind.CHAPLAIN, Kind.CLINICIAN, Kind.COORDINATOR)


def all_helpers(among: Collection[int] | None = None) -> list[HelperFacts]:
    """Everybody on the roster, or those of these ids, fit or not, as matching needs them."""
    return facts_of(_chosen(Helper.objects.filter(removed_at__isnull=True), among), ids=among)


def helper(helper_id: int) -> HelperFacts:
    """One helper, also one who was taken off since. Raises NoSuchHelper."""
    found = facts_of(Helper.objects.filter(pk=helper_id))
    if not found:
        raise NoSuchHelper(helper_id)
    return found[0]


def language_of(helper_id: int) -> str:
    """In which of the languages that a ring speaks this helper is spoken to: the first of theirs, else English."""
    return _spoken(Helper.objects.filter(pk=helper_id).values_list("languages", flat=True).first())


def _spoken(languages: Sequence[str] | None) -> str:
    return next((language for language in languages or () if language in {"en", "es"}), "en")


def ids_of(keys: Collection[str]) -> dict[str, int]:
    """The numbers of helpers by the keys of the roster file, also of those who were taken off since."""
    if not keys:
        return {}
    named = Helper.objects.filter(key__in=keys) if len(keys) <= A_FEW else Helper.objects.all()
    return {key: pk for key, pk in named.values_list("key", "pk") if key in keys}


def keys_of(ids: Collection[int]) -> dict[int, str]:
    """The keys of the roster file of these helpers, also of those who were taken off since."""
    return dict(Helper.objects.filter(pk__in=ids).values_list("pk", "key"))


def kinds_of(helper_id: int) -> frozenset[Kind]:
    """The roles in which somebody helps. Raises NoSuchHelper."""
    return kinds_of_row(_row(helper_id))


def fit_now(
    now: datetime,
    ids: Iterable[int] | None = None,
    *,
    besides: Collection[int] = (),
    by: Collection[str] | None = None,
) -> list[Fit]:
    """Who may be paged at this moment, of these or of all: on the roster, on duty, certified today, reachable, not off.

    `besides` leaves out helpers who are known to be busy: whether they sit in a talk or hold a page already is not
    known here; `calls` and `paging` ask that. `by` names the carriers that count as reaching somebody; all without it.
    """
    wanted = None if ids is None else frozenset(ids)
    if wanted is not None and len(wanted) <= A_FEW:
        return fit_of(now, wanted.difference(besides), by=by)
    helpers = _chosen(_not_stopped(), wanted)
    rows = standings(_without(helpers, besides), at(now), by=by, ids=wanted)
    return [fit for row in rows if (wanted is None or row.pk in wanted) and (fit := fit_as(row, now))]


def is_anyone_fit(now: datetime) -> bool:
    """Is there anybody who may be paged at this moment?"""
    return bool(fit_now(now))


def why_not_fit(now: datetime, helper_id: int, *, by: Collection[str] | None = None) -> Stopped | None:
    """Why this helper may not be paged at this moment; None when they may. `by` as in `fit_now`.

    Raises NoSuchHelper.
    """
    found = standings(Helper.objects.filter(pk=helper_id), at(now), by=by, ids=[helper_id])
    if not found:
        raise NoSuchHelper(helper_id)
    return what_stands_in_the_way(found[0].standing, now)


def names_of_all() -> tuple[dict[str, str], dict[str, str]]:
    """The names of everybody on the roster, and of every agency, by their keys."""
    helpers = Helper.objects.filter(removed_at__isnull=True).values_list("key", "display_name")
    return dict(helpers), dict(Agency.objects.values_list("key", "name"))


def zone_of(helper_id: int) -> ZoneInfo:
    """The zone in which this helper tells the time. Raises NoSuchHelper."""
    return _zone(_row(helper_id))


def who_is_not_fit(now: datetime) -> dict[str, str]:
    """For each helper on the roster who may not be paged at this moment: their key, and why. For `stepitup check`."""
    rows = standings(Helper.objects.filter(removed_at__isnull=True).order_by("key"), at(now))
    reasons = {row.key: what_stands_in_the_way(row.standing, now) for row in rows}
    return {key: why.in_words() for key, why in reasons.items() if why}


def who_is_on_the_roster() -> set[int]:
    """Everybody who is neither suspended nor taken off."""
    return set(_not_stopped().values_list("pk", flat=True))


def who_may_be_woken(now: datetime, *, also_off_duty: bool = False) -> set[int]:
    """Whom a drill may ask at this moment: who might be paged now, if a way led to them.

    `also_off_duty`: those too who are off duty, where the team says so; never in a break or in quiet hours.
    """
    rows = standings(_not_stopped(), at(now))
    return {row.pk for row in rows if may_be_woken(row.standing, now, also_off_duty=also_off_duty)}


def who_is_suspended_or_gone() -> frozenset[str]:
    """The keys of helpers whom a coordinator suspended or took off: an old copy must not bring them back."""
    stopped = Q(suspended_at__isnull=False) | Q(removed_at__isnull=False)
    return frozenset(Helper.objects.filter(stopped).values_list("key", flat=True))


def ways_of(ids: Iterable[int]) -> dict[int, tuple[WayFacts, ...]]:
    """For each of these helpers the usable ways of reaching them, in their own order; empty where there is none."""
    return _ways(ids, usable=True)


def ways_to_try(ids: Iterable[int]) -> dict[int, tuple[WayFacts, ...]]:
    """The same with the ways that nobody has tried yet: a drill is how they come to count."""
    return _ways(ids, usable=False)


def _ways(ids: Iterable[int], *, usable: bool) -> dict[int, tuple[WayFacts, ...]]:
    found: dict[int, list[WayFacts]] = {one: [] for one in ids}
    for helper_id, *way in _ways_of(found, usable=usable):
        found[helper_id].append(_way(*way))
    return {helper_id: tuple(ways) for helper_id, ways in found.items()}


@spelled
def _ways_of(helpers: Collection[int], *, usable: bool) -> QuerySet[Way, tuple[Any, ...]]:
    ways = Way.objects.filter(USABLE_WAYS if usable else Q(unreachable_since__isnull=True), helper__in=helpers)
    return ways.order_by("position").values_list("helper_id", *_OF_A_WAY)


def ways_at(carrier: str, address: str) -> list[tuple[int, int]]:
    """The ways of this carrier that lead to this address, as (helper, way): a number may be shared.

    Each address is opened and compared, so this is for rare occasions.
    """
    rows = Way.objects.filter(carrier=carrier).order_by("pk")
    return [(row.helper_id, row.pk) for row in rows if opened(ADDRESS, row.address_sealed) == address]


def way_by_id(way_id: int) -> tuple[int, WayFacts]:
    """Whose way this is, and the way itself, usable or not: what does not work may be tried. Raises NoSuchWay."""
    rows = Way.objects.filter(pk=way_id, helper__removed_at__isnull=True)
    row = rows.values_list("helper_id", *_OF_A_WAY).first()
    if row is None:
        raise NoSuchWay(way_id)
    helper, *way = row
    return helper, _way(*way)


_OF_A_WAY = ("pk", "carrier", "address_sealed", "position", "helper__languages")


def _way(pk: int, carrier: str, sealed: bytes | memoryview, position: int, languages: Sequence[str]) -> WayFacts:
    return WayFacts(pk, carrier, address=opened(ADDRESS, sealed), position=position, language=_spoken(languages))


def shown_to_caller(
    helper_id: int,
    *,
    agency: str | None,
    role: Kind | None = None,
    told: Collection[str] = (),
    service: str = UNKNOWN,
) -> HelperShown:
    """What a caller sees of the helper who answered. `agency` is what the caller typed as their own, if anything.

    `role` is the role in which they were asked, where they have several; `told` what the caller chose to show, and
    `service` the kind of work they said. Raises NoSuchHelper.
    """
    row = _row(helper_id)
    kinds = kinds_of_row(row)
    role = role if role in kinds else next(kind for kind in _ROLES if kind in kinds)
    certified_since, licence = shown_of_credentials(row, role, today=today_in(_zone(row), clock.now()))
    return HelperShown(
        role=role,
        display_name=row.display_name,
        same_agency=_is_same_agency(row, agency),
        sworn=row.sworn,
        shares=tuple(str(SHARED_GROUND[share["what"]].label) for share in row.shares if share["shown"]),
        certified_since=certified_since,
        team_number=opened(TEAM_NUMBER, row.team_number_sealed) or None,
        licence=licence,
        in_common=_why_for_the_caller(row, told, service),
    )


def in_common(helper_id: int, told: Collection[str]) -> tuple[str, ...]:
    """What a helper shares of what a caller chose to show, in sentences, for that helper: why it may be them.

    A helper's share "for matching only" is known to the helper, so it counts; the caller is not told of it.
    """
    shares = Helper.objects.filter(pk=helper_id).values_list("shares", flat=True).first() if told else None
    both = {share["what"] for share in shares or ()}.intersection(told)
    return tuple(str(common.both) for what, common in SHARED_GROUND.items() if what in both)


def _why_for_the_caller(row: Helper, told: Collection[str], service: str) -> tuple[str, ...]:
    """The sentences why it may be them. Nothing that the helper keeps for matching only, or to themselves."""
    both = {share["what"] for share in row.shares if share["shown"]}.intersection(told)
    if service in row.services and service not in {UNKNOWN, FAMILIES} and "service" not in row.about_the_job:
        both.add("service")
    return tuple(str(SHARED_GROUND[what].both) for what in sorted(both, key=_weightiest_first))


def _weightiest_first(what: str) -> tuple[int, str]:
    return -SHARED_GROUND[what].weight, what


def reachable_by(carriers: Collection[str]) -> set[int]:
    """The helpers who have a usable way by one of these carriers."""
    return set(Way.objects.filter(USABLE_WAYS, carrier__in=carriers).values_list("helper_id", flat=True))


def export_roster(form: Form = Form.TOML) -> str:
    """The whole roster as a file of this form, ready to be imported again. Holds names and numbers."""
    return write_in(form, roster_rows())


def roster_rows() -> RosterRows:
    """The whole roster as plain rows."""
    return rows_kept()


def _zone(row: Helper) -> ZoneInfo:
    return ZoneInfo(row.time_zone or (row.agency.time_zone if row.agency else "") or team().time_zone)


def _row(helper_id: int) -> Helper:
    row = Helper.with_the_house.select_related("agency").filter(pk=helper_id).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return row


def _chosen(helpers: QuerySet[Helper], ids: Collection[int] | None) -> QuerySet[Helper]:
    """These helpers, in the order in which they joined. Many ids are not named in the query: databases bound them."""
    few = helpers.filter(pk__in=ids) if ids is not None and len(ids) <= A_FEW else helpers
    return few.order_by("pk")


def _not_stopped() -> QuerySet[Helper]:
    return Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True)


def _without(helpers: QuerySet[Helper], busy: Collection[int]) -> QuerySet[Helper]:
    """Many ids are not named in the query; whoever asks leaves them out then."""
    return helpers.exclude(pk__in=busy) if 0 < len(busy) <= A_FEW else helpers


def _is_same_agency(row: Helper, typed: str | None) -> bool | None:
    """Yes, no, or None where it cannot be told for sure: then nothing is claimed."""
    if row.independent:
        return False
    if row.agency is None or not typed or not typed.strip() or names_no_agency(typed):
        return None
    answer = same_agency(typed, (row.agency.name, *row.agency.aliases))
    return None if answer is Same.MAYBE else answer is Same.YES
