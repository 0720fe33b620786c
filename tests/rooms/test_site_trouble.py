"""The night when the database is away: numbers at once, nothing lost, and recovery by itself."""

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.provision.databases import SQLITE_FILE, House
from tests.provision.postgres import Server, running_server
from tests.rooms.in_sight import has_a_number_in_sight
from tests.rooms.site_process import Running, free_port, pause, press, resume, running

FORM = {"content-type": "application/x-www-form-urlencoded"}


def soon(what: Callable[[], bool], *, within: float = 15) -> bool:
    """Whether it comes true in time."""
    latest = time.monotonic() + within
    while time.monotonic() < latest:
        if what():
            return True
        time.sleep(0.1)
    return False


def says_the_numbers(answer: httpx.Response) -> bool:
    return answer.status_code == 503 and has_a_number_in_sight(answer.text) and "our failure, not yours" in answer.text


@pytest.mark.only_on("sqlite")
def test_a_broken_file_shows_the_numbers_and_a_mended_one_is_found_again(house: House) -> None:
    with running(house.environment, house.data) as ours, ours.client() as phone:
        rosa = press(phone)
        file = house.data / SQLITE_FILE
        kept = _copy_of(file)
        _break(file)
        assert soon(lambda: says_the_numbers(phone.get("/call", headers={"cookie": rosa.cookie})))
        began = time.monotonic()
        assert phone.get("/hotlines").status_code == 200
        assert says_the_numbers(phone.get("/call", headers={"cookie": rosa.cookie}))
        assert phone.get("/danger").status_code == 200
        assert time.monotonic() - began < 2
        _mend(file, kept)
        assert soon(lambda: phone.get("/call", headers={"cookie": rosa.cookie}).status_code == 200)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that may hang and be stopped without taking the other tests along."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def at_own_server(own_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A house on that server, which is whole again after each of these tests."""
    with psycopg.connect(own_server.database("postgres"), autocommit=True) as line:
        line.execute("CREATE DATABASE house")
    data = tmp_path_factory.mktemp("house")
    ours = {key: value for key, value in os.environ.items() if not key.startswith("STEPITUP_")}
    environment = {**ours, "STEPITUP_DATA": str(data), "STEPITUP_DATABASE_URL": own_server.database("house")}
    with running(environment, data) as house:
        yield house


@pytest.mark.only_on("postgresql")
def test_a_database_that_hangs_shows_the_numbers_within_two_seconds(at_own_server: Running, own_server: Server) -> None:
    with at_own_server.client() as phone:
        rosa = press(phone)
        _everybody_hangs(own_server)
        try:
            began = time.monotonic()
            answer = phone.get("/call", headers={"cookie": rosa.cookie})
            first = time.monotonic() - began
            assert says_the_numbers(answer)
            assert first < 2
            began = time.monotonic()
            assert says_the_numbers(phone.get("/call", headers={"cookie": rosa.cookie}))
            assert time.monotonic() - began < 0.5, "a hanging database is known: nobody waits for it again"
            assert phone.get("/hotlines").status_code == 200
        finally:
            _everybody_goes_on(own_server)
        assert soon(lambda: phone.get("/call", headers={"cookie": rosa.cookie}).status_code == 200)


@pytest.mark.only_on("postgresql")
def test_a_press_that_met_a_hanging_database_can_be_pressed_again_and_is_one_call(
    at_own_server: Running, own_server: Server
) -> None:
    with at_own_server.client() as phone:
        key = re.search(r'name="opening_key" value="([^"]+)"', phone.get("/").text)
        assert key
        before = _how_many_calls(own_server)
        _everybody_hangs(own_server)
        try:
            answer = phone.post("/call", data={"opening_key": key[1], "note": '"><b>'})
        finally:
            _everybody_goes_on(own_server)
        assert answer.status_code == 503
        assert "Press again" in answer.text
        assert f'name="opening_key" value="{key[1]}"' in answer.text, "the same key: pressing again makes one call"
        assert "&quot;&gt;&lt;b&gt;" in answer.text
        assert soon(lambda: phone.post("/call", data={"opening_key": key[1]}).status_code == 200)
        phone.post("/call", data={"opening_key": key[1]})
        assert _how_many_calls(own_server) == before + 1


@pytest.mark.only_on("postgresql")
def test_a_house_that_is_up_before_its_database_serves_the_numbers_and_then_the_rest(house: House) -> None:
    nobody = f"postgresql://postgres:x@127.0.0.1:{free_port()}/nothing"
    with running({**house.environment, "STEPITUP_DATABASE_URL": nobody}, house.data) as ours, ours.client() as phone:
        began = time.monotonic()
        assert phone.get("/hotlines").status_code == 200
        assert says_the_numbers(phone.get("/"))
        assert time.monotonic() - began < 2
        program = phone.post("/api/v1/calls", json={})
        assert program.status_code == 503
        assert program.json()["hotlines"]
        assert ours.stop() < 8


def _how_many_calls(server: Server) -> int:
    with psycopg.connect(server.database("house")) as line:
        row = line.execute("SELECT count(*) FROM calls_call").fetchone()
    assert row is not None
    return int(row[0])


def _everybody_hangs(server: Server) -> None:
    for process in _processes_of(server):
        with suppress(ProcessLookupError):  # whoever was about to end may have ended meanwhile
            pause(process)


def _everybody_goes_on(server: Server) -> None:
    for process in _processes_of(server):
        with suppress(ProcessLookupError):
            resume(process)


def _processes_of(server: Server) -> list[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii")
    return [server.pid, *(int(child) for child in children.split())]


def _copy_of(file: Path) -> Path:
    """What a safe copy would hold: the file with everything in its journal."""
    kept = file.with_name("kept")
    with sqlite3.connect(file) as line, sqlite3.connect(kept) as copy:
        line.backup(copy)
    return kept


def _break(file: Path) -> None:
    """As a failing disk does: the same files, other bytes."""
    for name in (file, file.with_name(file.name + "-wal")):
        with name.open("r+b") as open_file:
            open_file.write(b"?" * name.stat().st_size)


def _mend(file: Path, kept: Path) -> None:
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink()
    shutil.move(kept, file)
