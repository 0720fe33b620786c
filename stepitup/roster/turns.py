"""Whose turn it is: who may be paged at this moment, read only as far as somebody asks. Each press asks it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F, QuerySet

from stepitup.ground.spelled import spelled
from stepitup.roster.chance import PRIME, drawn
from stepitup.roster.duty.changed import A_FEW, overrides_within
from stepitup.roster.duty.spans import at
from stepitup.roster.facts import Fit
from stepitup.roster.fitness import may_be_paged_as
from stepitup.roster.models import Helper
from stepitup.roster.reading import StandingRow, rested_since, standing_columns, standings_from, usable_ways

# So many are looked at first: with a third of them on duty, a first step of three is mostly found in the first glance.
_GLANCES: Final = (16, 32, A_FEW)
_IN_TURN: Final = (48, A_FEW, None)


def fit_in_turn(now: datetime, *, seed: int, besides: Collection[int], by: Collection[str]) -> Iterator[Fit]:
    """Who may be paged at this moment for a caller who said nothing: the longest rested first, then by chance.

    The order that matching gives without wishes, drawn by the database: a team of thousands is not read for the first
    three. Nobody from internal affairs, since nobody said whose call it is.
    """
    passed, chance, glances = set[int](), drawn(seed), iter(_GLANCES)
    # Many who are busy are not named in the query: they are left out here.
    few = besides if len(besides) <= A_FEW else ()
    for so_many in _IN_TURN:
        ids = _in_turn(few, *chance, so_many=so_many)
        yield from _fit_at_a_glance(now, [one for one in ids if one not in passed], glances, besides=besides, by=by)
        if so_many is None or len(ids) < so_many:
            return
        passed.update(ids)


def fit_in_order(now: datetime, ids: Sequence[int], *, besides: Collection[int], by: Collection[str]) -> Iterator[Fit]:
    """Who of these may be paged at this moment, in the order in which they are named. Read only as far as one asks."""
    return _fit_at_a_glance(now, ids, iter(_GLANCES), besides=besides, by=by)


def _fit_at_a_glance(
    now: datetime, ids: Sequence[int], glances: Iterator[int], *, besides: Collection[int], by: Collection[str]
) -> Iterator[Fit]:
    """`fit_in_order`, by glances that may have begun with others: after small ones in vain come large ones."""
    free, start = [one for one in ids if one not in besides], 0
    while start < len(free):
        some = free[start : start + next(glances, A_FEW)]
        fit = {one.id: one for one in fit_of(now, some, by=by)}
        yield from (fit[one] for one in some if one in fit)
        start += len(some)


def fit_of(now: datetime, ids: Collection[int], *, by: Collection[str] | None) -> list[Fit]:
    """Who of these, A_FEW at most, may be paged at this moment, by one of these carriers or by any."""
    rows = standings_from(_columns_of(ids, by or (), any_way=by is None), overrides_within(at(now), ids))
    return [fit for row in rows if (fit := fit_as(row, now))]


def fit_as(row: StandingRow, now: datetime) -> Fit | None:
    """As what this helper may be paged at this moment; None: not at all."""
    kinds = may_be_paged_as(row.standing, now)
    if not kinds:
        return None
    return Fit(row.pk, kinds, rested_since(row.last_talk_on), row.internal_affairs, row.pages_in_a_row)


@spelled
def _columns_of(ids: Collection[int], by: Collection[str], *, any_way: bool) -> QuerySet[Helper, tuple[Any, ...]]:
    few = Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True, pk__in=ids).order_by("pk")
    return standing_columns(few, usable_ways(None if any_way else by))


@spelled
def _in_turn(besides: Collection[int], a: int, b: int, c: int, d: int, *, so_many: int | None) -> QuerySet[Helper, int]:
    """The numbers of helpers in the order that matching gives without wishes, by the same chance."""
    helpers = Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True, internal_affairs=False)
    number = F("pk")
    by_chance = (((number * a + b) % PRIME * number + c) % PRIME * number + d) % PRIME
    free = helpers.exclude(pk__in=besides) if besides else helpers
    return free.order_by(F("last_talk_on").asc(nulls_first=True), by_chance, "pk").values_list("pk", flat=True)[
        :so_many
    ]
