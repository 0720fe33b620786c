"""Several calls lack people. Whoever comes free is found by one that can use them, however many wait before it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from stepitup.calls import actions, timing
from stepitup.calls.told import Told
from stepitup.ground import clock, timers
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.roster.facts import Wishes
from tests.rooms.calls_house import answer, hire, life_of, open_pages, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def texts() -> Iterator[None]:
    """One carrier."""
    with carriers.use(Carrier("text")):
        yield


def test_calls_that_can_use_nobody_do_not_stand_before_one_that_can() -> None:
    sam = hire("Sam")
    for _ in range(12):
        press(Told(wishes=Wishes(never_names=("Sam",))))
    first, second = press().id, press().id
    assert sam in open_pages(first)
    deed(actions.stand_down, first)
    _let_the_searches_look()
    assert sam in open_pages(second)


def test_the_searches_do_not_wake_each_other_for_ever() -> None:
    hire("Sam")
    for _ in range(12):
        press(Told(wishes=Wishes(never_names=("Sam",))))
    deed(timing.feed_the_hungry)
    assert _let_the_searches_look() == 12, "each has one look"


def test_while_nobody_is_free_no_further_search_is_woken() -> None:
    hire("Sam")
    calls = [press().id for _ in range(12)]
    deed(timing.feed_the_hungry)
    assert _let_the_searches_look() == 5
    assert len(open_pages(calls[0])) == 1


def test_who_rests_after_a_hard_contact_holds_no_page_and_another_is_asked() -> None:
    sam = hire("Sam")
    seat = answer(press().id, sam)
    waits = press().id
    deed(actions.finished, seat)
    _let_the_searches_look()
    assert sam in open_pages(waits)
    ines = hire("Ines")
    deed(actions.rest_until, seat, clock.now() + timedelta(hours=12))
    assert open_pages(waits).keys() == {ines}


def test_who_rests_from_tomorrow_on_while_they_sit_keeps_their_seat() -> None:
    sam = hire("Sam")
    hire("Ines")
    call = press().id
    seat = answer(call, sam)
    deed(actions.rest_until, seat, clock.now() + timedelta(hours=12))
    assert [one.helper for one in life_of(call).active_seats] == [sam]


def _let_the_searches_look() -> int:
    """As the watch does, until none is woken any more; how many looked."""
    looked = 0
    while due := deed(timers.claim, kinds=[timing.FILL], limit=1, lease=timedelta(minutes=1), holder="a test"):
        deed(actions.fill, UUID(due[0].subject))
        timers.done(due[0], holder="a test")
        looked += 1
    return looked
