"""The database is cut off, crashes, or has no room left: the numbers are there, and the house recovers by itself."""

import os
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.nights.cut_line import CutLine
from tests.nights.mail_servers import mail_server_at
from tests.nights.program import Phone, Pressed, Program, free_port, until
from tests.nights.team import write_roster, write_team
from tests.provision.databases import SQLITE_FILE, House
from tests.provision.postgres import Server
from tests.rooms.in_sight import has_a_number_in_sight

_KEY, _ANOTHER = "fresh-with-this-form-0123456789", "fresh-with-that-form-0123456789"


@pytest.mark.only_on("postgresql")
def test_the_line_to_the_database_is_cut_and_mended(house: House) -> None:
    parts = urlsplit(house.url)
    assert parts.port
    line = CutLine(to=parts.port)
    through = parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{line.port}").geturl()
    with Program({**house.environment, "STEPITUP_DATABASE_URL": through}, house.data) as program:
        write_team(house, port=program.port)
        with program.start().phone() as rosa:
            call = rosa.presses()
            until(rosa.is_ready, what="the watch does not beat")
            line.cut()
            _reads_the_numbers_within_two_seconds(rosa, call)
            time.sleep(1.2)  # long enough to be known to be away, and not only doubted
            _reads_the_numbers_within_two_seconds(rosa, call)
            assert rosa.get("/readyz").json()["database"] is False
            told = rosa.post("/api/v1/calls", json={})
            assert told.status_code == 503
            assert told.json()["hotlines"]
            line.mend()
            until(lambda: rosa.screen_of(call).status_code == 200, what="it did not recover", within=10)
            until(rosa.is_ready, what="the watch did not recover", within=10)
            assert rosa.looks_at(rosa.presses())["state"] == "waiting"
        line.cut()


@pytest.mark.only_on("postgresql")
def test_the_database_server_crashes_right_after_a_press_and_the_press_is_there(
    house: House, durable_server: Server
) -> None:
    with psycopg.connect(durable_server.database("postgres"), autocommit=True) as line:
        line.execute("CREATE DATABASE crash")
    address = durable_server.database("crash")
    with Program({**house.environment, "STEPITUP_DATABASE_URL": address}, house.data) as program:
        write_team(house, port=program.port)
        with program.start().phone() as rosa:
            rosa.presses()
            victim = _a_process_of("crash", durable_server)
            call = rosa.presses()
            with psycopg.connect(durable_server.database("postgres"), autocommit=True) as witness:
                os.kill(victim, signal.SIGKILL)  # PostgreSQL then throws out everybody and reads its journal
                until(lambda: _is_thrown_out(witness), what="the server did not notice", within=15)
            until(lambda: rosa.screen_of(call).status_code == 200, what="it did not recover", within=15)
            assert rosa.looks_at(call)["state"] == "waiting"
            until(rosa.is_ready, what="the watch did not recover", within=15)


@pytest.mark.only_on("sqlite")
def test_the_file_is_gone_and_a_copy_in_its_place_is_found_again_also_by_the_watch(
    house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    write_roster(house, django_db_blocker, peers=3)
    with Program(house.environment, house.data) as program, mail_server_at(port := free_port()) as mailbox:
        write_team(house, port=program.port, mail=port)
        with program.start().phone() as rosa:
            until(rosa.is_ready, what="the watch does not beat")
            with _another_file_in_its_place(house.data / SQLITE_FILE):
                until(lambda: not rosa.is_ready(), what="nobody noticed")
                until(lambda: rosa.get("/").status_code == 503, what="nobody says so")
                assert has_a_number_in_sight(rosa.get("/").text)
            until(lambda: rosa.get("/").status_code == 200, what="it did not recover", within=10)
            until(rosa.is_ready, what="the watch did not recover", within=10)
            rosa.presses()
            until(lambda: len(mailbox.arrived) == 3, what="the watch did not find the file again", within=10)


@pytest.mark.only_on("sqlite")
def test_somebody_else_holds_the_file_or_the_disk_is_full_and_a_press_shows_the_numbers_and_counts_once(
    house: House,
) -> None:
    with Program(house.environment, house.data) as program:
        write_team(house, port=program.port)
        with program.start().phone() as rosa:
            with closing(sqlite3.connect(house.data / SQLITE_FILE, isolation_level=None)) as somebody_else:
                somebody_else.execute("BEGIN IMMEDIATE")
                assert "Press again" in _is_refused_with_the_numbers(rosa, _KEY, within=4)
                somebody_else.execute("ROLLBACK")
            until(lambda: _presses_again(rosa, _KEY), what="it did not recover", within=15)
            rosa.post("/call", data={"opening_key": _KEY})
            with closing(sqlite3.connect(house.data / SQLITE_FILE)) as somebody_else:
                assert somebody_else.execute("SELECT count(*) FROM calls_call").fetchone() == (1,)

            call = rosa.presses()
            until(rosa.is_ready, what="the watch does not beat")
            with _no_room_on_the_disk(program):
                _is_refused_with_the_numbers(rosa, _ANOTHER, within=2)
                assert rosa.looks_at(call)["state"] == "waiting", "what was confirmed can still be read"
            until(lambda: _presses_again(rosa, _ANOTHER), what="it did not recover", within=10)
            until(rosa.is_ready, what="the watch did not recover", within=10)


def _is_refused_with_the_numbers(rosa: Phone, key: str, *, within: float) -> str:
    began = time.monotonic()
    answer = rosa.post("/call", data={"opening_key": key})
    assert answer.status_code >= 500
    assert has_a_number_in_sight(answer.text)
    assert rosa.get("/hotlines").status_code == 200
    assert time.monotonic() - began < within
    return answer.text


def _presses_again(rosa: Phone, key: str) -> bool:
    answer = rosa.post("/call", data={"opening_key": key})
    return answer.status_code < 400


def _reads_the_numbers_within_two_seconds(rosa: Phone, call: Pressed) -> None:
    began = time.monotonic()
    screen = rosa.screen_of(call)
    assert screen.status_code == 503
    assert has_a_number_in_sight(screen.text)
    assert rosa.get("/hotlines").status_code == 200
    assert time.monotonic() - began < 2


def _a_process_of(database: str, server: Server) -> int:
    with psycopg.connect(server.database("postgres")) as line:
        asked = line.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s LIMIT 1", [database]).fetchone()
    assert asked, "the house holds no line to its database"
    return int(asked[0])


def _is_thrown_out(witness: psycopg.Connection) -> bool:
    try:
        witness.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False


@contextmanager
def _another_file_in_its_place(file: Path) -> Iterator[None]:
    """No database for a while, and then a copy of the old one: another file, as after a repair."""
    kept = file.with_name("kept")
    with sqlite3.connect(file) as line, sqlite3.connect(kept) as copy:
        line.backup(copy)
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)
    file.write_bytes(b"this is no database " * 500)
    yield
    shutil.move(kept, file)


@contextmanager
def _no_room_on_the_disk(program: Program) -> Iterator[None]:
    """No file of this process may grow, as when the disk is full; nobody else is touched."""
    before = resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, before)
