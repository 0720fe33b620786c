"""The databases, the browser and Node that the tests are given are real, apart from each other, and gone afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from stepitup.desk.migrate import is_up_to_date
from tests.nights.team import inside
from tests.provision import chromium, databases, node
from tests.provision.databases import House
from tests.provision.errors import CannotBeHad
from tests.provision.postgres import Server, running_server

STARTS_A_SERVER = """
import time
from tests.provision.postgres import running_server
with running_server() as server:
    print(server.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.django_db
def test_the_database_is_of_the_kind_that_was_asked_for_and_migrated() -> None:
    assert connection.vendor == databases.kind()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0


def test_a_house_of_its_own_shares_nothing_with_the_tests(house: House, django_db_blocker: DjangoDbBlocker) -> None:
    assert (house.data / "secrets" / "site-key").exists()
    assert house.environment["STEPITUP_DATA"] == str(house.data) != os.environ["STEPITUP_DATA"]
    assert house.environment.get("STEPITUP_DATABASE_URL", "") == house.url
    with inside(house, django_db_blocker):
        assert is_up_to_date()


@pytest.mark.only_on("postgresql")
def test_a_durable_server_waits_for_the_disk(durable_server: Server) -> None:
    assert setting(durable_server, "fsync") == setting(durable_server, "synchronous_commit") == "on"


@pytest.mark.only_on("postgresql")
def test_a_server_is_gone_when_its_run_ends() -> None:
    with running_server() as server:
        assert setting(server, "fsync") == "off"

    assert not psutil.pid_exists(server.pid)


@pytest.mark.only_on("postgresql")
@pytest.mark.only_on("linux")
def test_a_server_is_gone_when_its_run_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS_A_SERVER], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        data = Path(psutil.Process(pid).cmdline()[2])
        run.send_signal(signal.SIGKILL)

    assert is_gone_within(seconds=10, pid=pid)
    shutil.rmtree(data.parent)  # whoever is killed leaves its folder behind


def test_a_browser_that_cannot_be_had_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("STEPITUP_CHROMIUM", str(tmp_path / "no-browser"))
    monkeypatch.setattr(chromium, "_STARTER", tmp_path / "not-unpacked")
    monkeypatch.setattr(chromium, "_MAC", tmp_path / "no-mac")
    chromium.path.cache_clear()
    try:
        with pytest.raises(CannotBeHad, match=r"Chromium cannot be had here.*STEPITUP_CHROMIUM"):
            chromium.path()
    finally:
        chromium.path.cache_clear()


def test_node_comes_from_a_wheel_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(tmp_path))

    said = subprocess.run(
        [*node.npm(), "--version"], check=True, capture_output=True, text=True, env=node.environment()
    ).stdout

    assert said.strip()[0].isdigit()


def setting(server: Server, name: str) -> str:
    with psycopg.connect(server.database("postgres")) as asked:
        row = asked.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def is_gone_within(*, seconds: float, pid: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not psutil.pid_exists(pid):
            return True
        time.sleep(0.1)
    return False
