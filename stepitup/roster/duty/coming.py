"""The days ahead: who may be paged when, and where nobody would be. For screens, letters and the desk."""

from collections.abc import Collection, Hashable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from stepitup.ground.vocabulary import Kind
from stepitup.roster.duty.gaps import Gap, There, gaps_among
from stepitup.roster.duty.spans import Span, Spans, together
from stepitup.roster.everybody import standings
from stepitup.roster.fitness import Standing, certified_spans, fit_spans
from stepitup.roster.models import Helper

LOOKED_AHEAD: Final = timedelta(days=14)
_AN_HOUR: Final = timedelta(hours=1)
_ALL_OF_IT: Final = "all of it"


def coming_gaps(now: datetime, *, by: Collection[str] | None = None) -> tuple[Gap, ...]:
    """The gaps from the next full hour on, for fourteen days. `by` names the carriers that count; all without it.

    Full hours at the beginning: a gap that begins "now" because somebody has just gone to rest would name that moment.
    """
    start = now.replace(minute=0, second=0, microsecond=0) + _AN_HOUR
    whole = Span(start, start + LOOKED_AHEAD)
    return gaps_of([(row.state, row.standing) for row in standings(_here(), whole, by=by)], whole)


def fit_ahead(
    whole: Span, *, kinds: Collection[Kind] = tuple(Kind), by: Collection[str] | None = None
) -> dict[int, Spans]:
    """For each helper on the roster: when within the whole they may be paged in one of these roles, as far as is known.

    `by` names the carriers that count as reaching somebody; all without it.
    """
    return {
        row.pk: together(
            span
            for kind in row.standing.kinds.intersection(kinds)
            for span in fit_spans(row.standing, whole.start, whole.end, kind)
        )
        for row in standings(_here(), whole, by=by)
    }


def _here() -> QuerySet[Helper]:
    return Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True)


def gaps_of(team: Sequence[tuple[str, Standing]], whole: Span) -> tuple[Gap, ...]:
    """The gaps of a team, each with the state they work in. Whoever is alike in all that decides is unrolled once."""
    there: dict[Hashable, There] = {}
    for state, standing in team:
        for kind in standing.kinds:
            alike = (kind, state, _what_decides(standing, whole, kind))
            if alike not in there:
                there[alike] = There(frozenset({kind}), state, fit_spans(standing, whole.start, whole.end, kind))
    return gaps_among(there.values(), whole)


def _what_decides(standing: Standing, whole: Span, kind: Kind) -> Hashable:
    """Thousands share a few patterns: what decides for one decides for all of whom this is the same.

    Lines of duty that are the same are one and the same object (roster.reading), so these need no look inside.
    """
    if standing.removed or standing.suspended or not standing.has_usable_way:
        return None
    rest = standing.off_until if standing.off_until and standing.off_until > whole.start else None
    duty = standing.duty if standing.duty.overrides else id(standing.duty)
    certified = certified_spans(standing, whole, kind)
    return duty, id(standing.quiet), rest, _ALL_OF_IT if certified == (whole,) else certified
