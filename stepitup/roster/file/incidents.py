"""Reading one `[[incident]]`: a short word, two days, who was there and who investigates."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.file.rows import AgencyRow, IncidentRow, PostRow
from stepitup.roster.file.tables import Table
from stepitup.roster.incidents import KEPT_AT_MOST, is_key


def read_incident(table: Table, helpers: Collection[str], agencies: Mapping[str, AgencyRow]) -> IncidentRow | None:
    """One incident, or None with its mistakes noted."""
    key = table.text("key", longest=60, needed=True)
    if key and not is_key(key):
        table.wrong("key", f"“{key}”: a key is small letters, digits, - and _, and names nobody, such as 2026-014")
    happened_on, delete_on = table.day("happened_on"), table.day("delete_on")
    for name, day in (("happened_on", happened_on), ("delete_on", delete_on)):
        if day is None:
            table.wrong(name, "is missing: a date such as 2027-05-31")
    was_there, probing = _people(table, "was_there", helpers), _people(table, "investigated_by", helpers)
    units, probing_units = _units(table, "units", agencies), _units(table, "investigating_units", agencies)
    table.done()
    if not (happened_on and delete_on):
        return None
    if not timedelta() < delete_on - happened_on <= KEPT_AT_MOST:
        table.wrong("delete_on", f"lies after happened_on, by at most {KEPT_AT_MOST.days} days")
    return IncidentRow(key, happened_on, delete_on, was_there, probing, units, probing_units)


def _people(table: Table, key: str, helpers: Collection[str]) -> tuple[str, ...]:
    people = table.texts(key, longest=60, most=500)
    for one in people:
        if one not in helpers:
            table.wrong(key, f"“{one[:60]}” is not the key of a [[helper]] in this file")
    return people


def _units(table: Table, key: str, agencies: Mapping[str, AgencyRow]) -> tuple[PostRow, ...]:
    posts = []
    for one in table.tables(key):
        agency = one.text("agency", longest=60, needed=True)
        if agency and agency not in agencies:
            one.wrong("agency", f"“{agency}” is not the key of an [[agency]] in this file")
        posts.append(PostRow(agency, one.text("unit", longest=80) or WHOLE_AGENCY))
        one.done()
    return tuple(dict.fromkeys(posts))
