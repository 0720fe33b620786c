"""What PostgreSQL is asked to hold until commit, and in which order. SQLite holds everything for one at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from stepitup.calls import actions
from stepitup.drills import rehearsal
from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.team import RehearsalSettings, team
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.facts import NoticeWords, Outcome, PageState
from stepitup.paging.models import Attempt, Notice
from stepitup.paging.notices import record_notice, write_notice
from stepitup.paging.rounds import timer_kind
from stepitup.watch.sending import note
from tests.rooms.calls_house import NIGHT, hire_peers, press
from tests.rooms.paging_house import FakeCarrier, reaches

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]

BUSY = Outcome.next_way("busy")


@pytest.fixture(autouse=True)
def night() -> Iterator[None]:
    with clock.use(HandClock(NIGHT)), carriers.use(FakeCarrier("text"), FakeCarrier("mail")):
        hire_peers(3, by=("text", "mail"))
        yield


@contextmanager
def held() -> Iterator[list[str]]:
    """The tables of which rows are held, in the order in which they are."""
    tables = list[str]()
    with CaptureQueriesContext(connection) as said:
        yield tables
    asked = [one["sql"] for one in said.captured_queries if " FOR UPDATE" in one["sql"]]
    tables += [sql.partition(' FROM "')[2].partition('"')[0] for sql in asked]


def an_attempt() -> Attempt:
    """Rosa pressed, and this is the first that is to go."""
    press()
    return Attempt.objects.filter(carrier="text").earliest("pk")


def test_of_a_failure_the_call_is_held_first_and_then_the_page() -> None:
    press()
    [timer, *_] = deed(timers.claim, kinds=[timer_kind("text")], limit=9, lease=timedelta(seconds=5), holder="us")
    with held() as tables:
        note(timer, BUSY, holder="us")
    assert tables == ["calls_call", "paging_page"]


def test_of_a_delivery_note_too() -> None:
    key = an_attempt().key
    with held() as tables:
        deed(actions.note_delivery, key, BUSY)
    assert tables == ["calls_call", "paging_page"]


def test_of_a_call_that_is_closed_too_and_once_more_on_its_day() -> None:
    call = press().id
    with held() as tables:
        deed(actions.stand_down, call)
        deed(actions.forget, call)
    assert tables == ["calls_call", "paging_page", "calls_call"]


def test_a_page_is_settled_by_one_and_by_nobody_else_meanwhile() -> None:
    page = an_attempt().page_id
    with held() as tables:
        deed(paging.settle, [page], PageState.OVER)
    assert tables == ["paging_page"]


def test_what_came_of_a_notice_is_noted_by_one_after_the_other() -> None:
    deed(write_notice, NoticeWords.YOURS, reaches(4, "text"))
    with held() as tables:
        deed(record_notice, Notice.objects.get().pk, BUSY)
    assert tables == ["paging_notice"]


@pytest.mark.parametrize("verb", [rehearsal.begin, rehearsal.look])
def test_an_answer_to_a_rehearsal_and_a_look_come_one_after_the_other(verb: Callable[[datetime, UUID], None]) -> None:
    with override_settings(TEAM=replace(team(), rehearsal=RehearsalSettings())), held() as tables:
        deed(verb, rehearsal.THE_HOUSE)
    assert tables[:1] == ["drills_rehearsal"]


def test_so_does_an_answer() -> None:
    with held() as tables:
        deed(rehearsal.answer, new_id())
    assert tables == ["drills_rehearsal"]
