"""The watch with its threads: nobody waits for a carrier that hangs, nothing is sent twice, nothing ends the watch."""

import secrets
import threading
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError

from stepitup.calls import actions, timing
from stepitup.calls.models import Call
from stepitup.drills.one_way import send_test
from stepitup.ground import clock, heart, timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.models import Timer
from stepitup.ground.timers import Claimed
from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import AttemptState, Then, Words
from stepitup.paging.models import Attempt
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from stepitup.watch import duties, line, loop
from stepitup.watch.sending import Ready, make_ready
from tests.rooms.calls_house import hire, hire_peers, open_pages, press
from tests.rooms.watch_house import Carrier, crews, ring, soon, watching

pytestmark = pytest.mark.django_db(transaction=True)

Patch = pytest.MonkeyPatch


@pytest.fixture
def quick(monkeypatch: Patch) -> Patch:
    """Leases and pauses of a tenth, so that nobody waits for what the test is not about."""
    monkeypatch.setattr(loop, "LEASE", timedelta(seconds=0.5))
    monkeypatch.setattr(loop, "_RENEW_EVERY", 0.1)
    monkeypatch.setattr(loop, "_BEAT_EVERY", 0.05)
    monkeypatch.setattr(loop, "_LOOK_AGAIN_AFTER", 0.05)
    monkeypatch.setattr(loop, "_LAST_MOMENT", 0.1)
    return monkeypatch


# --- fast ------------------------------------------------------------------------------------------------------------


def test_a_press_wakes_the_watch_and_the_first_page_goes_at_once(monkeypatch: Patch) -> None:
    monkeypatch.setattr(loop, "_LOOK_AGAIN_AFTER", 30.0)
    hire_peers(3)
    with watching(text := Carrier("text")):
        soon(lambda: heart.last_beat() is not None, what="the watch does not begin")
        time.sleep(0.2)  # it has looked, found nothing, and sleeps
        press()
        assert soon(lambda: len(text.took) == 3, what="nobody was paged") < 5


def test_what_nobody_rang_for_is_found_all_the_same(quick: Patch) -> None:
    hire_peers(1)
    with watching(text := Carrier("text")):
        quick.setattr("stepitup.ground.bell.tell", lambda _topic, _about: None)
        press()
        soon(lambda: len(text.took) == 1, what="without the bell nobody was paged")


def test_each_step_comes_by_itself(quick: Patch) -> None:
    hire_peers(8)
    with watching(text := Carrier("text")):
        call = press().id
        soon(lambda: len(text.took) == 3, what="nobody was paged")
        _let_the_step_be_due(call)
        soon(lambda: len(text.took) == 8, what="the next step did not come")


# --- a carrier that hangs --------------------------------------------------------------------------------------------


def test_a_drill_that_hangs_takes_no_runner_from_a_page() -> None:
    hire_peers(3)
    with watching(text := Carrier("text", at_once=3).hang()):
        for way in Way.objects.all():
            deed(send_test, way.pk)
        soon(lambda: len(text.tried) == 1, what="no test went")
        press()
        soon(lambda: len(text.tried) == 4, what="the pages wait behind a test")
        assert [page.words for page in text.tried].count(Words.TEST) == 1


def test_a_carrier_that_hangs_delays_nobody_elses_pages() -> None:
    hire_peers(30, by=("text",), named="Text")
    mailed = hire_peers(3, by=("mail",), named="Mail")
    hanging, healthy = Carrier("text", at_once=2).hang(), Carrier("mail")
    with watching(hanging, healthy):
        while not set(mailed) <= open_pages().keys():
            press()
        assert soon(lambda: len(healthy.took) == 3, what="the healthy carrier waits for the one that hangs") < 2
        assert len(hanging.tried) == 2
        assert not hanging.took


def test_while_one_carrier_hangs_steps_come_and_a_no_asks_the_next() -> None:
    hire_peers(3, by=("text",), named="Text")
    with watching(hanging := Carrier("text", at_once=1).hang(), healthy := Carrier("mail")):
        call = press().id
        soon(lambda: len(hanging.tried) == 1, what="nobody was paged")
        ines = hire("Ines", by=("mail",))
        deed(actions.decline, next(iter(open_pages(call).values())))
        soon(lambda: [page.helper for page in healthy.took] == [ines], what="the next helper was not asked")
        daniel = hire("Daniel", by=("mail",))
        _let_the_step_be_due(call)
        soon(lambda: healthy.took[-1].helper == daniel, what="the next step did not come")


def test_a_page_stays_with_one_runner_for_as_long_as_its_carrier_needs(quick: Patch) -> None:
    hire("Sam")
    with watching(slow := Carrier("text").hang(), alone=False, watches=2):
        press()
        soon(lambda: len(slow.tried) == 1, what="nobody was paged")
        time.sleep(1.2)  # more than two leases
        slow.let_go()
        soon(lambda: len(slow.took) == 1, what="it was never taken")
        soon(lambda: Attempt.objects.get().state == AttemptState.HANDED_OVER, what="it was not noted")
        assert len(slow.tried) == 1, "the lease ran out while the carrier was at it"
    assert not Timer.objects.filter(kind="attempt:text").exists()


def test_a_runner_that_never_comes_back_is_written_off_and_its_page_goes_the_next_way(quick: Patch) -> None:
    quick.setattr(line, "_GRACE", 0.1)
    hire_peers(2, by=("text", "mail", "voice"))
    stuck = Carrier("text", at_once=1, time_limit=timedelta(seconds=0.1)).hang()
    down = Carrier("mail", refuses=CannotSend("busy", Then.NEXT_WAY))
    with watching(stuck, down, voice := Carrier("voice")):
        press()
        soon(lambda: len(voice.took) == 2, what="the pages are stuck with the runner")
        soon(lambda: len(stuck.tried) == 2, what="nobody took the place of the runner that hangs")
        stuck.let_go()
        soon(lambda: len(stuck.took) == 2, what="the runners do not come back")
        time.sleep(0.2)
        states = Attempt.objects.values_list("state", flat=True)
        assert AttemptState.WAITING not in states
        assert len(voice.took) == 2, "whoever comes back after being written off finds nobody to tell"


# --- what breaks -----------------------------------------------------------------------------------------------------


def test_a_duty_that_breaks_comes_due_again_and_stops_nothing(quick: Patch) -> None:
    tried: list[UUID] = []

    def breaks(_now: datetime, subject: UUID) -> None:
        tried.append(subject)
        raise ZeroDivisionError

    quick.setitem(duties.DUTIES, timing.FORGET, breaks)
    broken = new_id()
    hire_peers(3)
    with watching(text := Carrier("text")):
        deed(lambda now: timers.arm(timing.FORGET, broken, now))
        soon(lambda: len(tried) >= 2, what="a duty that broke was forgotten")
        press()
        soon(lambda: len(text.took) == 3, what="a duty that broke has stopped the watch")
    assert Timer.objects.filter(subject=str(broken)).exists()


def test_a_carrier_that_breaks_in_an_unknown_way_gives_way_to_the_next(quick: Patch) -> None:
    hire("Sam", by=("text", "mail", "voice"))
    with watching(Carrier("text", breaks=ZeroDivisionError()), Carrier("mail"), voice := Carrier("voice")):
        press()
        soon(lambda: len(voice.took) == 1, what="the page stayed with the carrier that broke")
        assert Attempt.objects.get(carrier="text").state == AttemptState.FAILED


def test_a_database_that_is_away_for_a_moment_does_not_end_the_watch(quick: Patch) -> None:
    looked, real = threading.Event(), timers.kinds_due

    def is_away(now: datetime) -> list[str]:
        if looked.is_set():
            return real(now)
        looked.set()
        raise OperationalError("the database is away")

    hire_peers(3)
    quick.setattr(timers, "kinds_due", is_away)
    with watching(text := Carrier("text")):
        press()
        soon(lambda: len(text.took) == 3, what="the watch did not come back")
    assert looked.is_set()


def test_when_the_clerks_are_stuck_the_heart_stops_so_that_people_are_told(quick: Patch) -> None:
    free = threading.Event()

    def sticks(_now: datetime, _subject: UUID) -> None:
        free.wait(timeout=10)

    quick.setitem(duties.DUTIES, timing.FORGET, sticks)
    with watching(Carrier("text")):
        soon(lambda: heart.last_beat() is not None, what="it does not beat")
        deed(lambda now: timers.arm_many(timing.FORGET, [(new_id(), now) for _ in range(2 * loop._CLERKS)]))
        ring()
        soon(_heart_stands_still, what="it beats although nothing is done")
        free.set()
        soon(lambda: not _heart_stands_still(), what="it does not beat again")


def test_when_the_senders_are_stuck_the_heart_stops_too(quick: Patch) -> None:
    free = threading.Event()

    def sticks(batch: Sequence[Claimed]) -> Ready:
        free.wait(timeout=10)
        return make_ready(batch)

    quick.setattr(loop, "make_ready", sticks)
    quick.setattr(loop, "_READY_TOGETHER", 1)
    hire_peers(loop._SENDERS)
    with watching(text := Carrier("text")):
        soon(lambda: heart.last_beat() is not None, what="it does not beat")
        press()
        soon(_heart_stands_still, what="it beats although no page goes out")
        free.set()
        soon(lambda: len(text.took) == loop._SENDERS, what="the pages do not go out")


# --- what was dropped ------------------------------------------------------------------------------------------------


def test_a_search_whose_timer_was_lost_is_found_and_goes_on(quick: Patch) -> None:
    hire_peers(3)
    with carriers.use(Carrier("text")):
        call = press().id
    Timer.objects.filter(kind=timing.STEP).delete()
    with watching(Carrier("text")):
        soon(lambda: Timer.objects.filter(kind=timing.STEP).exists(), what="a search without a next step stays so")
    assert Call.objects.get(pk=call).state == "waiting"


def test_a_page_to_somebody_suspended_meanwhile_is_not_sent_and_the_next_is_asked() -> None:
    sam, *_others = hire_peers(3)
    with carriers.use(Carrier("text")):
        press()
    deed(roster.suspend, sam)
    ines = hire("Ines")
    with watching(text := Carrier("text")):
        soon(lambda: ines in {page.helper for page in text.took}, what="nobody was asked in their place")
        assert sam not in {page.helper for page in text.tried}


def test_a_page_whose_call_is_over_while_it_is_on_its_way_leaves_nothing_behind(quick: Patch) -> None:
    hire("Sam")
    with watching(slow := Carrier("text").hang()):
        call = press().id
        soon(lambda: len(slow.tried) == 1, what="nobody was paged")
        deed(actions.forget, call)
        slow.let_go()
        soon(lambda: len(slow.took) == 1, what="it was never taken")
        soon(lambda: not Timer.objects.filter(kind="attempt:text").exists(), what="its timer is left")


# --- beginning and stopping ------------------------------------------------------------------------------------------


def test_a_watch_that_is_alone_takes_over_at_once_what_a_killed_one_held() -> None:
    hire_peers(3)
    with carriers.use(Carrier("text")):
        press()
    deed(timers.claim, kinds=["attempt:text"], limit=10, lease=timedelta(minutes=1), holder="killed")
    with watching(text := Carrier("text"), alone=True):
        assert soon(lambda: len(text.took) == 3, what="it waits for a lease of the dead") < 5


def test_a_watch_that_stops_lets_go_and_the_next_sends_the_same_page_at_once(quick: Patch) -> None:
    quick.setattr(loop, "LEASE", timedelta(minutes=1))
    hire_peers(3)
    with watching(hanging := Carrier("text").hang()) as watch:
        press()
        soon(lambda: len(hanging.tried) == 3, what="nobody was paged")
        began = time.monotonic()
        watch.stop()
        assert time.monotonic() - began < 3
        assert set(Timer.objects.filter(kind="attempt:text").values_list("holder", flat=True)) == {""}
        # Nobody is left to note what the runners still bring: as if the process had ended here.
        soon(lambda: {hand.name for hand in crews()} == {"crew-text"}, what="clerks are left")
    with watching(text := Carrier("text"), alone=False):
        soon(lambda: len(text.took) == 3, what="it waits for a lease of the one that stopped")
        assert {page.key for page in text.took} == {page.key for page in hanging.tried}


def test_a_watch_that_stops_lets_a_page_end_that_is_nearly_there(quick: Patch) -> None:
    quick.setattr(loop, "_LAST_MOMENT", 5.0)
    hire("Sam")
    with watching(slow := Carrier("text").hang()) as watch:
        press()
        soon(lambda: len(slow.tried) == 1, what="nobody was paged")
        threading.Timer(0.2, slow.let_go).start()
        watch.stop()
        assert Attempt.objects.get().state == AttemptState.HANDED_OVER
        assert not Timer.objects.filter(kind="attempt:text").exists()


def test_several_watches_share_the_work_and_send_nothing_twice() -> None:
    hire_peers(24)
    with watching(text := Carrier("text"), alone=False, watches=3):
        for _ in range(8):
            press()
        soon(lambda: len(text.took) == 24, what=f"{len(text.took)} of 24 went")
        time.sleep(0.2)
        assert len({page.key for page in text.took}) == len(text.took) == 24


def test_a_kind_of_timer_nobody_knows_stays_where_it_is_and_stops_nothing(quick: Patch) -> None:
    hire_peers(3)
    deed(lambda now: timers.arm("of a later version", secrets.token_hex(4), now))
    with watching(text := Carrier("text")):
        press()
        soon(lambda: len(text.took) == 3, what="the watch does not get past it")
    assert Timer.objects.filter(kind="of a later version", holder="").exists()


def _let_the_step_be_due(call: UUID) -> None:
    turn = Call.objects.get(pk=call).turns.get(state="waiting")
    now = clock.now()
    type(turn).objects.filter(pk=turn.pk).update(next_at=now)
    deed(lambda _now: timers.arm(timing.STEP, turn.pk, now))
    ring()


def _heart_stands_still() -> bool:
    before = heart.last_beat()
    time.sleep(0.3)
    return heart.last_beat() == before
