"""The part of pytest that gives each worker its own data folder and migrated database, of either kind.

    .venv/bin/pytest tests/rooms                                      on SQLite
    STEPITUP_TEST_DATABASE=postgresql .venv/bin/pytest tests/rooms    on a PostgreSQL server of its own

`@pytest.mark.only_on("sqlite")` leaves a test out elsewhere; "postgresql" and "linux" likewise. It is not counted as
skipped, since nothing is missing. What asks for no database runs once, with SQLite: once is enough.
"""

import gc
import os
import shutil
import sys
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from hypothesis import settings

from stepitup.ground.keys import make_site_key
from tests.provision import databases, fixtures
from tests.provision.folders import throwaway_folder
from tests.provision.postgres import running_server

_brought = ExitStack()
_STARTS_A_PROGRAM = frozenset({"house", "durable_server", "gammu_smsd"})
_BRING_A_DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "house", "durable_server"})


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Before Django's settings are read: bring what this run needs, and point the settings at it."""
    gc.disable()  # until all tests are read: what they open stays, and there is no garbage worth a search in it
    if "STEPITUP_TEST_FOLDER" not in os.environ:
        _bring("STEPITUP_TEST_FOLDER", str(_folder_of_this_run()))
    if databases.kind() == "postgresql" and "STEPITUP_TEST_POSTGRESQL" not in os.environ:
        _bring("STEPITUP_TEST_POSTGRESQL", _brought.enter_context(running_server()).url)
    data = databases.settle_into(databases.worker())
    make_site_key(data / "secrets" / "site-key")
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fault(name): lives one fault of docs/faults.md (tests/rooms/test_faults.py)")
    config.addinivalue_line("markers", "only_on(place): this test is about sqlite, postgresql or linux alone")
    # A busy machine is no finding: a property has no time limit of its own.
    settings.register_profile("house", deadline=None)
    settings.load_profile("house")
    # The same lock with a short key: who signs in a hundred times need not wait a third of a second each time.
    PBKDF2PasswordHasher.iterations = 1_000
    # Registered after pytest-django, so that our way of setting up the database takes the place of its own.
    config.pluginmanager.register(fixtures, "stepitup-fixtures")


def pytest_collection_finish() -> None:
    """From here on there is garbage again, and none of it among what was read."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)  # as the program itself has it


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Whoever leaves threads of a watch behind fails, not whoever comes next and finds the house full."""
    latest = time.monotonic() + 5
    while left := {thread.name for thread in threading.enumerate() if thread.name.startswith("crew-")}:
        assert time.monotonic() < latest, f"{item.nodeid} leaves behind {sorted(left)}"
        time.sleep(0.01)


def pytest_unconfigure() -> None:
    """Stop and remove what this process brought; a worker brought nothing."""
    _brought.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another kind of database or machine, and what touches none and ran already."""
    second = databases.kind() == "postgresql"
    elsewhere = [item for item in items if _is_about_elsewhere(item) or (second and _touches_no_database(item))]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    # Whoever starts a program waits for it: first, so that others work meanwhile and nobody waits alone at the end.
    items.sort(key=lambda item: _STARTS_A_PROGRAM.isdisjoint(getattr(item, "fixturenames", ())))


def _folder_of_this_run() -> Path:
    folder = throwaway_folder("tests")
    _brought.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _bring(name: str, value: str) -> None:
    os.environ[name] = value
    _brought.callback(os.environ.pop, name, None)


def _touches_no_database(item: pytest.Item) -> bool:
    asked_for = set(getattr(item, "fixturenames", ()))
    about_this_kind = any("postgresql" in mark.args for mark in item.iter_markers("only_on"))
    return item.get_closest_marker("django_db") is None and not asked_for & _BRING_A_DATABASE and not about_this_kind


def _is_about_elsewhere(item: pytest.Item) -> bool:
    here = {databases.kind(), sys.platform}
    return any(here.isdisjoint(mark.args) for mark in item.iter_markers("only_on"))
