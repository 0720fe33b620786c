"""What a test may ask for by name: a migrated database, a house of its own, a durable server, the real browser."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from itertools import count
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.provision import chromium as chromium_here
from tests.provision import databases
from tests.provision import gammu as gammu_here
from tests.provision.folders import folder_on_disk
from tests.provision.postgres import Server, running_server

_houses = count(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the place of pytest-django's own: copy a migrated template rather than migrate in every worker."""
    with django_db_blocker.unblock():
        databases.make_ours()
    with _emptied_with_its_log_book():
        yield
    with django_db_blocker.unblock():
        databases.drop_ours()


@contextmanager
def _emptied_with_its_log_book() -> Iterator[None]:
    """After a test that commits, every table that holds something is emptied: also the log book, which refuses it.

    Django would truncate every table there is, and a hundred empty ones cost PostgreSQL more than the test did.
    """
    # Here, because it opens tables, and they need Django to be set up first.
    from stepitup.ground.log_book import guard  # noqa: PLC0415

    tables = cache(partial(connection.introspection.django_table_names, only_existing=True, include_views=False))

    def empty_all(_statements: list[str]) -> None:
        held = _those_that_hold_something(tables())
        with guard.taken_down() if held & set(guard.TABLES) else nullcontext():
            _empty(held)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "execute_sql_flush", empty_all)
        yield


def _those_that_hold_something(tables: Iterable[str]) -> set[str]:
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}


def _empty(tables: Iterable[str]) -> None:
    """All of it at once, whoever points to whom."""
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')


@pytest.fixture
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[databases.House]:
    """A house of its own, for a test that starts the real program: `Popen(..., env=house.environment)`."""
    name = f"{databases.worker()}_house_{next(_houses)}"
    with django_db_blocker.unblock(), databases.new_house(name, data=tmp_path / "data") as made:
        yield made


@pytest.fixture(scope="session")
def durable_server() -> Iterator[Server]:
    """A second PostgreSQL that waits for the disk at each commit, for what is about the disk."""
    with running_server(durable=True) as server:
        yield server


@pytest.fixture
def folder_on_a_disk() -> Iterator[Path]:
    """A folder on a real disk: the tests' own folders may be in memory."""
    folder = folder_on_disk("test")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The real browser; `tests.provision.chromium.FLAGS` are the words to start it with."""
    return chromium_here.path()


@pytest.fixture(scope="session")
def gammu_smsd() -> gammu_here.Program:
    """The real daemon of a modem of one's own."""
    return gammu_here.program()
