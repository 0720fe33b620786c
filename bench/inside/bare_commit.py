"""The bare cost of a durable commit on this disk: one small row and a commit, with nothing of ours around it."""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
from django.conf import settings
from django.db import connection

from stepitup.ground.ear import conninfo_of

_ROW = "x" * 200


def bare_commits(*, how_many: int, at_once: int) -> list[float]:
    """Seconds for each of so many commits, on the house's own database and disk."""
    share = how_many // at_once
    commit_all = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    _make_table()
    with ThreadPoolExecutor(at_once) as hands:
        done = [hands.submit(commit_all, share) for _ in range(at_once)]
        return [seconds for one in done for seconds in one.result()]


def _make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (words text)")
    connection.close()


def _on_sqlite(how_many: int) -> list[float]:
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=30, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=FULL")

        def commit() -> None:
            file.execute("BEGIN IMMEDIATE")
            file.execute("INSERT INTO bench_bare VALUES (?)", (_ROW,))
            file.execute("COMMIT")

        return _timed(commit, how_many)


def _on_postgresql(how_many: int) -> list[float]:
    with psycopg.connect(conninfo_of(settings.DATABASES["default"])) as line:

        def commit() -> None:
            line.execute("INSERT INTO bench_bare VALUES (%s)", (_ROW,))
            line.commit()

        return _timed(commit, how_many)


def _timed(work: Callable[[], None], how_many: int) -> list[float]:
    times = []
    for _ in range(how_many):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return times
