"""Credentials and incidents between rows and tables: what the roster file says of them, kept and drawn again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields

from django.db.models import Q

from stepitup.ground.seal import seal
from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.file.rows import HelperRow, IncidentRow, PostRow
from stepitup.roster.models import Agency, AtIncident, Credential, Helper, Incident
from stepitup.roster.reading import CREDENTIAL_NUMBER, NPI, opened

_AT_ONCE = 200
_EVERYBODY = Q()
_PLAIN = tuple(field.name for field in fields(CredentialRow) if field.name not in {"number", "npi"})


def credentials_kept(theirs: Q = _EVERYBODY) -> dict[int, list[tuple[Credential, CredentialRow]]]:
    """For each helper their credentials, as they are kept and as plain rows."""
    found: dict[int, list[tuple[Credential, CredentialRow]]] = defaultdict(list)
    for one in Credential.objects.filter(theirs).order_by("pk"):
        found[one.helper_id].append((one, credential_row(one)))
    return found


def credential_row(one: Credential) -> CredentialRow:
    """The plain row of one credential."""
    plain = {name: getattr(one, name) for name in _PLAIN}
    number, npi = opened(CREDENTIAL_NUMBER, one.number_sealed), opened(NPI, one.npi_sealed)
    return CredentialRow(**plain, number=number, npi=npi)


def filled(one: Credential, row: CredentialRow) -> Credential:
    """The same record with what the row says; nothing is written yet."""
    for name in _PLAIN:
        setattr(one, name, getattr(row, name))
    one.number_sealed = seal(CREDENTIAL_NUMBER, row.number) if row.number else None
    one.npi_sealed = seal(NPI, row.npi) if row.npi else None
    return one


def _of(rows: Sequence[HelperRow]) -> Q:
    """What belongs to these helpers. Many keys are not named in the query: databases bound them."""
    return Q(helper__key__in=[row.key for row in rows]) if len(rows) <= _AT_ONCE else _EVERYBODY


def write_credentials(rows: Sequence[HelperRow], *, ids: Mapping[str, int]) -> None:
    """Whoever's credentials are the same keeps them, with what is known of reminders; the others are written anew."""
    kept, new, gone = credentials_kept(_of(rows)), list[Credential](), list[int]()
    for row in rows:
        before = kept.get(ids[row.key], [])
        if tuple(said for _one, said in before) == row.credentials:
            continue
        gone += [one.pk for one, _said in before]
        new += [filled(Credential(helper_id=ids[row.key]), said) for said in row.credentials]
    for start in range(0, len(gone), _AT_ONCE):
        Credential.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    Credential.objects.bulk_create(new, batch_size=_AT_ONCE // 4)


def incidents_kept(keys: Collection[str] | None = None) -> tuple[IncidentRow, ...]:
    """Every incident, or those with these keys, with the keys of who was there and who investigates."""
    these = Incident.objects.order_by("key") if keys is None else Incident.objects.filter(key__in=keys).order_by("key")
    there: dict[int, list[AtIncident]] = defaultdict(list)
    people = AtIncident.objects.all() if keys is None else AtIncident.objects.filter(incident__key__in=keys)
    for one in people.select_related("helper", "agency").order_by("pk"):
        there[one.incident_id].append(one)
    return tuple(_incident_row(one, there[one.pk]) for one in these)


def _incident_row(one: Incident, people: Iterable[AtIncident]) -> IncidentRow:
    named = list(people)
    were = [person for person in named if not person.investigates]
    probing = [person for person in named if person.investigates]
    return IncidentRow(
        key=one.key,
        happened_on=one.happened_on,
        delete_on=one.deleted_on,
        was_there=_helpers(were),
        investigated_by=_helpers(probing),
        units=_units(were),
        investigating_units=_units(probing),
    )


def _helpers(people: Iterable[AtIncident]) -> tuple[str, ...]:
    return tuple(one.helper.key for one in people if one.helper and one.helper.removed_at is None)


def _units(people: Iterable[AtIncident]) -> tuple[PostRow, ...]:
    return tuple(PostRow(one.agency.key, one.unit) for one in people if one.agency)


def write_incident(row: IncidentRow) -> None:
    """One incident and who is named with it, anew."""
    named = {*row.was_there, *row.investigated_by}
    helpers = dict(Helper.objects.filter(removed_at__isnull=True, key__in=named).values_list("key", "pk"))
    agencies = dict(Agency.objects.values_list("key", "pk"))
    days = {"happened_on": row.happened_on, "deleted_on": row.delete_on}
    one, _created = Incident.objects.update_or_create(key=row.key, defaults=days)
    AtIncident.objects.filter(incident=one).delete()
    people = [(row.was_there, row.units, False), (row.investigated_by, row.investigating_units, True)]
    AtIncident.objects.bulk_create(
        [
            *(
                AtIncident(incident=one, investigates=probes, helper_id=helpers[key])
                for keys, _posts, probes in people
                for key in keys
            ),
            *(
                AtIncident(incident=one, investigates=probes, agency_id=agencies[post.agency], unit=post.unit)
                for _keys, posts, probes in people
                for post in posts
            ),
        ],
        batch_size=_AT_ONCE,
    )
