"""What a coordinator may ask about the people of the roster. Never a night: no last talk, no short rest, no hours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from stepitup.ground.vocabulary import Kind
from stepitup.roster.errors import NoSuchHelper
from stepitup.roster.keeping.kept import Kept, Post
from stepitup.roster.models import Agency, Helper, Oversight, Way
from stepitup.roster.reading import FULL_NAME, USABLE_WAYS, kinds_of_row, opened

# A rest of hours begins after a hard night; only one of days is told.
A_LONG_REST: Final = timedelta(days=3)


@dataclass(frozen=True)
class Listed:
    """One helper in the list, and on top of their own sheet."""

    id: int
    name: str
    kinds: frozenset[Kind]
    agency: int | None
    agency_name: str
    unit: str
    is_suspended: bool
    is_reachable: bool
    off_until: datetime | None


def people(*, agency: int | None = None, named: str = "", besides: Collection[int] = ()) -> QuerySet[Helper]:
    """Everybody on the roster, or one agency's people, or those whose name or unit holds a word; by name."""
    rows = Helper.objects.filter(removed_at__isnull=True).exclude(pk__in=besides)
    if agency is not None:
        rows = rows.filter(agency=agency)
    for word in named.split():
        rows = rows.filter(Q(display_name__icontains=word) | Q(unit__icontains=word) | Q(agency__name__icontains=word))
    return rows.order_by("display_name", "pk")


def listed(now: datetime, rows: Collection[Helper], *, by: Collection[str]) -> list[Listed]:
    """These helpers as the list shows them; `by` names the carriers that count as reaching somebody."""
    ids = [row.pk for row in rows]
    reached = set(Helper.objects.filter(_is_reached(by), pk__in=ids).values_list("pk", flat=True))
    names = dict(Agency.objects.filter(pk__in={row.agency_id for row in rows}).values_list("pk", "name"))
    return [
        Listed(
            row.pk,
            row.display_name,
            kinds_of_row(row),
            row.agency_id,
            names.get(row.agency_id or 0, ""),
            row.unit,
            is_suspended=row.suspended_at is not None,
            is_reachable=row.pk in reached,
            off_until=row.off_until if row.off_until and row.off_until > now + A_LONG_REST else None,
        )
        for row in rows
    ]


def unreachable(*, agency: int | None = None, by: Collection[str]) -> list[tuple[int, str]]:
    """Whoever is on the roster, not suspended, and has no way that works: number and name."""
    rows = people(agency=agency).filter(~_is_reached(by), suspended_at__isnull=True)
    return list(rows.values_list("pk", "display_name"))


def reached_only(*, agency: int | None = None, by: Collection[str], of: Collection[str]) -> list[tuple[int, str]]:
    """Whoever is on the roster, not suspended, and whose ways that work all go by these carriers of the house's."""
    rows = people(agency=agency).filter(_is_reached(by), suspended_at__isnull=True)
    others = [carrier for carrier in of if carrier not in by]
    return list(rows.filter(~_is_reached(others)).values_list("pk", "display_name"))


def kept(helper_id: int) -> Kept:
    """The coordinator's part of one helper. Raises NoSuchHelper."""
    row = Helper.objects.filter(pk=helper_id, removed_at__isnull=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return kept_of(row)


def kept_of(row: Helper) -> Kept:
    """The same, of a row."""
    posts = Oversight.objects.filter(helper=row).order_by("agency_id", "unit").values_list("agency_id", "unit")
    return Kept(
        display_name=row.display_name,
        kinds=tuple(kind for kind in Kind if kind in kinds_of_row(row)),
        full_name=opened(FULL_NAME, row.full_name_sealed),
        agency=row.agency_id,
        unit=row.unit,
        rank_band=row.rank_band,
        sworn=row.sworn,
        services=tuple(row.services),
        state=row.state,
        internal_affairs=row.internal_affairs,
        supervises=tuple(Post(agency, unit) for agency, unit in posts),
    )


def agencies() -> dict[int, str]:
    """Every agency by its number, sorted by name."""
    return dict(Agency.objects.order_by("name").values_list("pk", "name"))


def agency_called(name: str) -> int | None:
    """The agency with this name, key or other name, however it is written large and small."""
    wanted = " ".join(name.split()).casefold()
    for row in Agency.objects.all():
        if wanted in {row.key.casefold(), row.name.casefold(), *(alias.casefold() for alias in row.aliases)}:
            return row.pk
    return None


def _is_reached(by: Collection[str]) -> Exists:
    """Has a helper a way that works, by one of these carriers?"""
    return Exists(Way.objects.filter(USABLE_WAYS, carrier__in=by, helper=OuterRef("pk")))
