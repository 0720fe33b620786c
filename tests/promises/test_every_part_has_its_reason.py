"""Few parts, each pinned with its hash, each with its reason in docs/dependencies.md."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

HOUSE = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "workshop/installer.lock")


def asked_for(file: str) -> set[str]:
    lines = (HOUSE / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=]", line)[0].lower() for line in lines if line and line[0] not in "#-"}


def pinned_in(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (HOUSE / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))


def reasons() -> dict[str, str]:
    page = (HOUSE / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Za-z][\w-]*)(?:\[\w+\])? \| (\d[\d.]*) \| \S", page, flags=re.MULTILINE)
    return {name.lower(): written for name, written in rows}


def test_every_part_has_its_reason_and_its_version_on_the_page() -> None:
    ours = asked_for("requirements.in") | asked_for("requirements-dev.in")
    pinned = pinned_in("requirements-dev.lock")

    assert reasons() == {name: pinned[name] for name in ours}


def test_the_tests_try_the_very_parts_that_make_run_installs() -> None:
    assert pinned_in("requirements.lock").items() <= pinned_in("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_part_carries_a_hash_and_no_address(lock: str) -> None:
    text = (HOUSE / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert all("--hash=sha256:" in part for part in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:])


def test_the_event_loop_is_one_that_never_gives_an_answer_to_the_wrong_reader() -> None:
    # uvloop until 0.22.1 could close a stranger's connection (its issues 645 and 738).
    assert tuple(int(part) for part in version("uvloop").split(".")[:2]) >= (0, 23)
