"""A drill: a test page to everybody who may be woken at this hour, as a real page would begin."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls import questions as calls
from stepitup.calls.reaching import reach_by
from stepitup.drills.errors import DrillUnderWay
from stepitup.drills.models import Drill, DrillAsked
from stepitup.ground import log_book, timers
from stepitup.ground.deeds import one_at_a_time
from stepitup.ground.keys import new_id
from stepitup.ground.log_book import What
from stepitup.paging import carriers, tests_of_ways
from stepitup.paging.facts import NewTest
from stepitup.paging.next_way import AT_ONCE
from stepitup.paging.tests_of_ways import KEPT_FOR
from stepitup.roster import questions as roster
from stepitup.roster.facts import WayFacts

FORGET = "drill ends"
NOT_AGAIN_WITHIN = timedelta(minutes=10)
_GATE = 3


def begin(now: datetime, *, by_hand: bool, also_off_duty: bool = False) -> UUID:
    """Ask everybody who may be woken now whether a page reaches them. Raises DrillUnderWay.

    1. Whoever is off duty or resting sleeps on, unless the team says otherwise; whoever holds a page or sits with
       somebody is not disturbed by any drill.
    2. The first two ways of each are tried at once, as in a real page; each has a link of its own, so that we know
       which one it was.
    3. Who has no way left is written down too: that is what the coordinator wants to know most.
    """
    one_at_a_time(_GATE)
    if Drill.objects.filter(begun_at__gt=now - NOT_AGAIN_WITHIN).exists():
        raise DrillUnderWay
    woken = roster.who_may_be_woken(now, also_off_duty=also_off_duty) - calls.who_is_busy()
    ways = _ways_of(woken)
    drill = Drill.objects.create(
        id=new_id(), begun_at=now, by_hand=by_hand, left_out=len(roster.who_is_on_the_roster() - woken)
    )
    tests = list(_tests(ways))
    tests_of_ways.write_tests(now, tests)
    asked = [DrillAsked(drill=drill, helper=test.helper, page_id=test.id) for test in tests]
    nowhere = [DrillAsked(drill=drill, helper=helper) for helper in sorted(ways) if not ways[helper]]
    DrillAsked.objects.bulk_create(asked + nowhere)
    timers.arm(FORGET, drill.pk, now + KEPT_FOR)
    return drill.pk


def begin_by_hand(now: datetime, *, who: str, also_off_duty: bool = False) -> UUID:
    """Somebody begins a drill; the log book says who. Raises DrillUnderWay."""
    drill = begin(now, by_hand=True, also_off_duty=also_off_duty)
    log_book.note(now, who=who, what=What.RAN_DRILL, about=log_book.ROSTER)
    return drill


def forget(now: datetime, drill_id: UUID) -> None:
    """Its day of deletion has come. Its test pages have the same day and go by themselves."""
    Drill.objects.filter(pk=drill_id).delete()


def _ways_of(helpers: set[int]) -> Mapping[int, list[WayFacts]]:
    in_use = carriers.in_use()
    ways = roster.ways_to_try(sorted(helpers))
    return {helper: [way for way in ways[helper] if way.carrier in in_use] for helper in ways}


def _tests(ways: Mapping[int, list[WayFacts]]) -> Iterator[NewTest]:
    """Everybody's first way before anybody's second."""
    for place in range(AT_ONCE):
        for helper in sorted(ways):
            for way in ways[helper][place : place + 1]:
                yield NewTest(new_id(), helper, reach_by(way))
