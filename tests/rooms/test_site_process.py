"""The process as a whole: started by one command, alone with its folder, stopped without haste."""

import os
import re
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
from tests.rooms.site_process import NO_TLS, free_port, press, running


def stepitup(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [sys.executable, "-m", "stepitup", *words]
    return subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=60, check=False)


def test_an_empty_folder_becomes_a_demonstration_and_a_newcomer_is_told_what_to_open(
    house: House, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    with running({**house.environment, "STEPITUP_DATA": str(empty)}, empty) as ours:
        with ours.client() as phone:
            assert "DEMO" in phone.get("/").text
            press(phone)
            assert _soon_paged(ours.address) > 0
        assert _heard_at(ours.process.pid) == {"127.0.0.1"}, "nothing of ours listens beyond this machine"
        ours.stop()
        assert ours.process.stdout is not None
        said = ours.process.stdout.read()
    assert ours.process.returncode == 0
    assert f"http://localhost:{ours.port}/demo/pager" in said
    assert "DEMO: nobody real is paged" in said
    assert re.search(r"127\.0\.0\.1:\d+ - ", said) is None, "no line names who asked"
    assert "GET /" not in said
    _is_for_its_owner_alone(empty)
    assert (empty / "when-all-else-is-down" / HOTLINES).exists()
    assert (empty / "team.toml").read_text(encoding="utf-8") == DEMO_TEAM
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


def test_the_demonstration_does_not_move_into_a_real_teams_house(house: House) -> None:
    (house.data / "team.toml").write_text('name = "Northside peer support"\n', encoding="utf-8")
    said = stepitup(house.environment, "demo", "--port", str(free_port()), "--data", str(house.data))
    assert said.returncode == 1
    assert "real team" in said.stderr


@pytest.mark.only_on("postgresql")
def test_a_watch_of_its_own_stops_when_told(house: House) -> None:
    command = [sys.executable, "-m", "stepitup", "watch", "--data", str(house.data)]
    with subprocess.Popen(command, env=dict(house.environment), stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        assert "Watching" in watch.stdout.readline()
        watch.terminate()
        assert watch.wait(timeout=10) == 0


def _soon_paged(address: str) -> int:
    """How many pages lie on the demonstration's phones a moment after the press."""
    latest = time.monotonic() + 10
    while time.monotonic() < latest:
        pages = httpx.get(f"{address}/demo/pager.json", **NO_TLS).json()
        if pages:
            return len(pages)
        time.sleep(0.1)
    return 0


def _heard_at(process: int) -> set[str]:
    lines = psutil.Process(process).net_connections("tcp")
    return {line.laddr.ip for line in lines if line.status == psutil.CONN_LISTEN}


def _is_for_its_owner_alone(data: Path) -> None:
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "secrets" / "site-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "team.toml").stat().st_mode) == 0o600
