"""The heart: what happens next in a search. Stories for people, properties for everything nobody thought of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stepitup.calls.life import Asked, Candidate, Turn, TurnKind
from stepitup.calls.next_move import Because, Moves, ToPage, next_move
from stepitup.calls.plan import DEFAULT, Plan, Step, hand_off_plan, plan_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState
from tests.rooms.calls_life import CHAPLAIN, CLINICIAN, COORDINATOR, NIGHT, PEER, helper, peers

pytestmark = pytest.mark.only_on("sqlite")

ONE, TWO = timedelta(minutes=1), timedelta(minutes=2)
FRESH = Turn(id=UUID(int=1), number=1, kind=TurnKind.FIRST, plan=DEFAULT, opened_at=NIGHT)


def asked(*numbers: int, step: int = 0, kind: Kind = PEER, state: PageState = PageState.OPEN) -> tuple[Asked, ...]:
    return tuple(Asked(UUID(int=1000 + number), number, kind, step, state) for number in numbers)


def at(step: int, *pages: tuple[Asked, ...], last_step: bool = False) -> Turn:
    """A search at this step, with these pages."""
    every = tuple(page for some in pages for page in some)
    return replace(FRESH, step=step, next_at=NIGHT + TWO, asked=every, last_step=last_step)


def move(so_far: Turn, free: list[Candidate], because: Because, plan: Plan = DEFAULT) -> Moves:
    return next_move(plan, so_far, free, NIGHT, because=because)


def numbers(moves: Moves) -> list[int]:
    return [one.helper for one in moves.page]


# --- stories ---------------------------------------------------------------------------------------------------------


def test_the_press_pages_the_best_three_peers_and_looks_again_in_two_minutes() -> None:
    moves = move(FRESH, [helper(9, CLINICIAN), *peers(5, 3, 8, 1)], Because.PRESSED)
    assert numbers(moves) == [5, 3, 8]
    assert (moves.step, moves.next_at) == (0, NIGHT + TWO)
    assert not moves.hungry
    assert not moves.last_step


def test_nobody_behind_the_first_three_is_looked_at() -> None:
    """Each further look costs the database time, and the caller waits meanwhile."""
    looked_at = []

    def coming() -> Iterator[Candidate]:
        for one in [helper(9, CLINICIAN), *peers(*range(10, 5_000))]:
            looked_at.append(one.helper)
            yield one

    assert numbers(next_move(DEFAULT, FRESH, coming(), NIGHT, because=Because.PRESSED)) == [10, 11, 12]
    assert looked_at == [9, 10, 11, 12]


def test_with_one_peer_free_that_one_is_paged_and_the_search_is_hungry() -> None:
    moves = move(FRESH, peers(5), Because.PRESSED)
    assert numbers(moves) == [5]
    assert moves.hungry


def test_nobody_answers_so_the_next_five_are_paged_beside_the_first() -> None:
    moves = move(at(0, asked(1, 2, 3)), peers(4, 5, 6, 7, 8, 9), Because.TIME)
    assert numbers(moves) == [4, 5, 6, 7, 8]
    assert moves.step == 1


def test_an_empty_step_is_skipped_at_once() -> None:
    moves = move(FRESH, [helper(7, CLINICIAN)], Because.PRESSED)
    assert moves.page == (ToPage(7, CLINICIAN),)
    assert (moves.step, moves.next_at) == (2, NIGHT + ONE)


def test_with_nobody_at_all_the_last_step_comes_at_once_and_is_tried_again() -> None:
    moves = move(FRESH, [], Because.PRESSED)
    assert moves.last_step
    assert moves.hungry
    assert moves.next_at == NIGHT + DEFAULT.repeat_every


def test_the_last_step_asks_everybody_who_is_left_also_whoever_could_not_be_reached_before() -> None:
    unreached = asked(1, state=PageState.OVER)
    moves = move(at(3, unreached), [*peers(1, 2), helper(3, CHAPLAIN), helper(4, COORDINATOR)], Because.TIME)
    assert moves.last_step
    assert sorted(numbers(moves)) == [1, 2, 3, 4]


def test_on_the_last_step_a_few_more_come_each_time() -> None:
    so_far = at(4, asked(*range(10, 15)), last_step=True)
    moves = move(so_far, peers(*range(20, 30)), Because.TIME)
    assert len(moves.page) == DEFAULT.repeat_how_many
    assert moves.last_step


def test_a_no_asks_exactly_one_more_and_the_time_that_was_told_stays() -> None:
    so_far = at(0, asked(1, 2), asked(3, state=PageState.DECLINED))
    moves = move(so_far, peers(4, 5), Because.A_PAGE_ENDED)
    assert numbers(moves) == [4]
    assert moves.next_at == so_far.next_at
    assert moves.step == 0


def test_when_the_last_of_a_step_says_no_and_nobody_else_is_there_the_next_step_comes_at_once() -> None:
    so_far = at(0, asked(1, 2, 3, state=PageState.DECLINED))
    moves = move(so_far, [helper(7, CLINICIAN)], Because.A_PAGE_ENDED)
    assert numbers(moves) == [7]
    assert moves.step == 2


def test_somebody_who_came_free_is_asked_only_where_somebody_is_lacking() -> None:
    assert numbers(move(at(0, asked(1, 2, 3)), peers(4), Because.SOMEBODY_CAME_FREE)) == []
    assert numbers(move(at(0, asked(1)), peers(4), Because.SOMEBODY_CAME_FREE)) == [4]


def test_whoever_was_asked_in_vain_is_not_asked_over_and_over() -> None:
    so_far = at(0, asked(2, 3), asked(1, state=PageState.OVER))
    assert numbers(move(so_far, peers(1), Because.A_PAGE_ENDED)) == []


def test_whoever_was_only_withdrawn_may_be_asked_again() -> None:
    so_far = at(0, asked(2, 3), asked(1, state=PageState.WITHDRAWN))
    assert numbers(move(so_far, peers(1), Because.A_PAGE_ENDED)) == [1]


def test_step_it_up_brings_another_kind_now_and_the_peers_of_the_steps_between_with_it() -> None:
    moves = move(at(0, asked(1, 2, 3)), [*peers(4, 5, 6, 7, 8, 9), helper(20, CLINICIAN)], Because.STEP_UP)
    assert numbers(moves) == [4, 5, 6, 7, 8, 20]
    assert moves.step == 2


def test_step_it_up_without_a_free_clinician_goes_on_to_whoever_can_find_one() -> None:
    moves = move(at(0, asked(1, 2, 3)), [*peers(4, 5), helper(30, COORDINATOR)], Because.STEP_UP)
    assert moves.page[-1] == ToPage(30, COORDINATOR)
    assert moves.step == 3


def test_a_peer_who_also_coordinates_is_asked_as_a_peer() -> None:
    moves = move(FRESH, [helper(1, COORDINATOR, PEER)], Because.PRESSED)
    assert moves.page == (ToPage(1, PEER),)


def test_anyone_means_one_of_each_kind_first() -> None:
    free = [*peers(1, 2, 3), helper(4, CHAPLAIN), helper(5, CLINICIAN)]
    moves = move(replace(FRESH, plan=plan_for("anyone")), free, Because.PRESSED, plan_for("anyone"))
    assert sorted(one.kind for one in moves.page) == [CHAPLAIN, CLINICIAN, PEER]


def test_whoever_wants_a_chaplain_gets_chaplains_first_and_peers_next() -> None:
    plan, free = plan_for("chaplain"), [*peers(1, 2, 3), helper(4, CHAPLAIN)]
    first = move(replace(FRESH, plan=plan), free, Because.PRESSED, plan)
    assert first.page == (ToPage(4, CHAPLAIN),)
    later = move(at(0, asked(4, kind=CHAPLAIN)), peers(1, 2, 3), Because.TIME, plan)
    assert numbers(later) == [1, 2, 3]


def test_beside_a_helper_who_stays_only_the_kind_that_was_asked_for_is_looked_for() -> None:
    plan = hand_off_plan(CLINICIAN, DEFAULT)
    search = replace(FRESH, kind=TurnKind.HAND_OFF, plan=plan)
    moves = move(search, [*peers(1, 2), helper(3, COORDINATOR)], Because.STEP_UP, plan)
    assert numbers(moves) == [3]


# --- properties ------------------------------------------------------------------------------------------------------

KINDS = st.sampled_from(list(Kind))
STEPS = st.builds(
    Step,
    kinds=st.lists(KINDS, min_size=1, max_size=3, unique=True).map(tuple),
    how_many=st.integers(1, 5),
    wait=st.integers(15, 900).map(lambda seconds: timedelta(seconds=seconds)),
)
PLANS = st.builds(Plan, steps=st.lists(STEPS, min_size=1, max_size=5).map(tuple), repeat_how_many=st.integers(1, 6))
BEGINS = st.sampled_from([Because.TIME, Because.STEP_UP])
FILLS = st.sampled_from([Because.A_PAGE_ENDED, Because.SOMEBODY_CAME_FREE])


@st.composite
def searches(draw: st.DrawFn) -> tuple[Plan, Turn, list[Candidate]]:
    """Any plan, any search under way in it, anybody free."""
    plan = draw(PLANS)
    step = draw(st.integers(0, len(plan.steps)))
    pages = tuple(
        Asked(UUID(int=1000 + who), who, draw(KINDS), step, draw(st.sampled_from(list(PageState))))
        for who in draw(st.lists(st.integers(1, 15), unique=True, max_size=8))
    )
    turn = Turn(
        id=UUID(int=1),
        number=1,
        kind=draw(st.sampled_from([TurnKind.FIRST, TurnKind.REOPENED])),
        plan=plan,
        opened_at=NIGHT,
        step=step,
        next_at=NIGHT + timedelta(seconds=draw(st.integers(0, 300))),
        last_step=step == len(plan.steps),
        asked=pages,
    )
    holds = {one.helper for one in turn.open_pages}
    some = st.lists(st.integers(1, 25).filter(lambda who: who not in holds), unique=True, max_size=12)
    free = [Candidate(who, draw(st.frozensets(KINDS, min_size=1, max_size=2))) for who in draw(some)]
    return plan, turn, free


@given(searches(), st.sampled_from(Because))
def test_there_is_always_a_next_moment_and_it_is_never_too_far(
    search: tuple[Plan, Turn, list[Candidate]], because: Because
) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    assert moves.next_at - NIGHT <= max(plan.longest_wait, (turn.next_at or NIGHT) - NIGHT)
    assert moves.next_at == turn.next_at or moves.next_at > NIGHT


@given(searches(), st.sampled_from(Because))
def test_only_who_is_free_is_asked_once_and_as_what_they_are(
    search: tuple[Plan, Turn, list[Candidate]], because: Because
) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    kinds_of = {one.helper: one.kinds for one in free}
    assert len(set(numbers(moves))) == len(moves.page)
    for one in moves.page:
        assert one.kind in kinds_of[one.helper]
        wanted = {kind for step in plan.steps[: moves.step + 1] for kind in step.kinds}
        assert moves.last_step or one.kind in wanted


@given(searches(), st.sampled_from(Because))
def test_nobody_is_asked_twice_in_a_turn_before_the_last_step(
    search: tuple[Plan, Turn, list[Candidate]], because: Because
) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    tried = {one.helper for one in turn.asked if one.state is not PageState.WITHDRAWN}
    assert moves.last_step or tried.isdisjoint(numbers(moves))


@given(searches(), BEGINS)
def test_a_step_with_nobody_is_never_waited_for(search: tuple[Plan, Turn, list[Candidate]], because: Because) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    assert moves.page or moves.last_step
    assert moves.step > turn.step or turn.last_step
    if not moves.last_step:
        assert any(one.kind in plan.steps[moves.step].kinds for one in moves.page)


@given(searches(), FILLS)
def test_no_more_are_asked_than_are_lacking(search: tuple[Plan, Turn, list[Candidate]], because: Because) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    assume(moves.step == turn.step)
    begun, asked = plan.steps[: turn.step + 1], {one.kind for one in turn.open_pages}
    wanted = plan.repeat_how_many if turn.last_step else sum(step.how_many for step in begun)
    in_vain = 0 if turn.last_step else sum(1 for step in begun if asked.isdisjoint(step.kinds))
    assert len(moves.page) <= max(wanted - len(turn.open_pages), in_vain)
    assert moves.next_at == turn.next_at, "the time that was told stays"


@given(searches(), FILLS)
def test_a_search_that_is_left_with_nobody_to_wait_for_goes_on_at_once(
    search: tuple[Plan, Turn, list[Candidate]], because: Because
) -> None:
    plan, turn, free = search
    moves = next_move(plan, turn, free, NIGHT, because=because)
    assert moves.page or turn.open_pages or moves.last_step


ONE_KIND_A_STEP = st.lists(STEPS.map(lambda step: replace(step, kinds=step.kinds[:1])), min_size=1, max_size=6)


@given(searches(), ONE_KIND_A_STEP)
def test_step_it_up_is_never_more_of_the_same(search: tuple[Plan, Turn, list[Candidate]], steps: list[Step]) -> None:
    _, turn, free = search
    plan = Plan(tuple(steps))
    turn = replace(turn, plan=plan, step=min(turn.step, len(steps) - 1), last_step=False)
    known = {kind for step in plan.steps[: turn.step + 1] for kind in step.kinds}
    new = {kind for step in plan.steps[turn.step + 1 :] for kind in step.kinds} - known
    tried = {one.helper for one in turn.asked if one.state is not PageState.WITHDRAWN}
    could_come = any(one.kinds <= new and one.helper not in tried for one in free)
    moves = next_move(plan, turn, free, NIGHT, because=Because.STEP_UP)
    assert moves.last_step or any(one.kind in new for one in moves.page)
    assert not (could_come and moves.last_step)


@given(searches(), st.sampled_from(Because))
def test_the_same_question_has_the_same_answer(search: tuple[Plan, Turn, list[Candidate]], because: Because) -> None:
    plan, turn, free = search
    before = list(free)
    first = next_move(plan, turn, free, NIGHT, because=because)
    assert free == before, "what is handed in is not touched"
    assert next_move(plan, turn, free, NIGHT, because=because) == first


@given(st.lists(st.integers(1, 30), unique=True, max_size=12))
def test_the_best_come_first(order: list[int]) -> None:
    assert numbers(move(FRESH, peers(*order), Because.PRESSED))[:3] == order[:3]
