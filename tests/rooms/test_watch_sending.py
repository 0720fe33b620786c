"""What came of a try decides what is next: another way, another helper, and a way that leads nowhere is marked."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.timers import Claimed
from stepitup.paging import carriers
from stepitup.paging.facts import AttemptState, Outcome, Then
from stepitup.paging.models import Attempt
from stepitup.paging.rounds import timer_kind
from stepitup.roster.models import Way
from stepitup.watch.loop import LEASE
from stepitup.watch.sending import note
from tests.rooms.calls_house import NIGHT, hire, hire_peers, open_pages, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db

US = "this watch"
BUSY = Outcome.next_way("busy")
NO_SUCH_NUMBER = Outcome(then=Then.UNREACHABLE, why="no such number")


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with clock.use(HandClock(NIGHT)) as hands, carriers.use(Carrier("text"), Carrier("mail")):
        assert isinstance(hands, HandClock)
        yield hands


def claimed(carrier: str) -> list[Claimed]:
    return deed(timers.claim, kinds=[timer_kind(carrier)], limit=10, lease=LEASE, holder=US)


def test_where_no_way_to_a_helper_is_left_the_next_helper_is_asked_in_the_same_deed() -> None:
    three = [hire(f"Peer {number}") for number in range(3)]
    ines = hire("Ines", by=("voice", "text"))
    press()
    first = set(open_pages())
    (page, *_others) = claimed("text")

    note(page, BUSY, holder=US)

    asked = set(open_pages())
    assert len(asked) == 3
    assert len(asked - first) == 1
    assert asked | first == {*three, ines}


def test_where_another_way_is_left_nobody_else_is_asked() -> None:
    hire_peers(6, by=("text", "mail"))
    press()
    before = set(open_pages())
    (page, *_others) = claimed("text")

    note(page, BUSY, holder=US)

    assert set(open_pages()) == before
    assert Attempt.objects.get(pk=page.subject).state == AttemptState.FAILED
    assert not Timer.objects.filter(pk=page.id).exists()


def test_a_way_that_leads_nowhere_is_marked_so_that_it_is_mended() -> None:
    sam = hire("Sam", by=("text", "mail"))
    press()
    (page,) = claimed("text")

    note(page, NO_SUCH_NUMBER, holder=US)

    assert Way.objects.get(helper=sam, carrier="text").unreachable_since == NIGHT
    assert Way.objects.get(helper=sam, carrier="mail").unreachable_since is None


def test_a_way_that_was_only_busy_is_not_marked() -> None:
    sam = hire("Sam", by=("text", "mail"))
    press()
    (page,) = claimed("text")

    note(page, BUSY, holder=US)

    assert Way.objects.get(helper=sam, carrier="text").unreachable_since is None


def test_a_page_that_is_deleted_while_its_carrier_has_it_leaves_no_timer() -> None:
    hire("Ines")
    press()
    [page] = claimed("text")
    Attempt.objects.all().delete()

    note(page, BUSY, holder=US)

    assert not Timer.objects.filter(pk=page.id).exists()


def test_the_call_is_locked_before_the_page_of_which_a_failure_is_noted() -> None:
    hire("Sam", by=("text", "mail"))
    press()
    [page] = claimed("text")

    with CaptureQueriesContext(connection) as said:
        note(page, BUSY, holder=US)

    read = [one["sql"].partition(" WHERE ")[0] for one in said.captured_queries]
    tables = [table for one in read for table in ("calls_call", "paging_page") if one.endswith(f'FROM "{table}"')]
    assert tables[:2] == ["calls_call", "paging_page"], "the other way round, a press would wait for us and we for it"
