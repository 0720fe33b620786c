"""Whoever had as many pages lately as they wish for is asked after everybody else, and is asked all the same."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from stepitup.calls import actions
from stepitup.calls.matching import _the_tired_last
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.roster.facts import Fit
from stepitup.roster.models import Helper
from tests.rooms.calls_house import NIGHT, hire, hire_peers, open_pages, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db

PEER = frozenset({Kind.PEER})


@pytest.fixture(autouse=True)
def hand() -> Iterator[None]:
    with clock.use(HandClock(NIGHT)), carriers.use(Carrier("text")):
        yield


@pytest.fixture
def tired() -> set[int]:
    """Three who want one page a night, and had it."""
    three = set(hire_peers(3))
    Helper.objects.update(pages_in_a_row=1)
    deed(actions.stand_down, press().id)
    return three


def test_where_everybody_has_had_enough_somebody_is_asked_all_the_same(tired: set[int]) -> None:
    press()
    assert set(open_pages()) == tired


def test_whoever_has_not_had_enough_is_asked_before_them(tired: set[int]) -> None:
    fresh = {hire(f"Fresh {number}") for number in range(3)}
    press()
    assert set(open_pages()) == fresh


def test_after_half_a_day_nobody_is_tired_any_more(tired: set[int]) -> None:
    fit = [Fit(number, PEER, rested_since=None, pages_in_a_row=1) for number in (*sorted(tired), max(tired) + 1)]
    assert [one.id for one in _the_tired_last(NIGHT, fit)] == [max(tired) + 1, *sorted(tired)]

    assert list(_the_tired_last(NIGHT + timedelta(hours=12, minutes=1), fit)) == fit
