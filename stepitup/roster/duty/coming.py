"""The coming fourteen days: where nobody would be there. For the coordinator's screen, the daily mail and the desk."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from stepitup.ground.vocabulary import Kind
from stepitup.roster.duty.gaps import Gap, There, gaps_among
from stepitup.roster.duty.spans import Span, Spans
from stepitup.roster.fitness import Standing, fit_spans
from stepitup.roster.models import Helper
from stepitup.roster.reading import standings

LOOKED_AHEAD: Final = timedelta(days=14)
_AN_HOUR: Final = timedelta(hours=1)


def coming_gaps(now: datetime, *, by: Collection[str] | None = None) -> tuple[Gap, ...]:
    """The gaps from the next full hour on, for fourteen days. `by` names the carriers that count; all without it.

    Full hours at the beginning: a gap that begins "now" because somebody has just gone to rest would name that moment.
    """
    start = now.replace(minute=0, second=0, microsecond=0) + _AN_HOUR
    whole = Span(start, start + LOOKED_AHEAD)
    here = Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True)
    known: dict[tuple[object, ...], Spans] = {}
    team = [
        There(frozenset({kind}), row.state, _when(row.standing, whole, kind, known))
        for row in standings(here, whole, by=by)
        for kind in row.standing.kinds
    ]
    return gaps_among(team, whole)


def _when(standing: Standing, whole: Span, kind: Kind, known: dict[tuple[object, ...], Spans]) -> Spans:
    """Thousands share a few patterns: what decides for one decides for all who have the same."""
    key = (
        id(standing.duty) if not standing.duty.overrides else standing.duty,
        id(standing.quiet),
        standing.kinds,
        standing.held,
        kind,
        standing.off_until,
        standing.has_usable_way,
    )
    if key not in known:
        known[key] = fit_spans(standing, whole.start, whole.end, kind)
    return known[key]
