"""The net under the timers: what was dropped is found again, and what a clock put back has made too late."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from stepitup.calls import actions, timing
from stepitup.calls.actions.by_the_caller import Change, change
from stepitup.calls.life import Life
from stepitup.calls.models import Call, Turn
from stepitup.calls.plan import Plan, Step, plan_as_json
from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.paging.next_way import NO_ANSWER_AFTER
from stepitup.paging.rounds import timer_kind
from tests.rooms.calls_house import NIGHT, has_its_timers, hire_peers, life_of, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db

IN_A_QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    """03:04, and carriers that work."""
    hands = HandClock(NIGHT)
    with clock.use(hands), carriers.use(Carrier("text")):
        yield hands


def waits_for(call: UUID) -> datetime | None:
    return life_of(call).turns[0].next_at


def test_the_net_finds_what_was_dropped_and_touches_nothing_else() -> None:
    hire_peers(6)
    lost, whole = press().id, press().id
    turn = life_of(lost).turns[0].id
    timers.disarm(timing.STEP, [turn])
    assert deed(actions.mend) == 1
    assert timers.armed_for(timing.STEP, turn) == NIGHT + timedelta(minutes=2)
    assert deed(actions.mend) == 0
    has_its_timers(whole)


def test_the_net_pulls_in_what_a_clock_put_back_has_made_too_late(hand: HandClock) -> None:
    hire_peers(3)
    call = press().id
    hand.wind(hours=-1)
    assert deed(actions.mend) == 1
    assert life_of(call).turns[0].next_at == clock.now()
    has_its_timers(call)
    assert set(timers.kinds_due(clock.now())) == {"attempt:text", timing.STEP}


def test_what_was_dropped_is_mended_so_many_at_a_time_and_others_write_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stepitup.calls.actions.by_time.MENDED_AT_ONCE", 1)
    for _call in range(2):
        press()
    Timer.objects.filter(kind=timing.STEP).delete()
    assert [deed(actions.mend) for _time in range(3)] == [1, 1, 0]


def test_a_third_way_has_its_turn_in_a_minute_and_the_net_does_not_hurry_it() -> None:
    turns = {"in a minute": NIGHT + NO_ANSWER_AFTER, "in an hour": NIGHT + timedelta(hours=1)}
    timers.arm_many(timer_kind("mail"), turns.items())
    assert deed(actions.mend) == 0
    assert timers.armed_for(timer_kind("mail"), "in a minute") == NIGHT + NO_ANSWER_AFTER
    assert timers.armed_for(timer_kind("mail"), "in an hour") == NIGHT


def test_a_team_whose_plan_waits_a_quarter_of_an_hour_is_left_its_quarter_and_no_minute_more(hand: HandClock) -> None:
    patient = Plan((Step((Kind.PEER,), how_many=3, wait=IN_A_QUARTER),))
    call = press().id
    Turn.objects.update(plan=plan_as_json(patient), next_at=NIGHT + IN_A_QUARTER)
    assert deed(actions.mend) == 0
    assert waits_for(call) == NIGHT + IN_A_QUARTER
    hand.wind(minutes=-1)
    assert deed(actions.mend) == 1
    assert waits_for(call) == clock.now()


def test_a_search_that_waits_for_nothing_goes_on_at_once() -> None:
    call = press().id
    Turn.objects.update(next_at=None)
    assert deed(actions.mend) == 1
    assert waits_for(call) == NIGHT
    assert deed(actions.mend) == 0
    has_its_timers(call)


def test_one_that_was_dropped_and_one_that_waits_too_long_are_mended_together(hand: HandClock) -> None:
    dropped, too_long = press().id, press().id
    Timer.objects.filter(subject=str(life_of(dropped).turns[0].id)).delete()
    Turn.objects.filter(call=too_long).update(next_at=NIGHT + timedelta(hours=1))
    assert deed(actions.mend) == 2
    assert waits_for(too_long) == NIGHT
    has_its_timers(dropped)


def test_the_net_takes_calls_in_the_order_in_which_everybody_locks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for _call in range(8):
        press()
    Timer.objects.filter(kind=timing.STEP).delete()
    taken = list[UUID]()

    def noting(now: datetime, call: UUID, what: Change) -> Life:
        taken.append(call)
        return change(now, call, what)

    monkeypatch.setattr("stepitup.calls.actions.by_time.change", noting)
    deed(actions.mend)
    assert taken == list(Call.objects.order_by("pk").values_list("pk", flat=True))
