"""A newcomer reads two commands before anything else; they do what they say, and the gate says the same one."""

import re
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.provision import chromium
from tests.provision.folders import HOUSE
from workshop import browser_scripts, check_everything
from workshop.outcomes import Outcome

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

README = (HOUSE / "README.md").read_text(encoding="utf-8")


def what_make_would_do(*words: str) -> str:
    # These tests mostly run below a make of their own, which would have this one speak of folders.
    command = ["make", "--no-print-directory", "--always-make", "--dry-run", *words]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True).stdout


def test_two_commands_and_two_pictures_stand_above_everything_else() -> None:
    above, found, _below = README.partition("\n# Step It Up\n")
    assert found
    commands = re.findall(r"^make (\w+)", above, flags=re.MULTILINE)
    assert commands == ["run", "test"]
    pictures = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", above)
    assert pictures == ["docs/pictures/waiting.png", "docs/pictures/a-helpers-seat.png"]


@pytest.mark.parametrize("picture", ["waiting.png", "a-helpers-seat.png"])
def test_each_picture_has_the_size_of_a_phone(picture: str) -> None:
    head = (HOUSE / "docs" / "pictures" / picture).read_bytes()[:24]
    width, height = struct.unpack(">II", head[16:24])
    assert width <= 2 * 430, "two dots to the pixel"
    assert height > width


def test_make_run_sets_up_and_starts_a_demonstration_where_it_was_told_to() -> None:
    does = what_make_would_do("run", "PORT=8123", "DATA=some/folder")
    assert "workshop/set_up.py run" in does
    assert 'stepitup run --demo --port "8123" --data "some/folder"' in does
    assert "npm" not in does
    assert 'stepitup run --demo --port "8000" --data "data"' in what_make_would_do("run")


@pytest.mark.parametrize(("says", "taken"), [("exit 0", True), ("exit 1", False)], ids=["new enough", "too old"])
def test_the_systems_own_python_is_taken_where_it_is_new_enough(says: str, taken: bool, tmp_path: Path) -> None:
    own = tmp_path / "python3"
    own.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    own.chmod(0o755)
    assert (str(own) in what_make_would_do("run", f"SYSTEM_PYTHON={own}")) is taken


def test_whoever_names_a_python_gets_that_one() -> None:
    assert what_make_would_do("run", "PYTHON=/of/my/choice").startswith("/of/my/choice ")


def test_make_test_sets_up_and_runs_every_check() -> None:
    does = what_make_would_do("test")
    assert "workshop/set_up.py test" in does
    assert does.rstrip().endswith("-m workshop.check_everything")


def test_the_gate_says_make_test_and_nothing_else() -> None:
    lines = (HOUSE / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("#")]
    assert said == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_everything_that_make_test_promises_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    looked_at: list[str] = []

    def note(name: str, *_how: object) -> Outcome:
        looked_at.append(name)
        return Outcome(name, passed=True)

    @contextmanager
    def a_server() -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(url="postgresql://somewhere")

    monkeypatch.setattr(check_everything, "run_quietly", note)
    monkeypatch.setattr(check_everything, "run_tests", note)
    monkeypatch.setattr(check_everything, "running_server", a_server)
    monkeypatch.setattr(check_everything, "throwaway_folder", lambda _name: tmp_path / "checks")
    monkeypatch.setattr(chromium, "path", lambda: Path("/a/browser"))
    monkeypatch.setattr(browser_scripts, "check", lambda: note("browser scripts"))
    monkeypatch.setattr("sys.argv", ["check_everything"])

    assert check_everything.main() == 0

    assert {"format", "lint", "types", "import contract", "migrations", "browser scripts"} <= set(looked_at)
    assert {"tests on SQLite", "tests on PostgreSQL", "tests in Chromium"} <= set(looked_at)


def test_nothing_is_compiled_and_every_file_is_checked_against_its_hash() -> None:
    set_up = (HOUSE / "workshop" / "set_up.py").read_text(encoding="utf-8")
    assert '"--require-hashes", "--no-build"' in set_up
    assert '"--require-hashes", "--only-binary", ":all:"' in set_up
    for lock in ("requirements.lock", "requirements-dev.lock", "workshop/installer.lock"):
        for part in (HOUSE / lock).read_text(encoding="utf-8").split("\n\n"):
            assert "--hash=sha256:" in part, lock
