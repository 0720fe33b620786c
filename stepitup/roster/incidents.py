"""Incidents: who was there, who investigates. Kept by the coordinator under a short word; nothing of a caller."""

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

from stepitup.roster.agency_names import Same, same_unit
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.models import AtIncident

KEPT_AT_MOST: Final = timedelta(days=3 * 366)  # courts and boards take their time; nothing here needs longer
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def is_key(word: str) -> bool:
    """Is this a short word for an incident?"""
    return bool(_KEY.fullmatch(word))


class Days(NamedTuple):
    """The days of incidents at which somebody was, and of those that they investigate."""

    was_at: frozenset[date] = frozenset()
    investigates: frozenset[date] = frozenset()


_NONE: Final = Days()
_Named = dict[int, set[tuple[bool, date]]]


class DaysOfIncidents:
    """All that is written down, ready to be asked about many helpers."""

    def __init__(self, by_helper: _Named, by_agency: dict[int, set[tuple[str, bool, date]]]) -> None:
        self._by_helper, self._by_agency = by_helper, by_agency

    def of(self, *, helper: int, agency: int | None, unit: str) -> Days:
        """The days of one helper: by name, and by unit. A unit that is not known, or may be the one, counts."""
        if not self._by_helper and not self._by_agency:
            return _NONE
        found = set(self._by_helper.get(helper, ()))
        for named, probes, day in self._by_agency.get(agency, ()) if agency else ():
            if named == WHOLE_AGENCY or not unit or same_unit(unit, named) is not Same.NO:
                found.add((probes, day))
        if not found:
            return _NONE
        return Days(
            frozenset(day for probes, day in found if not probes), frozenset(day for probes, day in found if probes)
        )


def days_of_incidents() -> DaysOfIncidents:
    """Every incident that is written down: one query."""
    by_helper: _Named = defaultdict(set)
    by_agency: dict[int, set[tuple[str, bool, date]]] = defaultdict(set)
    columns = ("helper_id", "agency_id", "unit", "investigates", "incident__happened_on")
    for helper, agency, unit, probes, day in AtIncident.objects.values_list(*columns):
        if helper:
            by_helper[helper].add((probes, day))
        if agency:
            by_agency[agency].add((unit, probes, day))
    return DaysOfIncidents(by_helper, by_agency)
