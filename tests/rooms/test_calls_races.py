"""Two at the same instant, on a real database: one of them wins, the other hears so, and nothing is left half done."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

import pytest

from stepitup.calls import actions, timing
from stepitup.calls.actions import Opened, Press, Seated
from stepitup.calls.errors import (
    AnsweredElsewhere,
    CallTrouble,
    CannotSit,
    OpeningKeyUsed,
    PageIsOver,
    PageTrouble,
)
from stepitup.calls.life import CallState
from stepitup.calls.models import Asked, Call, LimitsRead
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.questions import as_caller_sees
from stepitup.calls.told import Told
from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.models import Timer
from stepitup.ground.vocabulary import Kind
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.facts import NewPage, PageState, Reach, Words
from stepitup.paging.links import page_key
from stepitup.paging.models import Page
from stepitup.roster import actions as roster
from stepitup.roster.facts import Wishes
from tests.rooms.calls_house import answer, hire, hire_peers, life_of, open_pages, press
from tests.rooms.side_by_side import side_by_side
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def reachable() -> Iterator[None]:
    with carriers.use(Carrier("text")):
        yield


@pytest.fixture(autouse=True)
def nothing_is_left_half_done(reachable: None, transactional_db: None) -> Iterator[None]:
    """After each of these nights: one winner a turn, one thing at a time for each helper, each timer that is needed."""
    yield
    for call in Call.objects.all():
        life = life_of(call.pk)
        assert call.state == life.state.value
        armed = {(kind, subject) for kind, subject in Timer.objects.values_list("kind", "subject")}
        assert {timer for timer, _at in timing.timers_of(life)} <= armed
        for turn in life.turns:
            seats = [seat for seat in life.active_seats if seat.turn == turn.id]
            assert len(seats) == (turn.state in {CallState.ACKNOWLEDGED, CallState.JOINED})
            assert sum(one.state is PageState.YOURS for one in turn.asked) <= 1
            assert turn.state is CallState.WAITING or not turn.open_pages
    held = Counter(Page.objects.filter(state=PageState.OPEN.value).values_list("helper", flat=True))
    assert not held or max(held.values()) == 1


def says_yes(key: str, nonce: str = "") -> Seated:
    return deed(actions.acknowledge, key, press=nonce or secrets.token_urlsafe(16))


# --- the press -------------------------------------------------------------------------------------------------------


def test_one_press_sent_eight_times_at_once_makes_one_call() -> None:
    hire_peers(3)
    key = secrets.token_urlsafe(16)
    opened = [one for one in side_by_side(*[lambda: press(key=key)] * 8) if isinstance(one, Opened)]
    assert len(opened) == 8
    assert len({(one.id, one.token, one.receipt) for one in opened}) == 1
    assert sum(one.is_new for one in opened) == 1
    assert Call.objects.count() == 1
    assert len(open_pages()) == 3


def test_the_same_key_with_another_body_is_refused_and_touches_nothing() -> None:
    hire_peers(3)
    key = secrets.token_urlsafe(16)
    first, second = side_by_side(
        lambda: deed(actions.call_for_backup, press=Press(key, "one body")),
        lambda: deed(actions.call_for_backup, press=Press(key, "another body")),
    )
    assert sorted(type(one).__name__ for one in (first, second)) == [Opened.__name__, OpeningKeyUsed.__name__]
    assert Call.objects.count() == 1


def test_a_form_from_yesterday_opens_a_new_call_once_the_old_one_is_closed() -> None:
    key = secrets.token_urlsafe(16)
    old = press(key=key)
    deed(actions.stand_down, old.id)
    again = [one for one in side_by_side(*[lambda: press(key=key)] * 4) if isinstance(one, Opened)]
    assert len({one.id for one in again} - {old.id}) == 1
    assert len(again) == 4


def test_twelve_press_at_once_and_each_helper_is_asked_one_thing() -> None:
    hire_peers(20)
    assert all(isinstance(one, Opened) for one in side_by_side(*[press] * 12))
    assert len(open_pages()) == 20
    assert len(set(Asked.objects.values_list("helper", flat=True))) == 20


def test_two_press_at_once_and_only_one_helper_is_there_so_one_is_asked_and_the_other_call_knows_it_lacks() -> None:
    sam = hire("Sam")
    first, second = side_by_side(press, press)
    assert isinstance(first, Opened)
    assert isinstance(second, Opened)
    (asked,) = Asked.objects.all()
    other = first.id if asked.turn.call_id == second.id else second.id
    assert life_of(other).turns[0].last_step
    assert life_of(other).turns[0].hungry
    deed(actions.decline, page_key(asked.page_id))
    deed(actions.fill, life_of(other).turns[0].id)
    assert open_pages(other).keys() == {sam}, "who says no to one may be asked by the other"


# --- yes and no ------------------------------------------------------------------------------------------------------


def test_three_say_yes_at_once_and_one_has_it() -> None:
    hire_peers(3)
    call = press().id
    said = side_by_side(*[lambda key=key: says_yes(key) for key in open_pages(call).values()])
    assert sorted(type(one).__name__ for one in said) == ["Seated", "SomeoneHasIt", "SomeoneHasIt"]
    assert as_caller_sees(call).state is CallState.ACKNOWLEDGED
    assert not open_pages()


def test_a_double_tap_gives_the_same_seat_and_somebody_elses_press_does_not() -> None:
    sam = hire("Sam")
    key = open_pages(press().id)[sam]
    said = side_by_side(*[lambda: says_yes(key, "his press")] * 4, lambda: says_yes(key, "another press"))
    seats = [one for one in said if isinstance(one, Seated)]
    if isinstance(said[-1], AnsweredElsewhere):
        assert len({seat.secret for seat in said[:4] if isinstance(seat, Seated)}) == 1
        assert len(seats) == 4
    else:
        assert [type(one) for one in said[:4]] == [AnsweredElsewhere] * 4
    assert SeatRow.objects.count() == 1


def test_yes_and_no_from_the_same_page_at_once_leave_one_of_both() -> None:
    sam = hire("Sam")
    call = press().id
    key = open_pages(call)[sam]
    yes, no = side_by_side(lambda: says_yes(key), lambda: deed(actions.decline, key))
    assert no is None
    state = Page.objects.get(pk=Asked.objects.get(helper=sam, turn__number=1).page_id).state
    if isinstance(yes, PageIsOver):
        assert state == PageState.DECLINED
    else:
        assert isinstance(yes, Seated)


def test_one_says_yes_while_others_say_no_and_nobody_more_is_asked() -> None:
    hire_peers(8)
    call = press().id
    first, second, third = open_pages(call).values()
    said = side_by_side(
        lambda: says_yes(first), lambda: deed(actions.decline, second), lambda: deed(actions.decline, third)
    )
    assert isinstance(said[0], Seated)
    assert not open_pages()


def test_a_helper_who_sits_cannot_take_a_second_call_whatever_page_they_hold() -> None:
    sam = hire("Sam")
    answer(press().id, sam)
    other = press().id
    page = new_id()
    turn = life_of(other).turns[0]
    deed(paging.write_pages, [NewPage(page, sam, Words.PAGE, (Reach(1, "text", "text:sam"),))])
    Asked.objects.create(page_id=page, turn_id=turn.id, helper_id=sam, kind=Kind.PEER.value, step=0)
    said = side_by_side(*[lambda: says_yes(page_key(page))] * 2)
    assert [type(one) for one in said] == [CannotSit] * 2
    assert SeatRow.objects.filter(helper=sam).count() == 1


# --- against time and the caller -------------------------------------------------------------------------------------


def test_the_caller_stands_down_while_somebody_says_yes_and_the_call_is_closed() -> None:
    hire_peers(3)
    call = press().id
    key = next(iter(open_pages(call).values()))
    said, _ = side_by_side(lambda: says_yes(key), lambda: deed(actions.stand_down, call))
    assert isinstance(said, Seated | PageTrouble)
    assert as_caller_sees(call).state is CallState.CLOSED
    assert not SeatRow.objects.filter(state="active").exists()


def test_a_step_comes_while_somebody_says_yes_and_whoever_it_asked_is_released() -> None:
    hire_peers(8)
    call = press().id
    turn = life_of(call).turns[0]
    key = next(iter(open_pages(call).values()))
    Call.objects.get(pk=call).turns.update(next_at=turn.opened_at)
    said, _ = side_by_side(lambda: says_yes(key), lambda: deed(actions.escalate, turn.id))
    assert isinstance(said, Seated)
    assert not open_pages()


def test_a_step_that_two_watches_take_at_once_comes_once() -> None:
    hire_peers(20)
    call = press().id
    turn = life_of(call).turns[0]
    Call.objects.get(pk=call).turns.update(next_at=turn.opened_at)
    side_by_side(*[lambda: deed(actions.escalate, turn.id)] * 4)
    assert len(open_pages(call)) == 8
    assert life_of(call).turns[0].step == 1


def test_three_pages_fall_through_at_once_and_each_makes_room_for_one() -> None:
    hire_peers(9)
    call = press().id
    pages = [one.page for one in life_of(call).turns[0].open_pages]
    side_by_side(*[lambda page=page: deed(actions.page_fell_through, page) for page in pages])
    assert len(open_pages(call)) == 3
    assert Asked.objects.filter(turn__call=call).count() == 6


def test_somebody_is_suspended_while_they_say_yes_and_does_not_sit() -> None:
    sam, ines = hire("Sam"), hire("Ines")
    call = press().id
    key = open_pages(call)[sam]

    def is_suspended() -> None:
        deed(roster.suspend, sam)
        deed(actions.release, sam)

    said, _ = side_by_side(lambda: says_yes(key), is_suspended)
    assert isinstance(said, Seated | PageTrouble)
    assert not SeatRow.objects.filter(helper=sam, state="active").exists()
    assert open_pages(call).keys() == {ines}


def test_a_never_rule_comes_while_a_forbidden_helper_says_yes() -> None:
    sam, ines = hire("Sam"), hire("Ines")
    call = press().id
    key = open_pages(call)[sam]
    never_sam = Told(wishes=Wishes(never_names=("Sam",)))
    said, _ = side_by_side(lambda: says_yes(key), lambda: deed(actions.tell, call, never_sam))
    assert isinstance(said, Seated | PageTrouble)
    assert not SeatRow.objects.filter(helper=sam, state="active").exists()
    assert open_pages(call).keys() == {ines}


def test_reading_the_limits_twice_at_once_is_reading_them_once() -> None:
    hire("Sam")
    call = press().id
    version = as_caller_sees(call).limits_due[0].version
    assert side_by_side(*[lambda: deed(actions.limits_read, call, version=version)] * 3) == [None] * 3
    assert LimitsRead.objects.count() == 1
    assert not as_caller_sees(call).limits_due


def test_everything_at_once_on_ten_calls_ends_in_order() -> None:
    hire_peers(30)
    calls: list[UUID] = [one.id for one in side_by_side(*[press] * 10) if isinstance(one, Opened)]
    keys = list(open_pages().values())
    jobs: list[Callable[[], object]] = [partial(says_yes, key) for key in keys[::2]]
    jobs += [partial(deed, actions.decline, key) for key in keys[1::3]]
    jobs += [partial(deed, actions.step_up, call) for call in calls[::3]]
    jobs += [partial(deed, actions.stand_down, call) for call in calls[1::4]]
    jobs += [partial(deed, actions.mend)] * 2
    said = side_by_side(*jobs)
    trouble = [one for one in said if isinstance(one, Exception) and not isinstance(one, CallTrouble)]
    assert not trouble
    assert any(isinstance(one, Seated) for one in said)
    assert timers.next_due() is not None
