"""Steps and notes that wait together are done in one commit: no two calls count on one helper, one harms no other."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from stepitup.calls import actions, timing
from stepitup.calls.models import Call, Turn
from stepitup.ground.clock import HandClock
from stepitup.ground.clock import use as use_clock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.timers import Claimed
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.facts import AttemptState, Outcome
from stepitup.paging.models import Attempt
from stepitup.watch import loop
from tests.rooms.calls_house import NIGHT, hire, hire_peers, life_of, open_pages, press
from tests.rooms.watch_house import Carrier, ring, soon, watching

pytestmark = pytest.mark.django_db

# Nobody was free at the press, so every search is at the step that repeats, and it has come round again.
LATER = NIGHT + timedelta(minutes=10)


def press_at(moment: datetime) -> UUID:
    """Somebody presses then; the search that this begins."""
    with use_clock(HandClock(moment)), carriers.use(Carrier("text")):
        return Turn.objects.get(call=press().id).pk


def escalate(turns: Sequence[UUID], at: datetime = LATER) -> int:
    """Their steps are taken together; how many statements that was."""
    with use_clock(HandClock(at)), carriers.use(Carrier("text")), CaptureQueriesContext(connection) as said:
        deed(actions.escalate_all, turns)
    return len(said)


def call_of(turn: UUID) -> UUID:
    return Turn.objects.get(pk=turn).call_id


# --- steps -----------------------------------------------------------------------------------------------------------


def test_twenty_steps_that_find_nobody_take_as_many_statements_as_two() -> None:
    few, many = [press_at(NIGHT) for _ in range(2)], [press_at(NIGHT) for _ in range(20)]
    assert escalate(many) == escalate(few)
    assert not Turn.objects.filter(next_at__lte=LATER).exists(), "each has its next step"


def test_one_helper_is_free_and_the_search_that_waits_longest_has_them() -> None:
    first, second = press_at(NIGHT), press_at(NIGHT)
    sam = hire("Sam")
    escalate([first, second])
    assert list(open_pages(call_of(first))) == [sam]
    assert not open_pages(call_of(second))
    assert life_of(call_of(second)).turns[0].hungry, "whoever comes free is asked"


def test_a_call_that_was_deleted_meanwhile_holds_up_nobody() -> None:
    gone, open_still = press_at(NIGHT), press_at(NIGHT)
    Call.objects.filter(pk=call_of(gone)).delete()
    sam = hire("Sam")
    escalate([gone, new_id(), open_still])
    assert list(open_pages(call_of(open_still))) == [sam]


def test_a_step_that_is_not_due_yet_does_not_come_early_in_company() -> None:
    due, not_due = press_at(NIGHT - timedelta(minutes=1)), press_at(NIGHT)
    before = life_of(call_of(not_due))
    escalate([due, not_due], at=NIGHT + timedelta(minutes=4, seconds=30))
    assert life_of(call_of(not_due)) == before


@pytest.mark.django_db(transaction=True)
def test_steps_that_come_due_while_others_are_taken_go_along_together(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, begun, gate = list[int](), threading.Semaphore(0), threading.Event()

    def slowly(batch: Sequence[Claimed], *, holder: str) -> None:
        taken.append(len(batch))
        begun.release()
        gate.wait(10)

    monkeypatch.setattr(loop, "fulfil_steps", slowly)
    monkeypatch.setattr(loop, "_WAIT_TO_GO_ALONG", 10)
    first, *others = (Claimed(number, timing.STEP, new_id().hex, NIGHT) for number in range(4))
    with watching(Carrier("text")) as watch:
        watch.give_duties([first])
        assert begun.acquire(timeout=10)
        watch.give_duties(others)
        assert not begun.acquire(timeout=0.1), "whoever comes second waits for the first"
        gate.set()
        assert begun.acquire(timeout=10)
    assert taken == [1, 3]


# --- notes -----------------------------------------------------------------------------------------------------------


def test_what_became_of_a_pages_two_tries_is_noted_together_and_its_next_way_armed_once() -> None:
    hire("Sam", by=("text", "voice", "mail"))
    with use_clock(HandClock(NIGHT)), carriers.use(Carrier("text"), Carrier("voice"), Carrier("mail")):
        press()
        tried = Attempt.objects.filter(state=AttemptState.WAITING).order_by("position")
        deed(paging.record_all, {one.pk: Outcome.handed_over(f"ref-{one.carrier}") for one in tried})
    noted = Attempt.objects.order_by("position").values_list("carrier", "state", "reference", "due_at")
    assert list(noted) == [
        ("text", "handed over", "ref-text", NIGHT),
        ("voice", "handed over", "ref-voice", NIGHT),
        ("mail", "waiting", "", NIGHT + timedelta(minutes=1)),
    ]


def test_a_try_that_was_deleted_meanwhile_is_left_out() -> None:
    hire("Sam")
    with carriers.use(Carrier("text")):
        press()
        known = Attempt.objects.get().pk
        standings = deed(paging.record_all, {known: Outcome.handed_over(), known + 1: Outcome.handed_over()})
    assert list(standings) == [known]


# --- one that breaks -------------------------------------------------------------------------------------------------


def break_in_company(*_: object, **__: object) -> None:
    raise OperationalError("one of them cannot be written")


@pytest.mark.django_db(transaction=True)
def test_where_steps_cannot_be_taken_together_each_is_taken_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "fulfil_steps", break_in_company)
    turns = [press_at(NIGHT) for _ in range(3)]  # long ago: their steps are due
    with watching(Carrier("text")):
        ring()
        soon(lambda: all(life_of(call_of(turn)).turns[0].step >= 0 for turn in turns), what="a step did not come")


@pytest.mark.django_db(transaction=True)
def test_where_pages_cannot_be_noted_together_each_is_noted_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def breaks(batch: Sequence[tuple[Claimed, Outcome]], *, holder: str) -> None:
        tried.append(len(batch))
        break_in_company()

    monkeypatch.setattr(loop, "note_together", breaks)
    hire_peers(3)
    with watching(text := Carrier("text")):
        press()
        soon(lambda: not Attempt.objects.exclude(state=AttemptState.HANDED_OVER).exists(), what="one was not noted")
    assert sum(tried) == 3
    assert len(text.took) == 3, "noted late is not sent twice"
