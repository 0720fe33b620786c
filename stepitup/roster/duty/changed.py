"""Which changes of duty touch a span: read at each press, for the few who are looked at."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from stepitup.ground.spelled import spelled
from stepitup.roster.duty import Override, Span
from stepitup.roster.duty.models import DutyOverride
from stepitup.roster.duty.spans import at

A_FEW = 500  # up to so many ids are named in a query; beyond, all rows are read and chosen here


def overrides_within(when: Span, helpers: Collection[int] | None = None) -> dict[int, tuple[Override, ...]]:
    """The changes of duty that touch this span, for each of these helpers or of all, in the order of their making."""
    few = helpers if helpers is not None and len(helpers) <= A_FEW else None
    if when == at(when.start):  # a press asks about one moment, and reading times is what takes long
        says = {is_on: (Override(when, is_on),) for is_on in (True, False)}
        touching = _at_a_moment(when.start, when.end, few or (), everybody=few is None)
        return {helper: says[is_on] for helper, is_on in touching}
    rows = _touching(when.start, when.end)
    rows = rows if few is None else rows.filter(helper__in=few)
    found: dict[int, list[Override]] = defaultdict(list)
    for helper, start, end, is_on in rows.values_list("helper_id", "starts_at", "ends_at", "is_on"):
        found[helper].append(Override(Span(start, end), is_on))
    return {helper: tuple(changes) for helper, changes in found.items()}


@spelled
def _at_a_moment(
    start: datetime, end: datetime, helpers: Collection[int], *, everybody: bool
) -> QuerySet[DutyOverride, tuple[int, bool]]:
    rows = _touching(start, end)
    return (rows if everybody else rows.filter(helper__in=helpers)).values_list("helper_id", "is_on")


def _touching(start: datetime, end: datetime) -> QuerySet[DutyOverride]:
    return DutyOverride.objects.filter(starts_at__lt=end, ends_at__gt=start).order_by("pk")
