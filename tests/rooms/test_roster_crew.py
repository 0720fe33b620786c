"""A whole crew at once: as many as can be get somebody, never-rules hold, and the pairs are the closest there are."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.roster.crew import Paired, Solver, pair_a_crew, problem_of
from stepitup.roster.crew_plain import Problem, pair_plainly
from stepitup.roster.crew_solver import best_solver, pair_exactly
from stepitup.roster.facts import HelperFacts, Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.shared_ground import A_LOT, MATTERS
from tests.rooms.roster_builders import LARKSPUR, NIGHT, facts
from tests.rooms.test_roster_matching import helpers as any_team
from tests.rooms.test_roster_matching import wishes as any_wishes

pytestmark = pytest.mark.only_on("sqlite")

EITHER = pytest.mark.parametrize("solve", [pair_plainly, pair_exactly])
TODAY = NIGHT.date()
LOST = Wishes(matters={"lost_a_partner": A_LOT})
NIGHTS = Wishes(matters={"shift": MATTERS})


def pair(callers: list[Wishes], team: list[HelperFacts], solve: Solver, room: dict[int, int] | None = None) -> Paired:
    return pair_a_crew(callers, team, room=room or {}, today=TODAY, seed=1, solve=solve)


@EITHER
def test_who_can_have_only_one_gets_that_one(solve: Solver) -> None:
    """Asked one after another, Rosa would take Sam, who also works nights, and Theo would lose his equal."""
    both, nights = facts(1, shares=("lost_a_partner", "shift")), facts(2, shares=("shift",))
    assert pair([NIGHTS, LOST], [both, nights], solve).helper_of == {0: 2, 1: 1}


@EITHER
def test_each_is_told_why_and_who_has_nobody_is_known(solve: Solver) -> None:
    paired = pair([LOST, NIGHTS], [facts(1, shares=("lost_a_partner",))], solve)
    assert paired.why == {0: "You both lost a partner."}
    assert paired.nobody_for == (1,)


@EITHER
def test_a_helper_takes_as_many_as_they_have_room_for(solve: Solver) -> None:
    paired = pair([LOST] * 4, [facts(1), facts(2), facts(3)], solve, room={1: 2, 2: 0})
    assert sorted(paired.helper_of.values()) == [1, 1, 3]
    assert len(paired.nobody_for) == 1


@EITHER
def test_never_this_person_holds_even_where_somebody_stays_alone(solve: Solver) -> None:
    own_agency = Wishes(mine_agency="CMPD", never_my_agency=True)
    paired = pair([own_agency, own_agency], [facts(1), facts(2), facts(3, agency=LARKSPUR)], solve)
    assert list(paired.helper_of.values()) == [3]
    assert len(paired.nobody_for) == 1


@EITHER
def test_others_step_aside_so_that_nobody_is_left_alone(solve: Solver) -> None:
    """Along a chain of three: the third can have only the first helper, and the others can move on."""
    problem = Problem([[0, 1, None], [None, 0, 5], [0, None, None]], [1, 1, 1])
    assert solve(problem) == [1, 2, 0]


@EITHER
def test_nobody_asks_or_nobody_is_there(solve: Solver) -> None:
    assert pair([], [facts(1)], solve).helper_of == {}
    assert pair([LOST], [], solve).nobody_for == (0,)


@EITHER
def test_the_rested_come_before_the_tired(solve: Solver) -> None:
    assert pair([LOST], [facts(1, last_talk_at=NIGHT), facts(2)], solve).helper_of == {0: 2}


def test_the_library_is_used_where_it_is_installed() -> None:
    assert best_solver() is pair_exactly


problems = st.integers(1, 4).flatmap(
    lambda many: st.builds(
        Problem,
        st.lists(st.lists(st.none() | st.integers(0, 9), min_size=many, max_size=many), min_size=1, max_size=4),
        st.lists(st.integers(0, 3), min_size=many, max_size=many),
    )
)


def alone_and_cost(problem: Problem, places: list[int | None]) -> tuple[int, int]:
    """How many stay alone, and what the others cost; a forbidden pair or a full helper is no answer at all."""
    costs = [problem.costs[caller][place] for caller, place in enumerate(places) if place is not None]
    assert all(places.count(place) <= room for place, room in enumerate(problem.room))
    assert None not in costs
    return places.count(None), sum(cost or 0 for cost in costs)


def every_answer(problem: Problem) -> list[list[int | None]]:
    choices = [[None, *(place for place, cost in enumerate(row) if cost is not None)] for row in problem.costs]
    answers = (list(answer) for answer in product(*choices))
    return [one for one in answers if all(one.count(place) <= room for place, room in enumerate(problem.room))]


@given(problems)
def test_the_solver_finds_the_best_of_all_answers(problem: Problem) -> None:
    best = min(alone_and_cost(problem, answer) for answer in every_answer(problem))
    assert alone_and_cost(problem, pair_exactly(problem)) == best


@given(problems)
def test_the_plain_way_leaves_no_more_alone_than_the_best(problem: Problem) -> None:
    best = min(alone_and_cost(problem, answer) for answer in every_answer(problem))
    found = alone_and_cost(problem, pair_plainly(problem))
    assert found[0] == best[0]
    assert found[1] >= best[1]


@given(any_team(), st.lists(any_wishes(), max_size=3))
@EITHER
def test_nobody_gets_whom_they_would_not_get_alone(
    solve: Solver, team: list[HelperFacts], crew: list[dict[str, Any]]
) -> None:
    callers = [Wishes(**said) for said in crew]
    for caller, helper in pair(callers, team, solve).helper_of.items():
        assert helper in put_in_order(team, callers[caller], seed=1).order


def test_a_problem_says_what_each_pair_costs() -> None:
    problem = problem_of([LOST], [facts(1), facts(2, shares=("lost_a_partner",))], room={2: 3}, today=TODAY, seed=1)
    assert problem.room == [1, 3]
    (near, close) = problem.costs[0]
    assert near is not None
    assert close is not None
    assert close < near
