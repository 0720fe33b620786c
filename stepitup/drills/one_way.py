"""Trying one way of one helper: sent like every page, confirmed by an answer from the phone and by nothing else.

What an answer does is in `calls.actions.it_reached_me`: replies by text and by key are heard there.
"""

from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls.reaching import reach_by
from stepitup.drills.errors import CarrierNotSetUp, EnoughTests, JustTested
from stepitup.ground.keys import new_id
from stepitup.paging import carriers, tests_of_ways
from stepitup.paging.facts import NewTest
from stepitup.roster import questions as roster

NOT_AGAIN_WITHIN = timedelta(minutes=1)
A_DAYS_TESTS = 10
_A_DAY = timedelta(days=1)


def send_test(now: datetime, way_id: int) -> UUID:
    """Send a test page by this way, also by one that was found unreachable: that is how it is mended.

    Returns the page's id. Raises NoSuchWay, CarrierNotSetUp, JustTested, EnoughTests.
    """
    helper, way = roster.way_by_id(way_id)
    if way.carrier not in carriers.in_use():
        raise CarrierNotSetUp(way.carrier)
    _not_too_often(now, helper, way_id)
    test = NewTest(new_id(), helper, reach_by(way))
    tests_of_ways.write_tests(now, [test])
    return test.id


def _not_too_often(now: datetime, helper: int, way_id: int) -> None:
    today = [test for test in tests_of_ways.tried_of(helper) if now - test.written_at < _A_DAY]
    if any(test.way == way_id and now - test.written_at < NOT_AGAIN_WITHIN for test in today):
        raise JustTested
    if len(today) >= A_DAYS_TESTS:
        raise EnoughTests
