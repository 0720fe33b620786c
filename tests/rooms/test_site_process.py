"""The process as a whole: started by one command, alone with its folder, stopped without haste."""

import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import psutil
import pytest

from stepitup.directory.actions import HOTLINES
from stepitup.site.data_folder import DEMO_TEAM, note_address, noted_address
from tests.provision.databases import House
from tests.rooms.site_process import NO_TLS, free_port, listening, press, running


def stepitup(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [sys.executable, "-m", "stepitup", *words]
    return subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=60, check=False)


def test_a_newcomer_is_told_what_to_open_and_that_it_is_a_demonstration(house: House) -> None:
    with running(house.environment, house.data) as ours:
        with ours.client() as phone:
            assert "DEMO" in phone.get("/").text
            press(phone)
            assert _soon_paged(ours.address) > 0
        ours.stop()
        assert ours.process.stdout is not None
        said = ours.process.stdout.read()
    assert f"http://localhost:{ours.port}/demo/pager" in said
    assert "DEMO: nobody real is paged" in said
    assert re.search(r"127\.0\.0\.1:\d+ - ", said) is None, "no line names who asked"
    assert "GET /" not in said


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_an_empty_folder_becomes_a_house_for_its_owner_alone(house: House, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    with running({**house.environment, "STEPITUP_DATA": str(empty)}, empty) as ours, ours.client() as phone:
        press(phone)
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700
    assert stat.S_IMODE((empty / "secrets" / "site-key").stat().st_mode) == 0o600
    assert (empty / "when-all-else-is-down" / HOTLINES).exists()
    assert (empty / "team.toml").read_text(encoding="utf-8") == DEMO_TEAM
    assert stat.S_IMODE((empty / "team.toml").stat().st_mode) == 0o600
    assert noted_address(empty) == f"http://localhost:{ours.port}"


@pytest.mark.only_on("sqlite")
def test_a_command_beside_a_demonstration_prints_links_that_open(tmp_path: Path) -> None:
    assert noted_address(tmp_path) == ""
    note_address(tmp_path, "http://localhost:8123")
    assert noted_address(tmp_path) == "http://localhost:8123"
    note_address(tmp_path, "https://somebody.else.example")
    assert noted_address(tmp_path) == ""


@pytest.mark.only_on("sqlite")
def test_whoever_reads_only_the_beginning_of_an_answer_gets_no_trouble(house: House) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    said = subprocess.run(
        [sys.executable, "-m", "stepitup", "plan", "show"],
        env=dict(house.environment), stdout=writes, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writes)
    assert (said.returncode, said.stderr) == (141, b"")


@pytest.mark.only_on("sqlite")
def test_a_second_process_on_the_same_folder_is_refused_in_words(house: House) -> None:
    with running(house.environment, house.data):
        second = stepitup(house.environment, "run", "--port", str(free_port()), "--data", str(house.data))
    assert second.returncode == 1
    assert "Another process serves" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.only_on("sqlite")
def test_a_watch_of_its_own_is_refused_where_the_house_watches_itself(house: House) -> None:
    alone = stepitup(house.environment, "watch", "--data", str(house.data))
    assert alone.returncode == 1
    assert "PostgreSQL" in alone.stderr


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_a_port_that_is_taken_is_said_in_words(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = stepitup(house.environment, "run", "--port", str(port), "--data", str(house.data))
    assert said.returncode == 1
    assert f"Port {port}" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_demonstration_does_not_move_into_a_real_teams_house(house: House) -> None:
    (house.data / "team.toml").write_text('name = "Northside peer support"\n', encoding="utf-8")
    said = stepitup(house.environment, "demo", "--port", str(free_port()), "--data", str(house.data))
    assert said.returncode == 1
    assert "real team" in said.stderr


def test_told_to_stop_it_ends_in_seconds_though_screens_are_open(house: House) -> None:
    with running(house.environment, house.data) as ours, ours.client() as phone:
        rosa = press(phone)
        with listening(ours, "/call/events", cookie=rosa.cookie) as events:
            events.next()
            assert ours.stop() < 6
    assert ours.process.returncode == 0


def test_started_again_it_knows_the_call(house: House) -> None:
    with running(house.environment, house.data) as ours, ours.client() as phone:
        rosa = press(phone)
        ours.process.kill()
        ours.process.wait()
    with running(house.environment, house.data) as ours, ours.client() as phone:
        assert phone.get("/call", headers={"cookie": rosa.cookie}).status_code == 200


@pytest.mark.only_on("postgresql")
def test_a_watch_of_its_own_stops_when_told(house: House) -> None:
    command = [sys.executable, "-m", "stepitup", "watch", "--data", str(house.data)]
    with subprocess.Popen(command, env=dict(house.environment), stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        assert "Watching" in watch.stdout.readline()
        watch.terminate()
        assert watch.wait(timeout=10) == 0


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_nothing_of_ours_listens_beyond_this_machine(house: House) -> None:
    with running(house.environment, house.data) as ours:
        lines = psutil.Process(ours.process.pid).net_connections("tcp")
        heard_at = {line.laddr.ip for line in lines if line.status == psutil.CONN_LISTEN}
    assert heard_at == {"127.0.0.1"}


def _soon_paged(address: str) -> int:
    """How many pages lie on the demonstration's phones a moment after the press."""
    latest = time.monotonic() + 10
    while time.monotonic() < latest:
        pages = httpx.get(f"{address}/demo/pager.json", **NO_TLS).json()
        if pages:
            return len(pages)
        time.sleep(0.1)
    return 0
