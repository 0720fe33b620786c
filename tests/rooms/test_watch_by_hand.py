"""What the watch hands out and takes back, job by job: whatever became of a thing, its place is free for the next."""

import math
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError

from stepitup.calls import timing
from stepitup.drills.rehearsal import HEARTBEAT
from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.models import Timer
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Reach, Then
from stepitup.paging.models import Attempt, Notice
from stepitup.paging.notices import write_notice
from stepitup.roster import actions as roster
from stepitup.watch import duties, loop, outside
from tests.rooms.calls_house import hire, hire_peers, open_pages, press
from tests.rooms.watch_by_hand import ByHand, by_hand
from tests.rooms.watch_house import Carrier

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

Patch = pytest.MonkeyPatch


@pytest.fixture
def text() -> Carrier:
    return Carrier("text", at_once=1)


@pytest.fixture
def house(text: Carrier, monkeypatch: Patch) -> Iterator[ByHand]:
    with by_hand(monkeypatch, text, Carrier("mail")) as ours:
        yield ours


def arm(kind: str, how_many: int = 1) -> None:
    deed(lambda now: timers.arm_many(kind, [(new_id(), now) for _ in range(how_many)]))


def breaks(*_args: object, **_more: object) -> None:
    raise ZeroDivisionError


# --- claimed once ----------------------------------------------------------------------------------------------------


def test_a_duty_that_takes_long_is_given_to_one_clerk_and_its_lease_renewed(house: ByHand) -> None:
    arm(timing.FORGET)
    house.looks()
    house.hands.wind(seconds=3)
    house.watch._renewed = -math.inf
    house.looks()
    assert house.clerks() == 1
    assert Timer.objects.get().next_at == house.hands.now() + loop.LEASE


def test_pages_beyond_what_the_carrier_takes_wait_and_go_as_soon_as_there_is_room(house: ByHand, text: Carrier) -> None:
    hire_peers(3)
    press()
    assert house.looks() == loop._LOOK_AGAIN_AFTER, "what waits for room is not looked for again and again"
    assert Timer.objects.filter(kind="attempt:text", holder="").count() == 1
    house.works()
    assert house.is_woken()
    house.looks()
    house.works()
    assert len(text.took) == 3


def test_a_kind_that_nobody_knows_lets_the_watch_sleep(house: ByHand) -> None:
    arm("of a later version")
    house.hands.wind(seconds=5)
    assert house.looks() == loop._LOOK_AGAIN_AFTER


def test_so_many_duties_at_once_and_the_rest_when_it_is_worth_a_look(house: ByHand, monkeypatch: Patch) -> None:
    monkeypatch.setattr(loop, "_DUTIES_AT_ONCE", 4)
    monkeypatch.setattr(loop, "_WORTH_A_LOOK", 2)
    arm(timing.FORGET, 6)
    house.looks()
    house.looks()
    assert house.clerks() == 4
    [clerks] = [crew for crew in house.crews() if crew.name == "clerks"]
    clerks.given.pop()()
    house.looks()
    assert house.clerks() == 3, "one place is not worth a claim"
    clerks.given.pop()()
    assert house.is_woken()
    house.looks()
    assert house.clerks() == 4
    house.works()
    house.looks()
    house.works()
    assert not Timer.objects.exists()


# --- whatever became of it -------------------------------------------------------------------------------------------


def a_page_is_taken(text: Carrier, patch: Patch) -> None:
    hire("Sam")
    press()


def a_page_is_refused(text: Carrier, patch: Patch) -> None:
    a_page_is_taken(text, patch)
    text.refuses = CannotSend("busy", Then.NEXT_WAY)


def a_refusal_cannot_be_noted(text: Carrier, patch: Patch) -> None:
    a_page_is_refused(text, patch)
    patch.setattr(loop, "note", breaks)


def a_page_must_not_go(text: Carrier, patch: Patch) -> None:
    sam = hire("Sam")
    press()
    deed(roster.suspend, sam)


def a_page_that_must_not_go_cannot_be_dropped(text: Carrier, patch: Patch) -> None:
    a_page_must_not_go(text, patch)
    patch.setattr(loop, "drop", breaks)


def pages_cannot_be_made_ready(text: Carrier, patch: Patch) -> None:
    a_page_is_taken(text, patch)
    patch.setattr(loop, "make_ready", breaks)


def a_step_comes(text: Carrier, patch: Patch) -> None:
    arm(timing.STEP)


def a_duty_breaks(text: Carrier, patch: Patch) -> None:
    patch.setitem(duties.DUTIES, timing.FORGET, breaks)
    arm(timing.FORGET)


def an_errand_breaks(text: Carrier, patch: Patch) -> None:
    patch.setattr(outside, "run", breaks)
    arm(HEARTBEAT)


@pytest.mark.parametrize(
    "something",
    [
        a_page_is_taken, a_page_is_refused, a_refusal_cannot_be_noted, a_page_must_not_go,
        a_page_that_must_not_go_cannot_be_dropped, pages_cannot_be_made_ready, a_step_comes, a_duty_breaks,
        an_errand_breaks,
    ],
)  # fmt: skip
def test_whatever_became_of_it_no_lease_is_renewed_for_ever_and_its_place_is_free(
    house: ByHand, text: Carrier, monkeypatch: Patch, something: Callable[[Carrier, Patch], None]
) -> None:
    room = house.watch._lines["attempt:text"].room()
    something(text, monkeypatch)
    house.looks()
    assert house.watch._under_way
    house.works()
    assert not house.watch._under_way
    assert house.watch._lines["attempt:text"].room() == room


def test_a_page_that_falls_through_asks_the_next_helper_at_once(house: ByHand, text: Carrier) -> None:
    hire("Sam")
    text.refuses = CannotSend("busy", Then.NEXT_WAY)
    call = press().id
    ines = hire("Ines", by=("mail",))
    house.looks()
    house.works()
    assert ines in open_pages(call)
    assert house.is_woken(), "her page does not wait for the next look"


def test_a_notice_that_was_taken_is_noted_as_one_and_not_as_a_page_of_the_same_number(
    house: ByHand, text: Carrier
) -> None:
    hire("Sam")
    press()
    page = Attempt.objects.get()
    deed(write_notice, NoticeWords.YOURS, [Reach(0, "text", "+13035550111")])
    Notice.objects.update(id=page.pk)
    Timer.objects.filter(kind="notice:text").update(subject=str(page.pk))
    Timer.objects.exclude(kind="notice:text").delete()
    house.looks()
    house.works()
    assert not Notice.objects.exists()
    assert not Timer.objects.filter(kind="notice:text").exists()
    page.refresh_from_db()
    assert page.state == "waiting"


def test_a_page_that_is_gone_meanwhile_leaves_no_timer_that_comes_again(house: ByHand, text: Carrier) -> None:
    hire("Sam")
    press()
    Attempt.objects.all().delete()
    house.looks()
    house.works()
    assert not text.tried
    assert not Timer.objects.filter(kind="attempt:text").exists()


def test_a_notice_that_is_gone_meanwhile_leaves_no_timer(house: ByHand, text: Carrier) -> None:
    deed(write_notice, NoticeWords.YOURS, [Reach(0, "text", "+13035550111")])
    Notice.objects.all().delete()
    house.looks()
    house.works()
    assert not text.tried
    assert not Timer.objects.exists()


# --- steps -----------------------------------------------------------------------------------------------------------


def test_steps_that_were_taken_leave_the_next_ones_nothing_to_wait_for(house: ByHand) -> None:
    for _ in range(2):
        arm(timing.STEP)
        house.looks()
        house.works()
        assert not house.watch._taking_steps.locked()


def test_beside_somebody_who_hangs_steps_are_taken_all_the_same(house: ByHand, monkeypatch: Patch) -> None:
    monkeypatch.setattr(loop, "_WAIT_TO_GO_ALONG", 0)
    with house.watch._taking_steps:  # they do not come back
        arm(timing.STEP)
        house.looks()
        house.works()
        assert not Timer.objects.exists()
        assert house.watch._taking_steps.locked(), "they still have their turn"


# --- the heart, and the end ------------------------------------------------------------------------------------------


def test_a_beat_that_is_still_under_way_is_not_followed_by_another_and_one_that_broke_is(
    house: ByHand, monkeypatch: Patch
) -> None:
    beats = list[str]()

    def beats_and_breaks(_beat: object, *, name: str) -> None:
        beats.append(name)
        raise ZeroDivisionError

    def a_second_passes() -> None:
        house.watch._beaten = -math.inf
        house.watch._keep_alive()

    monkeypatch.setattr(loop, "deed", beats_and_breaks)
    house.watch._renewed = math.inf
    a_second_passes()
    a_second_passes()
    house.works()
    assert len(beats) == 1, "a house that stood still does not beat twice when it goes on"
    a_second_passes()
    house.works()
    assert len(beats) == 2


def test_a_watch_that_stops_while_the_database_is_away_stops_all_the_same(
    house: ByHand, monkeypatch: Patch, caplog: pytest.LogCaptureFixture
) -> None:
    def is_away(*_args: object, **_more: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(timers, "release", is_away)
    house.watch._let_go()
    assert "comes due again when its leases end" in caplog.text
