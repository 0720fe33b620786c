"""Keeping a life: what was decided is what is read again, only what differs is written, and stale deciders lose."""

import queue
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from stepitup.calls import actions, changes, store, timing
from stepitup.calls.actions.opening import DELETED_AFTER
from stepitup.calls.errors import (
    CallIsOver,
    LimitsNotRead,
    NoSuchCall,
    NoSuchPage,
    NoSuchSeat,
    SeatIsOver,
    SomeoneHasIt,
)
from stepitup.calls.life import CallState, Ending, Life, SeatState
from stepitup.calls.models import Asked, Call, LimitsRead, Seat, Turn
from stepitup.calls.questions import as_caller_sees, as_helper_sees, call_of_seat, call_with
from stepitup.calls.told import Number, Told
from stepitup.ground import bell, clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.models import Timer
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Situation
from stepitup.paging import carriers
from stepitup.paging.facts import PageState
from stepitup.paging.models import Attempt, Page
from stepitup.roster import actions as roster
from stepitup.roster.facts import Wishes
from stepitup.roster.models import Helper
from tests.rooms.calls_house import NIGHT, answer, has_its_timers, hire, hire_peers, life_of, open_pages, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    """03:04, carriers that work, six peers, Dr. Okafor and Daniel."""
    hands = HandClock(NIGHT)
    with clock.use(hands), carriers.use(Carrier("text")):
        hire_peers(6)
        hire("Dr. Okafor", Kind.CLINICIAN)
        hire("Daniel", Kind.CHAPLAIN)
        yield hands


def as_kept(life: Life) -> Life:
    """The same life with each turn's pages in the order of their ids: a database keeps no other."""
    turns = tuple(replace(turn, asked=tuple(sorted(turn.asked, key=lambda one: one.page))) for turn in life.turns)
    return replace(life, turns=turns)


# --- what was decided is what is read --------------------------------------------------------------------------------


def test_a_life_is_read_as_it_was_decided_through_a_whole_night(
    hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[Life] = []
    real = store.keep_all

    def listens(now: datetime, lives: list[store.Change], *, press_mark: str = "") -> None:
        real(now, lives, press_mark=press_mark)
        decided.extend(after for _before, after in lives)

    monkeypatch.setattr(store, "keep_all", listens)
    call = press(Told(wants="anyone")).id
    deed(actions.decline, next(iter(open_pages(call).values())))
    hand.wind(minutes=2)
    deed(actions.escalate, life_of(call).turns[0].id)
    deed(actions.step_up, call)
    seat = answer(call)
    deed(actions.limits_read, call, version=as_caller_sees(call).limits_due[0].version)
    deed(actions.joined, seat)
    deed(actions.hand_off, seat, kind=Kind.CHAPLAIN)
    deed(actions.answer_suggestion, call, yes=True)
    hand.wind(minutes=1)
    deed(actions.not_this_person, call)
    deed(actions.stand_down, call)
    assert len(decided) == 11
    assert as_kept(life_of(call)) == as_kept(decided[-1])


def test_after_each_verb_exactly_the_timers_that_the_life_needs_are_armed(hand: HandClock) -> None:
    call = press().id
    has_its_timers(call)
    deed(actions.decline, next(iter(open_pages(call).values())))
    has_its_timers(call)
    seat = answer(call)
    has_its_timers(call)
    deed(actions.hand_back, seat)
    has_its_timers(call)
    deed(actions.stand_down, call)
    has_its_timers(call)


def test_what_did_not_change_is_not_written() -> None:
    call = press().id
    before, version = life_of(call), as_caller_sees(call).version
    with CaptureQueriesContext(connection) as asked:
        store.keep(NIGHT, before, before)
    assert not asked.captured_queries
    assert as_caller_sees(call).version == version


def test_each_change_has_a_new_version_so_that_an_open_screen_knows() -> None:
    call = press().id
    versions = [as_caller_sees(call).version]
    for verb in (actions.step_up, actions.stand_down):
        deed(verb, call)
        versions.append(as_caller_sees(call).version)
    deed(actions.stand_down, call)
    versions.append(as_caller_sees(call).version)
    assert versions[0] < versions[1] < versions[2] == versions[3], "standing down twice changes nothing"


def test_screens_hear_of_each_change_and_the_watch_only_of_what_it_must_do(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    call = press().id
    seat = answer(call)
    due = as_caller_sees(call).limits_due[0].version
    rings: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    with bell.hearing(lambda topic, about: rings.put((topic, about))):
        with django_capture_on_commit_callbacks(execute=True):
            deed(actions.limits_read, call, version=due)
        assert rings.get(timeout=1) == ("calls", str(call)), "the helper's screen goes on by itself"
        assert rings.empty()
        with django_capture_on_commit_callbacks(execute=True):
            deed(actions.hand_off, seat, kind=Kind.CLINICIAN)
        assert rings.get(timeout=1) == ("calls", str(call))
        assert rings.empty(), "a suggestion gives the watch nothing to do"
        with django_capture_on_commit_callbacks(execute=True):
            deed(actions.answer_suggestion, call, yes=True)
        assert {rings.get(timeout=1)[0] for _ in range(2)} == {"calls", "timers"}


# --- stale deciders --------------------------------------------------------------------------------------------------


def test_whoever_decided_on_an_older_life_changes_no_row() -> None:
    call = press().id
    old = life_of(call)
    first, second, _ = old.turns[0].open_pages
    taken = changes.acknowledge(old, first.page, NIGHT, seat_id=new_id(), kind=Kind.PEER)
    too_late = changes.acknowledge(old, second.page, NIGHT, seat_id=new_id(), kind=Kind.PEER)
    store.keep(NIGHT, old, taken, press_mark="one")
    with pytest.raises(SomeoneHasIt):
        store.keep(NIGHT, old, too_late, press_mark="two")


def test_a_timer_of_a_turn_that_is_gone_changes_nothing() -> None:
    for verb in (actions.escalate, actions.fill, actions.nobody_joined):
        deed(verb, new_id())
    deed(actions.expire, new_id())
    deed(actions.forget, new_id())
    deed(actions.page_fell_through, new_id())
    actions.hold_call_of(4711)
    assert not Timer.objects.exists()


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    for verb, trouble in (
        (lambda: deed(actions.step_up, new_id()), NoSuchCall),
        (lambda: deed(actions.tell_place, new_id(), "here"), NoSuchCall),
        (lambda: call_with("nothing"), NoSuchCall),
        (lambda: as_caller_sees(new_id()), NoSuchCall),
        (lambda: deed(actions.decline, "nothing"), NoSuchPage),
        (lambda: deed(actions.acknowledge, "nothing", press="x"), NoSuchPage),
        (lambda: deed(actions.joined, "nothing"), NoSuchSeat),
        (lambda: call_of_seat("nothing"), NoSuchSeat),
    ):
        with pytest.raises(trouble):
            verb()


# --- what is told ----------------------------------------------------------------------------------------------------


def test_what_was_told_is_sealed_until_the_call_closes_and_then_gone() -> None:
    told = Told(
        wants="peer",
        situation=Situation(state="US-CO", service="fire"),
        wishes=Wishes(never_names=("Quillfeather",)),
        shown=("I work nights",),
        number=Number("+13035550101", "ring"),
    )
    call = press(told).id
    deed(actions.tell_place, call, "the barn behind the station")
    row = Call.objects.values().get(pk=call)
    kept = [bytes(value) for value in row.values() if isinstance(value, bytes | memoryview)]
    assert len(kept) == 5
    for words in ("US-CO", "fire", "Quillfeather", "nights", "3035550101", "barn"):
        assert all(words.encode() not in sealed for sealed in kept)
        assert all(words not in str(value) for value in row.values())
    assert as_caller_sees(call).place == "the barn behind the station"
    deed(actions.stand_down, call)
    row = Call.objects.values().get(pk=call)
    assert not [name for name, value in row.items() if name.startswith("sealed_") and value]
    assert row["opening_mark"] is None
    assert (row["opening_body_mark"], row["wants"]) == ("", "")


def test_a_never_rule_stays_for_the_length_of_the_call() -> None:
    zoe, call = hire("Zoe Quillfeather"), press(Told(wishes=Wishes(never_names=("Quillfeather",)))).id
    deed(actions.tell, call, Told(wishes=Wishes(matters={"shift": "matters"})))
    deed(actions.tell, call, Told(wants="anyone"))
    for _ in range(4):
        deed(actions.step_up, call)
    assert zoe not in open_pages(call)
    assert len(open_pages(call)) == 8


def test_a_number_and_a_place_can_be_taken_back_at_once() -> None:
    call = press(Told(number=Number("+13035550101"))).id
    deed(actions.tell_place, call, "the barn")
    deed(actions.take_number_back, call)
    deed(actions.tell_place, call, "")
    seen = as_caller_sees(call)
    assert (seen.number, seen.place) == (None, "")


def test_nothing_can_be_told_to_a_call_that_is_over() -> None:
    call = press().id
    deed(actions.stand_down, call)
    for verb in (
        lambda: deed(actions.tell, call, Told(shown=("late",))),
        lambda: deed(actions.tell_place, call, "here"),
        lambda: deed(actions.take_number_back, call),
        lambda: deed(actions.step_up, call),
    ):
        with pytest.raises(CallIsOver):
            verb()


# --- a seat ----------------------------------------------------------------------------------------------------------


def test_before_the_limits_were_read_a_seat_shows_nothing_and_nobody_can_join() -> None:
    call = press(Told(shown=("I work nights",), number=Number("+13035550101"))).id
    deed(actions.tell_place, call, "Mile 41")
    seat = answer(call)
    seen = as_helper_sees(seat)
    assert (seen.words_may_pass, seen.shown, seen.number, seen.place) == (False, (), None, "")
    with pytest.raises(LimitsNotRead):
        deed(actions.joined, seat)
    deed(actions.limits_read, call, version=as_caller_sees(call).limits_due[0].version)
    deed(actions.joined, seat)
    assert as_helper_sees(seat).shown == ("I work nights",)
    assert as_helper_sees(seat).place == "Mile 41"


def test_whoever_is_with_a_caller_has_talked_today_so_that_the_rested_come_before_them_for_some_days() -> None:
    call = press().id
    seat = answer(call)
    deed(actions.limits_read, call, version=as_caller_sees(call).limits_due[0].version)
    assert not Helper.objects.filter(last_talk_on=NIGHT.date()).exists()

    deed(actions.joined, seat)

    assert Helper.objects.get(last_talk_on=NIGHT.date()).pk == as_helper_sees(seat).helper


def test_a_seat_that_is_over_shows_nothing_more() -> None:
    call = press(Told(shown=("I work nights",))).id
    seat = answer(call)
    deed(actions.limits_read, call, version=as_caller_sees(call).limits_due[0].version)
    deed(actions.hand_back, seat)
    assert as_helper_sees(seat).shown == ()
    for verb in (actions.joined, actions.hand_back, actions.finished, actions.not_a_call_for_backup):
        with pytest.raises(SeatIsOver):
            deed(verb, seat)


def test_a_helper_who_rests_afterwards_is_not_asked_until_then(hand: HandClock) -> None:
    call = press().id
    sam = next(iter(open_pages(call)))
    seat = answer(call, sam)
    deed(actions.finished, seat)
    deed(actions.rest_until, seat, NIGHT + timedelta(hours=8))
    for _ in range(2):
        press()
    assert sam not in open_pages()
    hand.wind(hours=8)
    press()
    assert sam in open_pages()


def test_somebody_suspended_in_the_midst_of_it_is_replaced() -> None:
    call = press().id
    sam = next(iter(open_pages(call)))
    answer(call, sam)
    deed(roster.suspend, sam)
    deed(actions.release, sam)
    assert as_caller_sees(call).state is CallState.WAITING
    assert sam not in open_pages(call)
    assert Seat.objects.get().state == SeatState.REFUSED


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_call_expires_and_two_who_talk_are_looked_at_again_later(hand: HandClock) -> None:
    waiting, talking = press().id, press().id
    seat = answer(talking)
    deed(actions.limits_read, talking, version=as_caller_sees(talking).limits_due[0].version)
    deed(actions.joined, seat)
    hand.wind(hours=12)
    for call in (waiting, talking):
        deed(actions.expire, call)
    assert as_caller_sees(waiting).ending is Ending.EXPIRED
    assert as_caller_sees(talking).state is CallState.JOINED
    assert timers.armed_for(timing.EXPIRE, talking) == NIGHT + timedelta(hours=24)
    hand.wind(hours=12)
    deed(actions.expire, talking)
    assert as_caller_sees(talking).ending is Ending.EXPIRED


def test_on_its_day_a_call_is_forgotten_whole(hand: HandClock) -> None:
    call = press().id
    seat = answer(call)
    deed(actions.limits_read, call, version=as_caller_sees(call).limits_due[0].version)
    deed(actions.finished, seat)
    assert timers.armed_for(timing.FORGET, call) == as_caller_sees(call).delete_at == NIGHT + DELETED_AFTER
    deed(actions.forget, call)
    for table in (Call, Turn, Asked, Seat, LimitsRead, Page, Attempt, Timer):
        assert not table.objects.exists(), table.__name__


def test_an_open_call_that_is_forgotten_frees_whoever_it_had_asked() -> None:
    call = press().id
    deed(actions.forget, call)
    assert not Page.objects.filter(state=PageState.OPEN.value).exists()
    assert not Timer.objects.exists()
    assert len(open_pages(press().id)) == 3


# --- the receipt -----------------------------------------------------------------------------------------------------


def test_eight_words_bring_rosa_back_also_after_it_closed() -> None:
    opened = press()
    deed(actions.stand_down, opened.id)
    back = deed(actions.come_back, opened.receipt.upper())
    assert back is not None
    assert (back.id, back.token, back.is_new) == (opened.id, opened.token, False)
    assert call_with(back.token) == opened.id
    deed(actions.forget, opened.id)
    assert deed(actions.come_back, opened.receipt) is None


def test_whoever_rests_keeps_whom_they_sit_with_and_is_let_off_what_they_were_only_asked() -> None:
    call, other = press().id, press().id
    sam = next(iter(open_pages(call)))
    answer(call, sam)
    deed(actions.let_rest, sam)
    assert as_caller_sees(call).state is CallState.ACKNOWLEDGED
    asked = next(iter(open_pages(other)))
    deed(actions.let_rest, asked)
    assert asked not in open_pages(other)
