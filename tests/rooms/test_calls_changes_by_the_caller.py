"""What the caller's verbs do to a life: step it up, not this person, who comes first, never these."""

from datetime import timedelta

import pytest

from stepitup.calls.errors import NobodyToRefuse
from stepitup.calls.life import CallState, Ending, SeatState, TurnKind
from stepitup.calls.plan import DEFAULT, plan_for
from stepitup.paging.facts import PageState
from tests.rooms.calls_life import CHAPLAIN, CLINICIAN, COORDINATOR, Night, helper, peers

pytestmark = pytest.mark.only_on("sqlite")

DR_OKAFOR, DANIEL, MARIA = 20, 30, 40
MANY = [*peers(*range(1, 12)), helper(DR_OKAFOR, CLINICIAN), helper(DANIEL, CHAPLAIN), helper(MARIA, COORDINATOR)]


# --- the caller ------------------------------------------------------------------------------------------------------


def test_step_it_up_while_waiting_brings_the_clinician_now() -> None:
    night = Night(MANY).press()
    night.step_up()
    assert DR_OKAFOR in night.asked
    assert night.asked_as(DR_OKAFOR) is CLINICIAN


def test_step_it_up_in_panic_does_not_ring_everybody_ten_times() -> None:
    night = Night(peers(1)).press()
    night.step_up()
    assert night.turn.last_step
    told = night.turn.next_at
    for _ in range(10):
        night.now += timedelta(seconds=5)
        night.step_up()
    assert night.turn.next_at == told, "the pages that are out go again only with a new time"
    night.now += timedelta(seconds=10)
    night.step_up()
    assert night.turn.next_at == night.now + DEFAULT.repeat_every


def test_step_it_up_beside_a_helper_brings_a_clinician_and_the_helper_stays() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    assert night.turn.kind is TurnKind.HAND_OFF
    assert night.asked == [DR_OKAFOR]
    assert night.life.state is CallState.JOINED
    doctor = night.yes(DR_OKAFOR)
    assert {seat.helper for seat in night.life.active_seats} == {1, DR_OKAFOR}
    night.joins(doctor)
    night.finishes(sam)
    assert night.life.closed_at is None, "the other is still there"
    night.finishes(doctor)
    assert night.life.ending is Ending.FINISHED


def test_beside_a_clinician_the_next_kind_is_a_chaplain() -> None:
    night = Night(MANY).press(plan_for("clinician"))
    night.joins(night.yes(DR_OKAFOR))
    night.step_up()
    assert night.asked == [DANIEL]


def test_a_helper_who_has_finished_leaves_the_search_beside_them_going() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    night.finishes(sam)
    assert night.life.closed_at is None
    assert night.life.state is CallState.WAITING
    assert night.asked == [DR_OKAFOR]
    night.passes(minutes=2)
    assert len(night.asked) > 1, "Rosa is alone: whoever can come is asked, when the clinician's time is over"


def test_a_helper_who_finishes_while_nobody_of_the_wanted_kind_is_free_leaves_nobody_alone() -> None:
    night = Night(MANY[:6]).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    assert not night.asked, "no clinician is on duty"
    night.finishes(sam)
    assert night.asked, "Rosa wanted somebody more and is alone now: peers are asked"


def test_a_yes_to_a_suggestion_while_somebody_is_looked_for_asks_that_kind_in_the_same_search() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    night.suggested_and_wanted(sam, CHAPLAIN)
    assert night.asked == [DR_OKAFOR, DANIEL]
    assert len(night.life.turns) == 2, "one search at a time"
    night.yes(DANIEL)
    assert not night.asked


def test_a_yes_to_a_kind_that_is_asked_already_rings_nobody_again() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    before = night.life
    night.suggested_and_wanted(sam, CLINICIAN)
    assert night.life == before


def test_not_this_person_needs_no_reason_pages_another_and_never_that_one_again() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.not_this_person()
    assert night.seat(seat).state is SeatState.REFUSED
    assert night.life.state is CallState.WAITING
    for _ in range(10):
        assert 1 not in night.asked
        night.passes(minutes=6)


def test_not_this_person_means_whoever_came_last() -> None:
    night = Night(MANY).press()
    night.joins(night.yes(1))
    night.step_up()
    night.yes(DR_OKAFOR)
    night.not_this_person()
    assert [seat.helper for seat in night.life.active_seats] == [1]
    assert night.life.state is CallState.JOINED


def test_the_first_of_two_may_be_refused_too_and_the_other_stays() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    night.yes(DR_OKAFOR)
    night.not_this_person(sam)
    assert night.seat(sam).state is SeatState.REFUSED
    assert [seat.helper for seat in night.life.active_seats] == [DR_OKAFOR]
    with pytest.raises(NobodyToRefuse):
        night.not_this_person(sam)


def test_there_must_be_somebody_to_say_no_to() -> None:
    with pytest.raises(NobodyToRefuse):
        Night(MANY).press().not_this_person()


def test_who_comes_first_may_be_said_later_and_the_others_are_let_go_once_one_was_asked() -> None:
    night = Night(MANY).press()
    night.replan(plan_for("chaplain"))
    assert night.asked == [DANIEL]
    assert night.page_state(1) is PageState.WITHDRAWN
    assert night.turn.step == 0


def test_if_nobody_of_that_kind_is_free_whoever_was_asked_stays_asked() -> None:
    night = Night(peers(1, 2, 3, 4)).press()
    told = night.turn.next_at
    night.replan(plan_for("clinician"))
    assert night.asked[:3] == [1, 2, 3]
    assert night.turn.next_at is not None
    assert night.turn.next_at == told
    night.team.append(helper(DR_OKAFOR, CLINICIAN))
    night.somebody_came_free()
    assert DR_OKAFOR in night.asked
    assert night.turn.next_at == told


def test_asking_for_what_is_out_already_disturbs_nobody() -> None:
    night = Night(MANY).press()
    night.replan(plan_for("peer"))
    assert night.asked == [1, 2, 3]
    assert night.turn.next_at == night.now + timedelta(minutes=2)


def test_who_comes_first_changes_nothing_once_somebody_has_it() -> None:
    night = Night(MANY).press()
    night.yes(1)
    before = night.life
    night.replan(plan_for("chaplain"))
    assert night.life == before


def test_a_new_never_rule_withdraws_pages_and_asks_others_in_their_place() -> None:
    night = Night(MANY).press()
    night.team = [one for one in night.team if one.helper not in (1, 3)]
    night.narrow(*(one.helper for one in night.team))
    assert night.page_state(1) is night.page_state(3) is PageState.WITHDRAWN
    assert night.asked == [2, 4, 5]


def test_a_new_never_rule_ends_the_seat_of_whom_it_forbids_and_the_search_goes_on() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.narrow(*range(2, 12))
    assert night.seat(seat).state is SeatState.REFUSED
    assert night.life.state is CallState.WAITING
    assert 1 not in night.asked


@pytest.mark.parametrize("said_later", [False, True])
def test_a_chaplain_who_comes_free_is_paged_for_whoever_asked_for_one_in_vain(said_later: bool) -> None:
    night = Night(peers(*range(1, 20)))
    night.press() if said_later else night.press(plan_for("chaplain"))
    if said_later:
        night.replan(plan_for("chaplain"))
    assert len(night.asked) == 3

    night.team.append(helper(77, CHAPLAIN))
    night.somebody_came_free()

    assert 77 in night.asked
    assert night.asked_as(77) is CHAPLAIN
