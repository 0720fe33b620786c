"""What decides whether helpers may be paged, of thousands at once: for the week's check, drills and the days ahead.

A press asks about a few (turns.py). Here a row that was read before is known again by all that stands in it.
"""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet

from stepitup.ground.raw_rows import Remembered, raw_rows
from stepitup.ground.team import team
from stepitup.roster.duty import Override, Span
from stepitup.roster.duty.changed import overrides_within
from stepitup.roster.models import Helper
from stepitup.roster.reading import StandingRow, changed_by, standing_columns, standings_from, usable_ways

_KNOWN = Remembered[StandingRow]()  # for each zone of the house


def standings(
    helpers: QuerySet[Helper],
    when: Span,
    *,
    by: Collection[str] | None = None,
    ids: Collection[int] | None = None,
) -> list[StandingRow]:
    """What decides whether these helpers may be paged in this span, by any carrier or by one of these: two queries.

    `ids` are their numbers, where they are known: then nobody else's changes of duty are read.
    """
    changed, known = overrides_within(when, ids), _KNOWN.of(team().time_zone)
    rows, converted = raw_rows(standing_columns(helpers, usable_ways(by)))
    found: dict[int, StandingRow] = {}
    for raw in rows:
        row = known.get(raw)
        if row is None:
            row = known[raw] = standings_from([converted(raw)], {})[0]
        # Somebody with two credentials comes twice.
        found[row.pk] = _who_holds_both(found[row.pk], row) if row.pk in found else row
    for pk in changed.keys() & found.keys():
        found[pk] = _on_other_duty(found[pk], changed[pk])
    return list(found.values())


def _who_holds_both(row: StandingRow, other: StandingRow) -> StandingRow:
    return row._replace(standing=replace(row.standing, held=(*row.standing.held, *other.standing.held)))


def _on_other_duty(row: StandingRow, changes: tuple[Override, ...]) -> StandingRow:
    return row._replace(standing=replace(row.standing, duty=changed_by(row.standing.duty, changes)))
