"""What each verb does to a life: told with a small team, no database and no clock."""

from datetime import timedelta

import pytest

from stepitup.calls import changes
from stepitup.calls.errors import CallIsOver, NothingSuggested, PageIsOver, SeatIsOver, SomeoneHasIt
from stepitup.calls.life import CallState, Ending, SeatState, TurnKind
from stepitup.calls.plan import DEFAULT
from stepitup.paging.facts import PageState
from tests.rooms.calls_life import CHAPLAIN, CLINICIAN, COORDINATOR, NIGHT, PEER, Night, helper, peers

pytestmark = pytest.mark.only_on("sqlite")

DR_OKAFOR, DANIEL, MARIA = 20, 30, 40
MANY = [*peers(*range(1, 12)), helper(DR_OKAFOR, CLINICIAN), helper(DANIEL, CHAPLAIN), helper(MARIA, COORDINATOR)]


# --- yes -------------------------------------------------------------------------------------------------------------


def test_the_first_yes_takes_the_call_and_releases_everybody_else() -> None:
    night = Night(MANY).press()
    seat = night.yes(2)
    assert night.life.state is CallState.ACKNOWLEDGED
    assert (seat.helper, seat.kind) == (2, PEER)
    assert night.page_state(2) is PageState.YOURS
    assert night.page_state(1) is night.page_state(3) is PageState.TAKEN
    assert night.turn.next_at == night.now + DEFAULT.join_within


def test_the_second_to_say_yes_hears_that_somebody_has_it() -> None:
    night = Night(MANY).press()
    night.yes(2)
    for number in (1, 2):
        with pytest.raises(SomeoneHasIt):
            night.yes(number)


def test_a_late_yes_from_the_first_step_wins_while_nobody_has_it() -> None:
    night = Night(MANY).press().passes(minutes=2).passes(minutes=2)
    assert night.turn.step == 2
    night.yes(1)
    assert night.life.state is CallState.ACKNOWLEDGED
    assert night.page_state(DR_OKAFOR) is PageState.TAKEN


def test_a_page_that_is_over_takes_nothing() -> None:
    night = Night(MANY).press()
    night.no(1)
    with pytest.raises(PageIsOver):
        night.yes(1)
    night.life = changes.close(night.life, night.now, ending=Ending.STOOD_DOWN)
    with pytest.raises(PageIsOver):
        night.yes(2)


def test_a_page_nobody_knows_is_over() -> None:
    night = Night(MANY).press()
    with pytest.raises(PageIsOver):
        changes.acknowledge(night.life, night.new_id(), night.now, seat_id=night.new_id(), kind=PEER)


# --- no --------------------------------------------------------------------------------------------------------------


def test_a_no_asks_the_next_at_once_and_is_never_asked_again() -> None:
    night = Night(MANY).press()
    night.no(1)
    assert night.asked == [2, 3, 4]
    for _ in range(10):
        night.passes(minutes=6)
    assert 1 not in night.asked


def test_saying_no_twice_or_late_changes_nothing() -> None:
    night = Night(MANY).press()
    night.no(1)
    before = night.life
    night.no(1)
    assert night.life == before
    night.yes(2)
    before = night.life
    night.no(3)
    assert night.life == before


def test_everybody_says_no_and_still_somebody_or_something_is_coming() -> None:
    night = Night(peers(1, 2, 3)).press()
    for number in (1, 2, 3):
        night.no(number)
    assert night.life.state is CallState.WAITING
    assert night.turn.last_step
    assert night.turn.next_at == night.now + DEFAULT.repeat_every
    assert night.turn.hungry


def test_whoever_cannot_be_reached_makes_room_for_the_next_and_is_tried_again_at_the_end() -> None:
    night = Night(peers(1, 2, 3, 4)).press()
    night.cannot_be_reached(1)
    assert night.asked == [2, 3, 4]
    night.passes(minutes=2)
    assert night.turn.last_step, "nobody is left for any step between"
    assert sorted(night.asked) == [1, 2, 3, 4]


def test_people_are_counted_and_not_their_pages() -> None:
    night = Night(peers(1, 2, 3, 4)).press()
    night.cannot_be_reached(1)
    assert (set(night.turn.paged), set(night.turn.not_reached)) == ({2, 3, 4}, {1})

    for _ in range(5):  # on the last step whoever could not be reached is tried again and again
        night.passes(minutes=5)
        night.cannot_be_reached(1)

    assert len(night.turn.asked) > 5
    assert (set(night.turn.paged), set(night.turn.not_reached)) == ({2, 3, 4}, {1})


def test_whoever_is_reached_in_the_end_was_paged() -> None:
    night = Night(peers(1, 2)).press()
    night.cannot_be_reached(1)
    night.passes(minutes=5)

    assert night.asked == [2, 1]
    assert (set(night.turn.paged), len(night.turn.not_reached)) == ({1, 2}, 0)


# --- time ------------------------------------------------------------------------------------------------------------


def test_nobody_answers_for_an_hour_and_every_moment_of_it_has_a_next() -> None:
    night = Night(MANY).press()
    for _ in range(60):
        night.passes(minutes=1)
        assert night.turn.next_at is not None
        assert timedelta() < night.turn.next_at - night.now <= DEFAULT.repeat_every
    assert night.turn.last_step
    assert sorted(night.asked) == sorted(one.helper for one in MANY)


def test_a_step_whose_time_has_not_come_changes_nothing() -> None:
    night = Night(MANY).press()
    before = night.life
    night.passes(seconds=119)
    assert night.life == before
    night.passes(seconds=1)
    assert night.turn.step == 1


def test_a_timer_that_comes_after_the_yes_changes_nothing() -> None:
    night = Night(MANY).press()
    night.yes(1)
    before = night.life
    night.life = changes.escalate(
        night.life, night.turn.id, night.now + timedelta(hours=1), free=list, new_id=night.new_id
    )
    night.life = changes.fill(night.life, night.turn.id, night.now, free=list, new_id=night.new_id)
    assert night.life == before


def test_nobody_joined_so_the_search_goes_on_a_step_further_and_in_the_end_asks_the_same_again() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.passes(minutes=5)
    assert night.seat(seat).state is SeatState.NOT_JOINED
    assert night.turn.kind is TurnKind.REOPENED
    assert night.turn.step == 1
    assert night.life.state is CallState.WAITING
    assert 1 not in night.asked, "others first"
    for _ in range(4):
        night.passes(minutes=2)
    assert 1 in night.asked


def test_whoever_joined_in_time_is_left_alone() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.joins(seat)
    night.passes(minutes=30)
    assert night.life.state is CallState.JOINED
    night.joins(night.seat(seat))
    assert night.seat(seat).joined_at == NIGHT


def test_reading_the_limits_late_gives_the_helper_their_time_from_then() -> None:
    night = Night(MANY).press()
    night.yes(1)
    night.now += timedelta(minutes=4)
    night.life = changes.limits_were_read(night.life, night.now)
    assert night.turn.next_at == night.now + DEFAULT.join_after_limits
    early = changes.limits_were_read(night.life, NIGHT)
    assert early.turns[-1].next_at == night.turn.next_at, "never less than was told"


def test_somebody_who_came_free_is_asked_by_a_search_that_lacks_people() -> None:
    night = Night(peers(1)).press()
    assert night.turn.hungry
    night.team += peers(2, 3, 4)
    night.somebody_came_free()
    assert night.asked == [1, 2, 3]
    assert not night.turn.hungry


# --- a helper --------------------------------------------------------------------------------------------------------


def test_a_helper_hands_back_and_the_next_step_goes_at_once() -> None:
    night = Night(MANY).press()
    night.hands_back(night.yes(1))
    assert night.turn.kind is TurnKind.REOPENED
    assert night.turn.step == 1
    assert night.asked
    for _ in range(10):
        assert 1 not in night.asked, "whoever handed it back is not asked again for this call"
        night.passes(minutes=6)


def test_whoever_sits_with_her_is_not_asked_again_by_her_own_search_whatever_is_said_of_who_is_free() -> None:
    night = Night([helper(1, PEER, CLINICIAN)]).press()
    night.joins(night.yes(1))
    everybody = lambda: night.team  # noqa: E731  said to be free, who is not
    night.life = changes.step_up(night.life, night.now, free=everybody, new_id=night.new_id)
    assert night.asked == []


def test_handing_back_beside_another_who_stays_searches_for_nobody() -> None:
    night = Night(MANY).press()
    sam = night.yes(1)
    night.joins(sam)
    night.step_up()
    night.joins(night.yes(DR_OKAFOR))
    night.hands_back(night.seat(sam))
    assert night.life.searching is None
    assert night.life.state is CallState.JOINED


def test_a_seat_that_is_over_can_do_nothing() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.hands_back(seat)
    gone = night.seat(seat)
    for verb in (
        lambda: night.joins(gone),
        lambda: night.hands_back(gone),
        lambda: night.finishes(gone),
        lambda: changes.suggest(night.life, gone, CLINICIAN),
    ):
        with pytest.raises(SeatIsOver):
            verb()


def test_a_suggestion_brings_nobody_before_the_caller_says_yes() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.life = changes.suggest(night.life, seat, CHAPLAIN)
    assert night.asked == []
    night.life = changes.answer_suggestion(night.life, night.now, yes=True, free=night.free, new_id=night.new_id)
    assert night.asked == [DANIEL]
    assert night.life.suggested is None
    with pytest.raises(NothingSuggested):
        changes.answer_suggestion(night.life, night.now, yes=True, free=night.free, new_id=night.new_id)


def test_a_no_to_a_suggestion_ends_the_matter() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.life = changes.suggest(night.life, seat, CHAPLAIN)
    night.life = changes.answer_suggestion(night.life, night.now, yes=False, free=night.free, new_id=night.new_id)
    assert (night.asked, night.life.suggested, len(night.life.turns)) == ([], None, 1)


# --- the end ---------------------------------------------------------------------------------------------------------


def test_a_closed_call_has_no_page_no_seat_no_timer_and_stays_closed() -> None:
    night = Night(MANY).press()
    seat = night.yes(1)
    night.life = changes.suggest(night.life, seat, CHAPLAIN)
    night.life = closed = changes.close(night.life, night.now, ending=Ending.STOOD_DOWN)
    assert night.life.state is CallState.CLOSED
    assert not night.asked
    assert not night.life.active_seats
    assert night.life.suggested is None
    assert all(turn.next_at is None and not turn.hungry for turn in night.life.turns)
    assert changes.close(closed, night.now + timedelta(hours=1), ending=Ending.EXPIRED) == closed
    for verb in (night.step_up, night.not_this_person):
        with pytest.raises(CallIsOver):
            verb()


def test_a_search_expires_after_its_time_and_two_who_talk_after_twice_as_long() -> None:
    waiting, talking = Night(MANY).press(), Night(MANY).press()
    talking.joins(talking.yes(1))
    half_a_day, a_day = NIGHT + timedelta(hours=12), NIGHT + timedelta(hours=24)
    assert changes.expire(waiting.life, half_a_day - timedelta(seconds=1)) == waiting.life
    assert changes.expire(waiting.life, half_a_day).ending is Ending.EXPIRED
    assert changes.expire(talking.life, half_a_day) == talking.life
    assert changes.expire(talking.life, a_day).ending is Ending.EXPIRED


def test_a_clock_put_back_makes_nobody_wait_longer_than_the_plan_ever_waits() -> None:
    night = Night(MANY).press()
    earlier = NIGHT - timedelta(hours=1)
    assert changes.mend(night.life, earlier).turns[0].next_at == earlier
    assert changes.mend(night.life, NIGHT) == night.life


def test_two_who_are_together_wait_for_nothing_and_are_left_alone() -> None:
    night = Night(MANY).press()
    night.joins(night.yes(1))
    assert night.turn.next_at is None
    assert changes.mend(night.life, NIGHT) == night.life
