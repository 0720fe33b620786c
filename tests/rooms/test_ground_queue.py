"""SQLite's one queue for writers: first come, first served, and nobody starves or is left standing."""

import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.sqlite_with_one_queue import base
from stepitup.ground.sqlite_with_one_queue.base import FairLock
from tests.rooms.side_by_side import side_by_side

pytestmark = pytest.mark.only_on("sqlite")

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
WRITERS, TIMES = 32, 5


def test_the_lock_is_handed_on_in_the_order_in_which_it_was_asked_for() -> None:
    lock, order = FairLock(), list[int]()
    lock.acquire()

    def asks(number: int) -> None:
        lock.acquire()
        order.append(number)
        lock.release()

    threads = []
    for number in range(12):
        threads.append(threading.Thread(target=asks, args=(number,), daemon=True))
        threads[-1].start()
        _wait_for(lock, waiting=number + 1)
    lock.release()
    for thread in threads:
        thread.join(timeout=5)
    assert order == list(range(12))


def test_a_lock_that_nobody_waits_for_is_free_again() -> None:
    lock = FairLock()
    for _ in range(3):
        lock.acquire()
        lock.release()
    assert not lock._taken


@pytest.mark.django_db(transaction=True)
def test_thirty_two_writers_all_write_and_none_loses_against_another() -> None:
    Timer.objects.create(kind="count", subject="all", due_at=NIGHT, next_at=NIGHT, holder="0")

    def adds_one(_now: datetime) -> None:
        row = Timer.objects.get(kind="count")
        row.holder = str(int(row.holder) + 1)  # read, then write: a lost update would show
        row.save()

    def writes() -> None:
        for _ in range(TIMES):
            deed(adds_one)

    assert side_by_side(*[writes] * WRITERS) == [None] * WRITERS
    assert Timer.objects.get(kind="count").holder == str(WRITERS * TIMES)


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_does_not_wait_for_whoever_writes() -> None:
    writing, read = threading.Event(), threading.Event()

    def writes() -> bool:
        with transaction.atomic():
            Timer.objects.create(kind="step", subject="a turn", due_at=NIGHT, next_at=NIGHT)
            writing.set()
            return read.wait(timeout=5)

    def reads() -> int:
        writing.wait(timeout=5)
        seen = Timer.objects.count()
        read.set()
        return seen

    assert side_by_side(writes, reads) == [True, 0]


@pytest.mark.django_db
def test_a_file_that_was_replaced_is_never_read_or_written_through_an_old_line(tmp_path: Path) -> None:
    line = connection.copy(alias="another")
    line.settings_dict = {**connection.settings_dict, "NAME": str(tmp_path / "house.sqlite3")}
    _make_house(tmp_path / "house.sqlite3", holds="old")
    line.connect()
    _make_house(tmp_path / "repaired.sqlite3", holds="new")
    (tmp_path / "repaired.sqlite3").replace(tmp_path / "house.sqlite3")
    assert not line.is_usable()
    line.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with line.cursor() as cursor:
        assert cursor.execute("SELECT what FROM held").fetchone() == ("new",)
    line.rollback()
    assert line.is_usable()
    (tmp_path / "house.sqlite3").unlink()
    line.set_autocommit(True)
    line.close_if_unusable_or_obsolete()
    assert not line.is_usable()
    line.close()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_or_a_line_that_breaks_leaves_the_queue() -> None:
    def fails() -> None:
        with transaction.atomic():
            raise ZeroDivisionError

    def breaks() -> None:
        transaction.set_autocommit(True)
        with transaction.atomic():
            connection.close()

    try:
        first, second, last = side_by_side(fails, breaks, lambda: deed(lambda now: now))
    finally:
        base._queues.clear()  # so that a broken queue fails here, and does not hang whoever cleans up
    assert isinstance(first, ZeroDivisionError)
    assert isinstance(second, Exception) or second is None
    assert isinstance(last, datetime), "nobody was left standing"


def _make_house(file: Path, *, holds: str) -> None:
    with closing(sqlite3.connect(file)) as line:
        line.execute("CREATE TABLE held (what)")
        line.execute("INSERT INTO held VALUES (?)", [holds])
        line.commit()


def _wait_for(lock: FairLock, *, waiting: int) -> None:
    latest = time.monotonic() + 5
    while len(lock._waiting) < waiting:
        assert time.monotonic() < latest, "nobody came to stand in the queue"
        time.sleep(0.001)
