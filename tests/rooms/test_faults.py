"""docs/faults.md: each carrier has a row for each fault, or says why not; each test it names lives that fault."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.only_on("sqlite")

HOUSE = Path(__file__).parents[2]
FAULTS = (
    "hangs on connect",
    "hangs on read",
    "half an answer",
    "TLS broken",
    "500s for an hour",
    "accepted and never delivered",
    "delivered twice",
    "webhook before the answer",
    "webhook never",
    "rate limited",
    "wrong credentials",
    "number recycled to a stranger",
    "DNS gone",
    "clock skew in signatures",
)
STORIES = "tests/stories/test_faults_of_carriers.py"
CARRIERS = HOUSE / "stepitup" / "paging" / "carriers"
PAGE = (HOUSE / "docs" / "faults.md").read_text(encoding="utf-8")


def sections() -> dict[str, dict[str, list[str]]]:
    """For each carrier of the page: each fault, and what stands beside it."""
    found: dict[str, dict[str, list[str]]] = {}
    for section in PAGE.split("\n## ")[1:]:
        name, _, rest = section.partition("\n")
        rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in rest.splitlines() if "|" in line]
        found[name.strip()] = {row[0]: row[1:] for row in rows[2:]}
    return found


def carriers_here() -> set[str]:
    """By what their folders are called: text_twilio is text, modem_gammu is modem."""
    return {folder.parent.name.partition("_")[0] for folder in CARRIERS.glob("*/sender.py")}


def test_every_carrier_has_its_section() -> None:
    assert carriers_here() <= set(sections())


@pytest.mark.parametrize("carrier", sorted(sections()))
def test_it_has_a_row_for_each_fault_and_each_row_a_test_or_a_reason(carrier: str) -> None:
    rows = sections()[carrier]
    assert tuple(rows) == FAULTS
    bare = [
        fault
        for fault, (*_, what_we_do, test) in rows.items()
        if not (test.startswith("`") or what_we_do.startswith("does not apply: "))
    ]
    assert bare == []


def named_in(cell: str) -> list[tuple[str, str]]:
    """The tests that a cell names: file and name."""
    return re.findall(r"`([\w/]+\.py)::(test_\w+)`", cell)


@cache
def faults_marked(path: str) -> dict[str, frozenset[str]]:
    """For each test of a file, the faults with which it is marked; read, not run."""
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    return {one.name: frozenset(_faults_of(one)) for one in tree.body if isinstance(one, ast.FunctionDef)}


def _faults_of(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) in {"pytest.mark.fault", "fault"}:
            yield from (str(said.value) for said in mark.args if isinstance(said, ast.Constant))


def test_each_test_that_is_named_is_there() -> None:
    named = named_in(PAGE)
    assert len(named) > 30
    gone = [f"{path}::{name}" for path, name in named if name not in faults_marked(path)]
    assert gone == []


@pytest.mark.parametrize("carrier", sorted(sections()))
def test_each_test_that_a_row_names_is_marked_with_the_fault_of_that_row(carrier: str) -> None:
    silent = [
        f"{fault}: {name}"
        for fault, (*_, cell) in sections()[carrier].items()
        for path, name in named_in(cell)
        if fault not in faults_marked(path).get(name, frozenset())
    ]
    assert silent == []


@pytest.mark.parametrize("carrier", sorted(sections()))
def test_no_test_stands_for_two_faults_of_one_carrier(carrier: str) -> None:
    named = [name for (*_, cell) in sections()[carrier].values() for _path, name in named_in(cell)]
    assert [name for name in named if named.count(name) > 1] == []


def test_each_fault_is_a_story_of_its_own_and_its_row_names_it() -> None:
    lived = [faults for name, faults in faults_marked(STORIES).items() if name.startswith("test_")]
    assert sorted(fault for faults in lived for fault in faults) == sorted(FAULTS)
    assert all(len(faults) == 1 for faults in lived)
    rows = sections()["text"]
    assert [fault for fault in FAULTS if STORIES not in rows[fault][-1]] == []


def test_no_test_is_marked_with_a_fault_that_nobody_knows() -> None:
    files = {path for path, _name in named_in(PAGE)}
    marked = {fault for path in files for faults in faults_marked(path).values() for fault in faults}
    assert marked <= set(FAULTS)
