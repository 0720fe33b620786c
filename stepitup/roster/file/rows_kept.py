"""The roster as it stands in the database, as plain rows: what an export writes and an import compares with."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.file.more_kept import credentials_kept, incidents_kept
from stepitup.roster.file.rows import AgencyRow, HelperRow, PostRow, RosterRows, WayRow
from stepitup.roster.models import Agency, Helper, NeverPair, Oversight, Related, Way
from stepitup.roster.reading import ADDRESS, FULL_NAME, RELATIVE, TEAM_NUMBER, opened
from stepitup.roster.shared_ground import ABOUT_THE_JOB, FOR_MATCHING, NOT_AT_ALL

_KINDS = (
    ("peer", "is_peer"),
    ("chaplain", "is_chaplain"),
    ("clinician", "is_clinician"),
    ("coordinator", "is_coordinator"),
)


def rows_kept(among: Collection[str] | None = None, *, incidents: Collection[str] | None = None) -> RosterRows:
    """Everybody on the roster, or those with these keys, all agencies, and all incidents or these: nine queries."""
    theirs = Q() if among is None else Q(helper__key__in=among)
    agencies = {agency.pk: agency for agency in Agency.objects.order_by("key")}
    supervises = _posts(Oversight.objects.filter(theirs).order_by("pk"), agencies)
    never_for = _posts(NeverPair.objects.filter(theirs).order_by("pk"), agencies)
    ways, related, credentials = _ways(theirs), _related(theirs), credentials_kept(theirs)
    helpers = Helper.objects.filter(removed_at__isnull=True) if among is None else _on_the_roster(among)
    return RosterRows(
        agencies=tuple(map(_agency_row, agencies.values())),
        helpers=tuple(
            _helper_row(
                row,
                agency=agencies[row.agency_id].key if row.agency_id else "",
                supervises=tuple(supervises[row.pk]),
                never_for=tuple(never_for[row.pk]),
                ways=tuple(ways[row.pk]),
                related_to=tuple(related[row.pk]),
                credentials=tuple(said for _one, said in credentials[row.pk]),
            )
            for row in helpers.order_by("key")
        ),
        incidents=incidents_kept(incidents),
    )


def _on_the_roster(keys: Collection[str]) -> QuerySet[Helper]:
    return Helper.objects.filter(removed_at__isnull=True, key__in=keys)


def _agency_row(row: Agency) -> AgencyRow:
    return AgencyRow(
        key=row.key,
        name=row.name,
        also=tuple(row.aliases),
        state=row.state,
        time_zone=row.time_zone,
        address_words=tuple(row.address_words),
    )


def _helper_row(
    row: Helper,
    *,
    agency: str,
    supervises: tuple[PostRow, ...],
    never_for: tuple[PostRow, ...],
    ways: tuple[WayRow, ...],
    related_to: tuple[str, ...],
    credentials: tuple[CredentialRow, ...],
) -> HelperRow:
    return HelperRow(
        key=row.key,
        display_name=row.display_name,
        kinds=tuple(kind for kind, flag in _KINDS if getattr(row, flag)),
        full_name=opened(FULL_NAME, row.full_name_sealed),
        agency=agency,
        independent=row.independent,
        unit=row.unit,
        rank_band=row.rank_band,
        sworn=row.sworn,
        years=row.years,
        services=tuple(row.services),
        state=row.state,
        languages=tuple(row.languages),
        shares_shown=tuple(share["what"] for share in row.shares if share["shown"]),
        shares_for_matching=(
            *(share["what"] for share in row.shares if not share["shown"]),
            *(what for what in ABOUT_THE_JOB if row.about_the_job.get(what) == FOR_MATCHING),
        ),
        shares_not_at_all=tuple(what for what in ABOUT_THE_JOB if row.about_the_job.get(what) == NOT_AT_ALL),
        internal_affairs=row.internal_affairs,
        credentials=credentials,
        suspended=True if row.suspended_at else None,
        off_until=row.off_until,
        quiet=tuple(row.quiet),
        pages_in_a_row=row.pages_in_a_row,
        duty=tuple(row.duty),
        time_zone=row.time_zone,
        team_number=opened(TEAM_NUMBER, row.team_number_sealed),
        related_to=related_to,
        supervises=supervises,
        never_for=never_for,
        ways=ways,
    )


def _posts(rows: "Iterable[Oversight] | Iterable[NeverPair]", agencies: dict[int, Agency]) -> dict[int, list[PostRow]]:
    found: dict[int, list[PostRow]] = defaultdict(list)
    for row in rows:
        found[row.helper_id].append(PostRow(agency=agencies[row.agency_id].key, unit=row.unit))
    return found


def _ways(theirs: Q) -> dict[int, list[WayRow]]:
    found: dict[int, list[WayRow]] = defaultdict(list)
    for row in Way.objects.filter(theirs).order_by("position"):
        address = opened(ADDRESS, row.address_sealed)
        way = WayRow(row.carrier, address, employer_owned=row.employer_owned, confirmed=row.confirmed_on)
        found[row.helper_id].append(way)
    return found


def _related(theirs: Q) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in Related.objects.filter(theirs).order_by("pk"):
        found[row.helper_id].append(opened(RELATIVE, row.name_sealed))
    return found
