"""Test pages in the room alone: they go the road of every page, and stand in nobody's way."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from stepitup.ground import bell, timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging import questions, tests_of_ways
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import AttemptState, NewTest, PageState, Then, WayTried
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page
from stepitup.paging.tests_of_ways import ANSWERABLE_FOR, KEPT_FOR, STALE_AFTER, TIME_IS_UP
from tests.rooms.paging_house import INES, KINDS, NIGHT, SAM, House, a_house, reaches

pytestmark = pytest.mark.django_db
TESTS = ["test:text", "test:voice", "test:mail"]


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as ours:
        yield ours


def send_test(helper: int = SAM, way: str = "text") -> UUID:
    test = NewTest(new_id(), helper, reaches(helper, way)[0])
    deed(tests_of_ways.write_tests, [test])
    return test.id


def what_came_of(page: UUID) -> WayTried:
    (test,) = tests_of_ways.tried_among([page])
    return test


def test_it_goes_by_its_one_way_and_says_test_with_a_link_of_its_own(house: House) -> None:
    page = send_test()
    house.go(kinds=TESTS)
    assert house.took() == {"text": 1, "voice": 0, "mail": 0}
    (message,) = house.text.took
    assert message.text.startswith("TEST, nobody is waiting.")
    assert message.text.endswith(page_key(page))
    assert what_came_of(page).sent_at == NIGHT


def test_the_watch_hears_of_it_at_once(
    house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rings = list[str]()
    with bell.hearing(lambda topic, _about: rings.append(topic)), django_capture_on_commit_callbacks(execute=True):
        send_test()
    assert rings == ["timers"]


def test_once_answered_it_says_who_was_reached_by_which_way_and_how_fast(house: House) -> None:
    page = send_test()
    house.go(kinds=TESTS)
    house.hands.wind(seconds=40)
    test = deed(tests_of_ways.it_reached_me, page)
    assert test is not None
    assert (test.helper, test.way, test.carrier, test.seconds) == (SAM, SAM * 10, "text", 40)
    assert test.state is PageState.REACHED
    assert deed(tests_of_ways.it_reached_me, page) is None, "the second answer is not another one"
    assert not Attempt.objects.filter(address__isnull=False).exists()


def test_a_test_keeps_nobody_from_being_paged_and_a_page_keeps_nobody_from_being_tested(house: House) -> None:
    send_test(SAM)
    assert questions.who_is_asked() == set()
    assert set(house.page(SAM, INES)) == {SAM, INES}
    send_test(INES)
    assert questions.who_is_asked() == {SAM, INES}


def test_a_hundred_tests_wait_in_a_line_of_their_own(house: House) -> None:
    for helper in range(100, 200):
        send_test(helper)
    house.page(SAM)
    house.go(kinds=KINDS)
    assert [page.helper for page in house.text.took] == [SAM]


def test_another_try_of_a_test_stays_in_its_line(house: House) -> None:
    house.text.says = CannotSend("code 503", Then.TRY_AGAIN)
    page = send_test()
    house.go(kinds=TESTS)
    assert timers.next_due(besides=KINDS) is not None
    assert not set(timers.kinds_due(house.hands.wind(seconds=3))) & set(KINDS)
    house.text.says = None
    house.go(kinds=TESTS)
    assert what_came_of(page).attempt is AttemptState.HANDED_OVER


def test_what_stood_in_the_way_is_said_in_a_fixed_word(house: House) -> None:
    house.text.says = CannotSend("address", Then.UNREACHABLE)
    page = send_test()
    house.go(kinds=TESTS)
    test = what_came_of(page)
    assert (test.attempt, test.why, test.sent_at) == (AttemptState.FAILED, "address", None)


def test_a_real_page_is_not_answered_with_it_reached_me(house: House) -> None:
    page = house.page(SAM)[SAM]
    assert deed(tests_of_ways.it_reached_me, page) is None
    assert questions.pages([page])[page].state is PageState.OPEN
    assert tests_of_ways.tried_by_key(page_key(page)) is None


def test_a_newer_test_of_the_same_way_ends_the_older_one(house: House) -> None:
    older, hers, newer = send_test(SAM), send_test(INES), send_test(SAM)
    assert what_came_of(older).state is PageState.OVER
    assert [what_came_of(page).state for page in (hers, newer)] == [PageState.OPEN] * 2


def test_a_test_that_the_house_could_not_send_in_time_wakes_nobody_later(house: House) -> None:
    page = send_test()
    outgoing = questions.prepare([Attempt.objects.get().pk])
    assert tests_of_ways.may_still_go(NIGHT, outgoing) == {page}
    assert tests_of_ways.may_still_go(NIGHT + STALE_AFTER, outgoing) == set()
    real = house.page(SAM)[SAM]
    prepared = questions.prepare(list(Attempt.objects.filter(page=real).values_list("pk", flat=True)))
    assert tests_of_ways.may_still_go(NIGHT, prepared) == set(), "whether a real page may go, others say"


def test_unanswered_for_a_day_it_is_over_and_on_its_day_nothing_is_left(house: House) -> None:
    page = send_test()
    assert timers.armed_for(TIME_IS_UP, page) == NIGHT + ANSWERABLE_FOR
    house.hands.wind(seconds=ANSWERABLE_FOR.total_seconds())
    deed(tests_of_ways.time_is_up, page)
    assert what_came_of(page).state is PageState.OVER
    assert not Attempt.objects.filter(address__isnull=False).exists()
    assert deed(tests_of_ways.it_reached_me, page) is None
    assert timers.armed_for(TIME_IS_UP, page) == NIGHT + KEPT_FOR
    house.hands.wind(seconds=(KEPT_FOR - ANSWERABLE_FOR).total_seconds())
    deed(tests_of_ways.time_is_up, page)
    assert not Page.objects.exists()
    assert not Attempt.objects.exists()
    deed(tests_of_ways.time_is_up, page)


def test_time_ends_no_page_of_a_call(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.hands.wind(hours=9 * 24)
    deed(tests_of_ways.time_is_up, page)
    assert questions.pages([page])[page].state is PageState.OPEN


def test_with_a_test_beside_it_a_real_page_is_still_no_test(house: House) -> None:
    test, real = send_test(), house.page(SAM)[SAM]
    assert deed(tests_of_ways.it_reached_me, real) is None
    deed(tests_of_ways.time_is_up, real)
    assert Page.objects.get(pk=real).state == PageState.OPEN
    assert [one.id for one in tests_of_ways.tried_of(SAM)] == [test]
    assert tests_of_ways.tried_by_key(page_key(real)) is None
    assert tests_of_ways.tried_by_key("nobody's key") is None
    mine = tests_of_ways.tried_by_key(page_key(test))
    assert mine is not None
    assert mine.id == test


def test_each_test_is_over_and_deleted_on_a_day_of_its_own(house: House) -> None:
    old = send_test()
    house.hands.wind(seconds=int(KEPT_FOR.total_seconds()))
    new = send_test(INES)
    deed(tests_of_ways.time_is_up, new)
    assert what_came_of(new).state is PageState.OVER
    deed(tests_of_ways.time_is_up, old)
    assert set(Page.objects.values_list("pk", flat=True)) == {new}
