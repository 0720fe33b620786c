"""The import contract bites: each forbidden road, tried once, is refused. `make test` runs the contract itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

HOUSE = Path(__file__).resolve().parent.parent.parent

FORBIDDEN_ROADS = [
    ("ground", "stepitup.paging"),
    ("paging", "stepitup.calls"),
    ("paging", "stepitup.roster"),
    ("talk", "stepitup.roster"),
    ("limits", "stepitup.roster"),
    ("roster", "stepitup.limits"),
    ("roster", "stepitup.paging"),
    ("paging", "stepitup.tally"),
    ("limits", "stepitup.tally"),
    ("calls", "stepitup.door"),
    ("calls", "stepitup.drills"),
    ("drills", "stepitup.watch"),
    ("calls", "stepitup.directory"),
    ("directory", "stepitup.limits"),
    ("door", "stepitup.watch"),
    ("desk", "stepitup.door"),
    ("watch", "stepitup.site"),
    ("calls", "stepitup.ground.log_book"),
    ("paging", "stepitup.ground.log_book"),
    ("door.ask_for_backup", "stepitup.ground.log_book"),
]


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    only_code = shutil.ignore_patterns("__pycache__", "static", "templates", "facts", "migrations")
    shutil.copytree(HOUSE / "stepitup", tmp_path / "stepitup", ignore=only_code)
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    return tmp_path


def test_each_room_that_looks_up_or_sideways_is_refused(copy_of_the_house: Path) -> None:
    for room, sees in FORBIDDEN_ROADS:
        room_file = copy_of_the_house.joinpath("stepitup", *room.split("."), "__init__.py")
        room_file.write_text(f"{room_file.read_text(encoding='utf-8')}\nimport {sees}\n", encoding="utf-8")

    said = what_the_contract_says(copy_of_the_house)

    assert [road for road in FORBIDDEN_ROADS if "stepitup.{} -> {} (l.".format(*road) not in said] == []
    assert "6 broken" in said


def test_a_new_room_must_find_its_place_in_the_picture(copy_of_the_house: Path) -> None:
    attic = copy_of_the_house / "stepitup" / "attic"
    attic.mkdir()
    (attic / "__init__.py").write_text('"""Nobody knows what this is for."""\n', encoding="utf-8")

    assert "stepitup.attic" in what_the_contract_says(copy_of_the_house)


def what_the_contract_says(house: Path) -> str:
    lint_imports = Path(sys.executable).parent / "lint-imports"
    looked = subprocess.run(
        [str(lint_imports), "--no-logo", "--no-cache"],
        check=False,
        capture_output=True,
        text=True,
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
    )
    assert looked.returncode == 1, looked.stdout + looked.stderr
    return looked.stdout
