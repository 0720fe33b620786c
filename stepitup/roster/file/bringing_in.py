"""Bringing a roster file in: all of it or nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from stepitup.ground.seal import seal
from stepitup.roster.file.more_kept import write_credentials, write_incident
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import AgencyRow, HelperRow, Report, RosterRows, WayRow
from stepitup.roster.file.rows_kept import rows_kept
from stepitup.roster.models import Agency, Helper, NeverPair, Oversight, Related, Way
from stepitup.roster.reading import ADDRESS, FULL_NAME, RELATIVE, TEAM_NUMBER, opened
from stepitup.roster.shared_ground import ABOUT_THE_JOB, FOR_MATCHING, NOT_AT_ALL

_T = TypeVar("_T")
_AT_ONCE = 200  # rows in one statement: SQLite bounds the number of values

_WRITTEN = [field.name for field in Helper._meta.fields if field.name not in {"id", "key", "last_talk_on"}]


def import_roster(now: datetime, text: str | bytes, *, dry_run: bool = False, remove_missing: bool = False) -> Report:
    """Read a roster file and bring it in. With any mistake nothing is imported, and all mistakes are told.

    A large file is better read first, with `read_roster`, so that no press waits for the reading; then `bring_in`.
    """
    wanted, mistakes = read_roster(text, now)
    if mistakes:
        return Report(mistakes=mistakes, dry_run=dry_run)
    return bring_in(now, wanted, dry_run=dry_run, remove_missing=remove_missing)


def bring_in(
    now: datetime,
    wanted: RosterRows,
    *,
    dry_run: bool = False,
    remove_missing: bool = False,
    among: Collection[str] | None = None,
) -> Report:
    """Make the roster what the file says, and report what changed.

    1. Compare each helper, by key, with what is kept; write those that are new or changed.
    2. Helpers whom the file does not name stay as they are and are told; with `remove_missing` they are taken off.

    What the file does not say about a suspension or a rest stays: an older file cannot lift either by accident.
    With `among` it is as if only helpers with these keys were on the roster: for one part of a large file (parts.py).
    """
    kept = rows_kept(among, incidents=None if among is None else {row.key for row in wanted.incidents})
    before = {row.key: row for row in kept.helpers}
    rows = [_with_what_stays(row, before.get(row.key)) for row in wanted.helpers]
    added = [row for row in rows if row.key not in before]
    changed = [row for row in rows if row.key in before and row != before[row.key]]
    missing = tuple(sorted(before.keys() - {row.key for row in rows}))
    agencies = tuple(row for row in wanted.agencies if row not in kept.agencies)
    incidents = tuple(row for row in wanted.incidents if row not in kept.incidents)
    if not dry_run:
        _write(now, RosterRows(agencies, (*added, *changed)))
        for incident in incidents:
            write_incident(incident)
        if remove_missing:
            for keys in _in_slices(missing):
                Helper.objects.filter(key__in=keys).update(removed_at=now)
    return Report(
        added=tuple(row.key for row in added),
        changed=tuple(row.key for row in changed),
        unchanged=len(rows) - len(added) - len(changed),
        removed=missing if remove_missing else (),
        not_in_file=() if remove_missing else missing,
        agencies=tuple(row.key for row in agencies),
        incidents=tuple(row.key for row in incidents),
        dry_run=dry_run,
    )


def _with_what_stays(row: HelperRow, before: HelperRow | None) -> HelperRow:
    """The row with kinds in their usual order, and what the file leaves open taken from what is kept.

    A way that was tried stays tried: an older file cannot take that back.
    """
    usual = tuple(kind for kind in ("peer", "chaplain", "clinician", "coordinator") if kind in row.kinds)
    suspended = (before.suspended if before else None) if row.suspended is None else row.suspended or None
    off_until = row.off_until or (before.off_until if before else None)
    tried = {(way.carrier, way.address): way.confirmed for way in before.ways} if before else {}
    ways = tuple(replace(way, confirmed=way.confirmed or tried.get((way.carrier, way.address))) for way in row.ways)
    return replace(row, kinds=usual, suspended=suspended, off_until=off_until, ways=ways)


def _write(now: datetime, rows: RosterRows) -> None:
    _write_agencies(rows.agencies)
    agencies = {agency.key: agency.pk for agency in Agency.objects.all()}
    # Somebody who was taken off and comes back keeps their row: a call of this night may still point at it.
    named = [row.key for row in rows.helpers]
    everybody = Helper.objects.all()
    theirs = everybody.filter(key__in=named) if len(named) <= _AT_ONCE else everybody
    old = {row.key: row for row in theirs}
    filled = [_fill(old.get(row.key) or Helper(key=row.key), row, agencies=agencies, now=now) for row in rows.helpers]
    for one in filled:
        one.pk = None  # known by its key: whoever is there keeps their number
    # `bulk_update` would take five times as long, and hold every press meanwhile.
    Helper.objects.bulk_create(
        filled, batch_size=_AT_ONCE, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN
    )
    ids = dict(theirs.all().values_list("key", "pk"))
    _write_oversight(rows.helpers, ids=ids, agencies=agencies)
    _write_never_pairs(rows.helpers, ids=ids, agencies=agencies)
    _write_related(rows.helpers, ids=ids)
    _write_ways(rows.helpers, ids=ids)
    write_credentials(rows.helpers, ids=ids)


def _write_agencies(rows: Iterable[AgencyRow]) -> None:
    Agency.objects.bulk_create(
        [
            Agency(
                key=row.key,
                name=row.name,
                aliases=list(row.also),
                state=row.state,
                time_zone=row.time_zone,
                address_words=list(row.address_words),
            )
            for row in rows
        ],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "aliases", "state", "time_zone", "address_words"],
    )


def _fill(helper: Helper, row: HelperRow, *, agencies: dict[str, int], now: datetime) -> Helper:
    helper.removed_at = None
    helper.display_name = row.display_name
    helper.full_name_sealed = _sealed(FULL_NAME, row.full_name)
    helper.agency_id = agencies[row.agency] if row.agency else None
    helper.independent = row.independent
    helper.unit, helper.rank_band = row.unit, row.rank_band
    helper.sworn, helper.years = row.sworn, row.years
    helper.services, helper.state, helper.languages = list(row.services), row.state, list(row.languages)
    shown = [{"what": what, "shown": True} for what in row.shares_shown]
    lived = [what for what in row.shares_for_matching if what not in ABOUT_THE_JOB]
    helper.shares = shown + [{"what": what, "shown": False} for what in lived]
    helper.is_peer, helper.is_chaplain = "peer" in row.kinds, "chaplain" in row.kinds
    helper.is_clinician, helper.is_coordinator = "clinician" in row.kinds, "coordinator" in row.kinds
    helper.internal_affairs = row.internal_affairs
    matched = {what: FOR_MATCHING for what in row.shares_for_matching if what in ABOUT_THE_JOB}
    helper.about_the_job = matched | dict.fromkeys(row.shares_not_at_all, NOT_AT_ALL)
    helper.suspended_at = (helper.suspended_at or now) if row.suspended else None
    helper.quiet, helper.pages_in_a_row = list(row.quiet), row.pages_in_a_row
    helper.off_until, helper.duty, helper.time_zone = row.off_until, list(row.duty), row.time_zone
    helper.team_number_sealed = _sealed(TEAM_NUMBER, row.team_number)
    return helper


def _sealed(purpose: str, text: str) -> bytes | None:
    return seal(purpose, text) if text else None


def _write_oversight(rows: Sequence[HelperRow], *, ids: dict[str, int], agencies: dict[str, int]) -> None:
    _clear(Oversight, rows, ids)
    Oversight.objects.bulk_create(
        [
            Oversight(helper_id=ids[row.key], agency_id=agencies[post.agency], unit=post.unit)
            for row in rows
            for post in row.supervises
        ],
        batch_size=_AT_ONCE,
    )


def _write_never_pairs(rows: Sequence[HelperRow], *, ids: dict[str, int], agencies: dict[str, int]) -> None:
    _clear(NeverPair, rows, ids)
    NeverPair.objects.bulk_create(
        [
            NeverPair(helper_id=ids[row.key], agency_id=agencies[post.agency], unit=post.unit)
            for row in rows
            for post in row.never_for
        ],
        batch_size=_AT_ONCE,
    )


def _write_related(rows: Sequence[HelperRow], *, ids: dict[str, int]) -> None:
    _clear(Related, rows, ids)
    new = [Related(helper_id=ids[row.key], name_sealed=seal(RELATIVE, name)) for row in rows for name in row.related_to]
    Related.objects.bulk_create(new, batch_size=_AT_ONCE)


def _write_ways(rows: Sequence[HelperRow], *, ids: dict[str, int]) -> None:
    """Write the ways anew. A way with the same address keeps its number and what is known: confirmed, out of order."""
    helpers = [ids[row.key] for row in rows]
    before = {}
    for one in _in_slices(helpers):
        for way in Way.objects.filter(helper__in=one):
            before[way.helper_id, way.carrier, opened(ADDRESS, way.address_sealed)] = way
    _clear(Way, rows, ids)
    Way.objects.bulk_create(
        [_way(ids[row.key], position, way, before) for row in rows for position, way in enumerate(row.ways)],
        batch_size=_AT_ONCE,
    )


def _way(helper_id: int, position: int, row: WayRow, before: dict[tuple[int, str, str], Way]) -> Way:
    way = before.get((helper_id, row.carrier, row.address)) or Way(
        helper_id=helper_id, carrier=row.carrier, address_sealed=seal(ADDRESS, row.address)
    )
    way.position, way.employer_owned, way.confirmed_on = position, row.employer_owned, row.confirmed
    return way


def _clear(
    table: "type[Oversight | NeverPair | Related | Way]", rows: Sequence[HelperRow], ids: dict[str, int]
) -> None:
    for one in _in_slices([ids[row.key] for row in rows]):
        table._default_manager.filter(helper__in=one).delete()


def _in_slices(ids: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
