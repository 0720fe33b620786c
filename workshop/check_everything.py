"""Runs every check there is, the quick ones first, and ends with a plain summary. `make test` runs this.

1. Format, lint, import contract, migrations, types, browser scripts.
2. Rooms, stories, promises and carriers on PostgreSQL, the same on SQLite, and the journeys in a real Chromium. What
   looks at one screen after another runs on SQLite alone, for time; what stands behind the screens runs on both.

Two of these at a time, since tests that start processes wait as much as they work; what a run said is shown when it has
ended.

Nothing is left out in silence: a part that cannot be had, and a test that was skipped, fail the run and are named in
its last lines. All checks run even when one fails, so that one run tells the whole truth.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tests.provision import chromium
from tests.provision.errors import CannotBeHad
from tests.provision.folders import HOUSE, throwaway_folder
from tests.provision.postgres import running_server
from workshop import browser_scripts
from workshop.outcomes import Outcome, print_summary, run_quietly, run_tests

CODE = tuple(name for name in ("stepitup", "tests", "bench", "workshop") if (HOUSE / name).is_dir())
BROWSER_TESTS = HOUSE / "tests" / "browser"
ALL_BUT_THE_BROWSER = ("--ignore", str(BROWSER_TESTS))
# They pass on PostgreSQL too, for half a minute more (STEPITUP_TEST_DATABASE=postgresql .venv/bin/pytest tests/rooms).
# The stories, promises and nights go through the same screens on both.
_SCREEN_BY_SCREEN = ("--ignore-glob", "*/test_door_*", "--ignore-glob", "*/test_team_*")
# Whoever is done takes over from the other.
PYTEST = (sys.executable, "-m", "pytest", "-q", "--dist", "worksteal", "--durations=5")


def main() -> int:
    wanted = argparse.ArgumentParser(description="Run every check of this house.")
    wanted.add_argument("--quick", action="store_true", help="only the checks that take seconds")
    options = wanted.parse_args()
    began = time.monotonic()
    folder = throwaway_folder("checks")
    try:
        outcomes = list(_still_checks(folder))
        if not options.quick:
            outcomes += _tests_side_by_side(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return print_summary(outcomes, seconds=time.monotonic() - began)


def _still_checks(folder: Path) -> Iterator[Outcome]:
    """What reads the code without running it, two at a time; the slowest begins first."""
    beside_python = Path(sys.executable).parent
    commands = {
        "types": (sys.executable, "-m", "mypy", *CODE),
        "format": (sys.executable, "-m", "ruff", "format", "--check", "."),
        "lint": (sys.executable, "-m", "ruff", "check", "."),
        "import contract": (str(beside_python / "lint-imports"), "--no-logo"),
        "migrations": (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
        # Read once here, they are compiled for the workers that are about to read them at the same moment.
        "tests to be read": (sys.executable, "-m", "pytest", "-qq", "--collect-only"),
    }
    ours = _environment(folder, DJANGO_SETTINGS_MODULE="stepitup.site.settings", STEPITUP_DATA=str(folder))
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(run_quietly, name, command, ours) for name, command in commands.items()]
        running.append(pool.submit(browser_scripts.check))
        for done in as_completed(running):
            done.result().show()
            yield done.result()


def _tests_side_by_side(folder: Path) -> Iterator[Outcome]:
    """Two runs at a time, so that no core waits while something is waited for.

    All three at once took longer: they pushed each other out of two cores' memory.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(run, folder) for run in (_on_postgresql, _in_chromium, _on_sqlite)]
        for run in running:
            yield run.result()


def _on_sqlite(folder: Path) -> Outcome:
    return _tests("tests on SQLite", folder, "-n", "3", *ALL_BUT_THE_BROWSER, STEPITUP_TEST_DATABASE="sqlite")


def _on_postgresql(folder: Path) -> Outcome:
    name = "tests on PostgreSQL"
    try:
        with running_server() as server:
            ours = {"STEPITUP_TEST_DATABASE": "postgresql", "STEPITUP_TEST_POSTGRESQL": server.url}
            return _tests(name, folder, "-n", "3", *ALL_BUT_THE_BROWSER, *_SCREEN_BY_SCREEN, **ours)
    except CannotBeHad as missing:
        return Outcome.missing(name, str(missing))


def _in_chromium(folder: Path) -> Outcome:
    name = "tests in Chromium"
    try:
        return _tests(name, folder, "-n", "1", str(BROWSER_TESTS), STEPITUP_CHROMIUM=str(chromium.path()))
    except CannotBeHad as missing:
        return Outcome.missing(name, str(missing))


def _tests(name: str, folder: Path, *words: str, **environment: str) -> Outcome:
    report = folder / f"{name}.xml"
    return run_tests(name, [*PYTEST, f"--junitxml={report}", *words], _environment(folder, **environment), report)


def _environment(folder: Path, **ours: str) -> dict[str, str]:
    """This process's environment without the settings of a house that may be running here.

    What Python has compiled is kept for as long as this run takes: the tests start the program about a hundred times,
    and on a machine that keeps nothing most of each start was compiling.
    """
    theirs = {key: value for key, value in os.environ.items() if not key.startswith("STEPITUP_")}
    theirs.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**theirs, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), **ours}


if __name__ == "__main__":
    sys.exit(main())
