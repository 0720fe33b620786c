"""What can be asked about drills. Times are asked for by the helper themselves: `paging.tests_of_ways.tried_of`."""

from collections.abc import Sequence

from stepitup.drills.facts import DrillSeen, NotReached, NotReachedWhy
from stepitup.drills.models import Drill, DrillAsked
from stepitup.paging import tests_of_ways
from stepitup.paging.facts import AttemptState, PageState, WayTried


def newest_drill() -> DrillSeen | None:
    """The newest drill, or None where there was none lately."""
    return next(iter(drills()), None)


def drills() -> list[DrillSeen]:
    """The drills that are still kept, the newest first."""
    return [_seen(drill) for drill in Drill.objects.order_by("-begun_at", "pk")]


def _seen(drill: Drill) -> DrillSeen:
    asked = DrillAsked.objects.filter(drill=drill).order_by("helper")
    pages = asked.filter(page__isnull=False).values_list("page_id", flat=True)
    tests: dict[int, list[WayTried]] = {helper: [] for helper in asked.values_list("helper", flat=True)}
    for one in tests_of_ways.tried_among(list(pages)):
        tests[one.helper].append(one)
    reached = {helper for helper, ways in tests.items() if any(way.state is PageState.REACHED for way in ways)}
    return DrillSeen(
        id=drill.pk,
        begun_at=drill.begun_at,
        by_hand=drill.by_hand,
        asked=len(tests),
        reached=len(reached),
        not_reached=tuple(NotReached(helper, _why(tests[helper])) for helper in tests if helper not in reached),
        left_out=drill.left_out,
    )


def _why(ways: Sequence[WayTried]) -> NotReachedWhy:
    states = {way.attempt for way in ways}
    if not ways:
        return NotReachedWhy.NO_WAY
    if AttemptState.HANDED_OVER in states:
        return NotReachedWhy.SILENT
    waits = AttemptState.WAITING in states and any(way.state is PageState.OPEN for way in ways)
    return NotReachedWhy.ON_ITS_WAY if waits else NotReachedWhy.NOT_TAKEN
