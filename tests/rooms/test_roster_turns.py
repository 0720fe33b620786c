"""Whose turn it is: the database puts a large team in order, and only the first few are read."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stepitup.roster import actions, questions
from stepitup.roster.facts import Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.models import Helper
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = pytest.mark.django_db

CARRIERS = ("pager",)


@pytest.fixture
def large_team() -> None:
    """Seventy: some tired, some off duty at this hour, some suspended, one from internal affairs."""
    nights, days = 'duty = ["daily 18:00-06:00"]', 'duty = ["daily 06:00-18:00"]'
    actions.import_roster(
        NIGHT, file_with(*(helper_in_file(f"h{number}", nights if number % 3 else days) for number in range(70)))
    )
    for number in range(0, 70, 4):
        Helper.objects.filter(key=f"h{number}").update(last_talk_on=date(2026, 3, 1 + number % 3))
    Helper.objects.filter(key__in=["h2", "h5"]).update(suspended_at=NIGHT)
    Helper.objects.filter(key="h7").update(internal_affairs=True)


def in_turn(seed: int, besides: Collection[int] = ()) -> list[int]:
    return [one.id for one in questions.fit_in_turn(NIGHT, seed=seed, besides=besides, by=CARRIERS)]


@pytest.mark.usefixtures("large_team")
def test_the_database_gives_the_order_that_matching_gives_without_wishes() -> None:
    fit = {one.id for one in questions.fit_now(NIGHT)}
    for seed in (0, 1, 7, 2**60 - 1):
        matched = put_in_order(questions.all_helpers(), Wishes(), seed=seed)
        assert in_turn(seed) == [one for one in matched.order if one in fit]


@pytest.mark.usefixtures("large_team")
def test_whoever_is_busy_moves_nobody_else() -> None:
    order = in_turn(3)
    assert in_turn(3, besides={order[0], order[7]}) == [*order[1:7], *order[8:]]


@pytest.mark.usefixtures("large_team")
def test_an_order_that_was_matched_is_kept_and_the_unfit_fall_out() -> None:
    ids = sorted(Helper.objects.values_list("pk", flat=True), reverse=True)
    found = questions.fit_in_order(NIGHT, ids, besides={ids[0]}, by=CARRIERS)
    assert [one.id for one in found] == sorted(one.id for one in questions.fit_now(NIGHT) if one.id != ids[0])[::-1]


_FOR_A_TEAM = 8  # whose turn it is, asked twice; three glances, each with the overrides of that day


@pytest.mark.usefixtures("large_team")
def test_nobody_can_be_reached_by_a_carrier_that_nobody_has() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert list(questions.fit_in_turn(NIGHT, seed=1, besides=(), by=("voice",))) == []
    assert len(asked) <= _FOR_A_TEAM, "who was sought in vain at small glances is sought at large ones"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: questions.fit_in_turn(NIGHT, seed=5, besides=(), by=CARRIERS),
        lambda: questions.fit_in_order(NIGHT, in_turn(5), besides=(), by=CARRIERS),
    ],
)
@pytest.mark.usefixtures("large_team")
def test_the_first_three_cost_three_questions_and_no_more(ask: Callable[[], object]) -> None:
    found = ask()
    with CaptureQueriesContext(connection) as asked:
        assert len(list(islice(found, 3))) == 3  # type: ignore[call-overload]
    assert len(asked) <= 3


# With fewer seeds one of thirty helpers would by chance be first never: with 400, in one run of ten thousand.
_MANY = range(400)


@pytest.mark.usefixtures("large_team")
def test_each_of_the_rested_is_first_about_equally_often() -> None:
    firsts = Counter(next(questions.fit_in_turn(NIGHT, seed=seed, besides=(), by=CARRIERS)).id for seed in _MANY)
    rested = Helper.objects.filter(last_talk_on=None, pk__in=in_turn(0)).count()
    assert len(firsts) == rested
    assert max(firsts.values()) < 3 * len(_MANY) / rested
