"""From rows of the database to plain values: a few queries however large the team is.

Names are sealed at rest and needed in plain only to be compared with what a caller typed. Opening 5 000 seals for each
call would cost more than the matching itself, so the words are remembered in memory, by the seal they came from.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_stubs_ext import WithAnnotations

from stepitup.ground.seal import unseal
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.roster.facts import WHOLE_AGENCY, HelperFacts, Post, Share
from stepitup.roster.fitness import Standing
from stepitup.roster.models import Agency, Helper, NeverPair, Oversight, Related, Way
from stepitup.roster.person_names import tokens_of

FULL_NAME, RELATIVE, ADDRESS, TEAM_NUMBER = "full name", "relative", "address", "team number"
USABLE_WAYS = Q(unreachable_since__isnull=True)

_NOT_FOR_MATCHING = ("credential", "certified_since", "certified_until", "duty", "languages", "team_number_sealed")


def opened(purpose: str, sealed: bytes | memoryview | None) -> str:
    """The text that was sealed; empty where nothing was."""
    return "" if sealed is None else str(unseal(purpose, sealed))


class _ToldOfWays(TypedDict):
    has_usable_way: bool


def helpers_with_ways() -> "QuerySet[WithAnnotations[Helper, _ToldOfWays]]":
    """Every helper, each told whether any way of reaching them works."""
    usable = Way.objects.filter(USABLE_WAYS, helper=OuterRef("pk"))
    return Helper.objects.select_related("agency").annotate(has_usable_way=Exists(usable))


def roles_of(helper: Helper) -> frozenset[Kind]:
    """The roles in which somebody helps, in the order of the vocabulary."""
    return _kinds(helper.is_peer, helper.is_chaplain, helper.is_clinician, helper.is_coordinator)


def standing_of(helper: Helper, *, has_usable_way: bool) -> Standing:
    """What decides whether this helper may be paged."""
    return Standing(
        zone=zone_of(helper.time_zone or (helper.agency.time_zone if helper.agency else "") or team().time_zone),
        removed=helper.removed_at is not None,
        suspended=helper.suspended_at is not None,
        off_until=helper.off_until,
        credential=helper.credential,
        certified_since=helper.certified_since,
        certified_until=helper.certified_until,
        duty=helper.duty,
        has_usable_way=has_usable_way,
    )


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The zone with this name."""
    return ZoneInfo(name)


def rested_since(helper: Helper) -> datetime | None:
    """The day of the last talk, as a moment. The hour is not kept: it would name a night."""
    return datetime.combine(helper.last_talk_on, time(), tzinfo=UTC) if helper.last_talk_on else None


def facts_of(helpers: Iterable[Helper]) -> list[HelperFacts]:
    """What matching knows of these helpers: four queries, however many they are."""
    rows = list(helpers)
    ids = [row.pk for row in rows] if len(rows) < 500 else None
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    supervises = _posts(Oversight.objects.all(), ids, agencies)
    never_for = _posts(NeverPair.objects.all(), ids, agencies)
    related = _related(ids)
    return [
        HelperFacts(
            id=row.pk,
            kinds=roles_of(row),
            display_name=row.display_name,
            agency=row.agency_id,
            agency_name=agencies[row.agency_id].name if row.agency_id else "",
            agency_aliases=tuple(agencies[row.agency_id].aliases) if row.agency_id else (),
            agency_state=agencies[row.agency_id].state if row.agency_id else "unknown",
            independent=row.independent,
            unit=row.unit,
            rank_band=row.rank_band,
            sworn=row.sworn,
            years=row.years,
            services=frozenset(row.services),
            state=row.state,
            shares=tuple(Share(share["what"], share["shown"]) for share in row.shares),
            name_tokens=_name_tokens(row.display_name, _still(row.full_name_sealed)),
            related_tokens=related.get(row.pk, frozenset()),
            internal_affairs=row.internal_affairs,
            supervises=supervises.get(row.pk, frozenset()),
            never_for=never_for.get(row.pk, frozenset()),
            last_talk_at=rested_since(row),
        )
        for row in rows
    ]


def on_the_roster() -> QuerySet[Helper]:
    """Everybody who was not taken off, without the columns that matching has no use for."""
    return Helper.objects.filter(removed_at__isnull=True).order_by("pk").defer(*_NOT_FOR_MATCHING)


@lru_cache(maxsize=16)
def _kinds(*flags: bool) -> frozenset[Kind]:
    order = (Kind.PEER, Kind.CHAPLAIN, Kind.CLINICIAN, Kind.COORDINATOR)
    return frozenset(kind for kind, flag in zip(order, flags, strict=True) if flag)


def _posts(
    rows: "QuerySet[Oversight] | QuerySet[NeverPair]", ids: list[int] | None, agencies: dict[int, Agency]
) -> dict[int, frozenset[Post]]:
    """For each helper their posts, once for each name of the agency, so that any way of writing it is found."""
    found: dict[int, set[Post]] = defaultdict(set)
    chosen = rows if ids is None else rows.filter(helper__in=ids)
    for helper, agency, unit in chosen.values_list("helper_id", "agency_id", "unit"):
        names = (agencies[agency].name, *agencies[agency].aliases)
        found[helper].update((name, unit or WHOLE_AGENCY) for name in names)
    return {helper: frozenset(posts) for helper, posts in found.items()}


def _related(ids: list[int] | None) -> dict[int, frozenset[str]]:
    rows = Related.objects.all() if ids is None else Related.objects.filter(helper__in=ids)
    found: dict[int, set[str]] = defaultdict(set)
    for helper, sealed in rows.values_list("helper_id", "name_sealed"):
        found[helper] |= _relative_tokens(bytes(sealed))
    return {helper: frozenset(tokens) for helper, tokens in found.items()}


def _still(sealed: bytes | memoryview | None) -> bytes | None:
    return None if sealed is None else bytes(sealed)


@lru_cache(maxsize=100_000)
def _name_tokens(display_name: str, sealed: bytes | None) -> frozenset[str]:
    return tokens_of(display_name=display_name, full_name=opened(FULL_NAME, sealed))


@lru_cache(maxsize=100_000)
def _relative_tokens(sealed: bytes) -> frozenset[str]:
    return tokens_of(display_name="", full_name=opened(RELATIVE, sealed))
