"""A never-rule is asked again before a page goes and when it is answered: it may have become one meanwhile."""

from collections.abc import Iterator

import pytest

from stepitup.calls import actions, questions
from stepitup.calls.errors import PageIsOver
from stepitup.calls.matching import is_allowed
from stepitup.calls.models import Asked, Call
from stepitup.calls.told import Order, Told, seal_order
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.roster.facts import Fit, Wishes
from stepitup.roster.models import Helper
from tests.rooms.calls_house import NIGHT, answer, hire_peers, open_pages, press
from tests.rooms.watch_house import Carrier

SAM = Fit(1, frozenset({Kind.PEER}), rested_since=None)
LENA = Fit(2, frozenset({Kind.PEER}), rested_since=None, internal_affairs=True)


@pytest.fixture
def three(db: None) -> Iterator[list[int]]:
    with clock.use(HandClock(NIGHT)), carriers.use(Carrier("text")):
        yield hire_peers(3)


def test_where_nobody_knows_whose_call_it_is_internal_affairs_are_not_allowed() -> None:
    assert is_allowed(None, SAM)
    assert not is_allowed(None, LENA)


def test_where_wishes_were_matched_their_order_says_who_is_allowed() -> None:
    assert is_allowed(Order((2,), same_agency={}), LENA)
    assert not is_allowed(Order((2,), same_agency={}), SAM)


def test_a_page_whose_helper_went_to_internal_affairs_meanwhile_neither_goes_nor_is_taken(three: list[int]) -> None:
    call = press().id
    pages = dict(Asked.objects.values_list("helper_id", "page_id"))
    assert questions.may_still_go(NIGHT, pages.values()) == set(pages.values())

    Helper.objects.filter(pk=three[0]).update(internal_affairs=True)

    assert questions.may_still_go(NIGHT, pages.values()) == {pages[three[1]], pages[three[2]]}
    with pytest.raises(PageIsOver):
        answer(call, three[0])
    answer(call, three[1])


def test_a_page_to_somebody_whom_the_order_leaves_out_neither_goes_nor_is_taken(three: list[int]) -> None:
    call = press().id
    page = Asked.objects.get(helper=three[0]).page_id
    Call.objects.update(sealed_order=seal_order(Order(tuple(three[1:]), same_agency={})))

    assert page not in questions.may_still_go(NIGHT, [page])
    with pytest.raises(PageIsOver):
        answer(call, three[0])


def test_whether_the_two_work_for_the_same_agency_is_told_to_the_helper_after_the_limits_alone(
    three: list[int],
) -> None:
    call = press(Told(wishes=Wishes(never_names=("Nobody We Know",)))).id
    Call.objects.update(sealed_order=seal_order(Order(tuple(three), same_agency=dict.fromkeys(three, True))))
    seat = answer(call, next(iter(open_pages(call))))
    assert questions.as_helper_sees(seat).same_agency is None

    deed(actions.limits_read, call, version=questions.as_caller_sees(call).limits_due[0].version)

    assert questions.as_helper_sees(seat).same_agency is True
