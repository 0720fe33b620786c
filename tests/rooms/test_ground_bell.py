"""The bell: rung after commit and never for nothing; heard in this process and, on PostgreSQL, in every other."""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest
from django.db import connection, transaction

from stepitup.ground import bell
from stepitup.ground.bell import Waiter
from stepitup.ground.deeds import deed
from stepitup.ground.ear import Ear, conninfo_of
from tests.rooms.side_by_side import side_by_side

Rings = queue.SimpleQueue[tuple[str, str]]

pytestmark = pytest.mark.django_db(transaction=True)

_RINGS_ELSEWHERE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "stepitup.site.settings"
django.setup()
from stepitup.ground import bell
from stepitup.ground.deeds import deed
deed(lambda now: bell.ring("calls", "from elsewhere"))
"""


@contextmanager
def somebody_listens() -> Iterator[Rings]:
    rings: Rings = queue.SimpleQueue()
    with bell.hearing(lambda topic, about: rings.put((topic, about))):
        yield rings


def test_it_rings_after_the_commit_and_not_before() -> None:
    with somebody_listens() as rings:
        with transaction.atomic():
            bell.ring("calls", 7)
            assert rings.empty(), "whoever read now would not find what was rung for"
        assert rings.get(timeout=1) == ("calls", "7")


def test_what_was_rolled_back_is_never_rung_for() -> None:
    def fails(_now: datetime) -> None:
        bell.ring("calls", "nothing happened")
        raise ZeroDivisionError

    with somebody_listens() as rings:
        with pytest.raises(ZeroDivisionError):
            deed(fails)
        deed(lambda _now: bell.ring("calls", "something happened"))
        assert rings.get(timeout=1) == ("calls", "something happened")


def test_whoever_stopped_listening_hears_no_more() -> None:
    with somebody_listens() as rings:
        pass
    bell.ring("calls", 7)
    assert rings.empty()


def test_a_thread_that_waits_wakes_at_the_ring_and_not_at_others() -> None:
    waiter = Waiter("timers")
    waiting = threading.Event()

    def waits() -> float:
        began = time.monotonic()
        with bell.hearing(waiter.hear):
            waiting.set()
            waiter.wait(10)
        return time.monotonic() - began

    def rings() -> float:
        waiting.wait(timeout=5)
        bell.ring("calls", "somebody else's topic")
        time.sleep(0.05)
        bell.ring("timers", "ours")
        return 0.0

    woke, _ = side_by_side(waits, rings)
    assert isinstance(woke, float)
    assert 0.04 < woke < 5


def test_a_ring_while_nobody_waits_is_not_missed_and_counts_once() -> None:
    waiter = Waiter("timers")
    waiter.hear("timers", "while the thread was busy")
    began = time.monotonic()
    waiter.wait(10)
    assert time.monotonic() - began < 5
    waiter.wait(0.01)
    assert time.monotonic() - began >= 0.01
    waiter.wait(-1)


def test_a_listener_that_breaks_spoils_neither_the_deed_nor_the_others(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(_topic: str, _about: str) -> None:
        raise ZeroDivisionError

    with bell.hearing(breaks), somebody_listens() as rings:
        deed(lambda _now: bell.ring("calls", 7))
        assert rings.get(timeout=1) == ("calls", "7")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.only_on("postgresql")
def test_an_ear_hears_what_another_process_rings() -> None:
    with somebody_listens() as rings, an_ear():
        subprocess.run([sys.executable, "-c", _RINGS_ELSEWHERE], check=True, timeout=30)
        assert rings.get(timeout=5) == ("calls", "from elsewhere")


@pytest.mark.only_on("postgresql")
def test_an_ear_that_was_cut_off_listens_again() -> None:
    with somebody_listens() as rings, an_ear() as listener:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [listener])
        assert wait_for_listener(other_than=listener), "nobody listens again"
        with psycopg.connect(conninfo_of(connection.settings_dict), autocommit=True) as elsewhere:
            elsewhere.execute("SELECT pg_notify('stepitup_bell', 'calls after the cut')")
        assert rings.get(timeout=5) == ("calls", "after the cut")


@contextmanager
def an_ear() -> Iterator[int]:
    """An ear that listens; the number of its line."""
    ear = Ear(conninfo_of(connection.settings_dict))
    ear.start()
    try:
        yield wait_for_listener()
    finally:
        ear.stop()
        assert not ear._thread.is_alive()


def wait_for_listener(*, other_than: int = 0) -> int:
    """The line on which somebody listens."""
    latest = time.monotonic() + 5
    asks = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = current_database() AND pid <> %s"
    while time.monotonic() < latest:
        with connection.cursor() as cursor:
            cursor.execute(asks, [other_than])
            found = cursor.fetchone()
        if found:
            return int(found[0])
        time.sleep(0.02)
    return 0
