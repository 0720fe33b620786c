"""The import contract bites: each forbidden road, tried once, is refused. `make test` runs the contract itself."""

import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from grimp import ImportGraph
from importlinter import configuration
from importlinter.application import use_cases

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

HOUSE = Path(__file__).resolve().parent.parent.parent

DOWNWARD = "Imports run downward only; rooms side by side do not know each other"
NO_STORY = "What sends a page sees no call, no helper's story and no talk, by any road"
ALONE = "The directory stands alone: it sees only ground, so that the hotlines open when all else is down"
FOR_THE_ENTRANCES = "Only the entrances and the roof open the directory"
LOG_BOOK = "Nothing that knows a call, a page, a talk or a caller's screen writes into the log book"
NO_NAME = "The sealed talk cannot see who the helpers are, by any road"
# Who looks where, and which contracts refuse it.
FORBIDDEN_ROADS = [
    ("ground", "paging", {DOWNWARD}),
    ("paging", "calls", {DOWNWARD, NO_STORY}),
    ("paging", "roster", {DOWNWARD, NO_STORY}),
    ("paging", "talk", {DOWNWARD, NO_STORY}),
    ("talk", "roster", {DOWNWARD, NO_NAME}),
    ("roster", "paging", {DOWNWARD}),
    ("roster", "limits", {DOWNWARD}),
    ("limits", "tally", {DOWNWARD}),
    ("tally", "roster", {DOWNWARD}),
    ("calls", "door", {DOWNWARD}),
    ("calls", "drills", {DOWNWARD}),
    ("drills", "watch", {DOWNWARD}),
    ("calls", "directory", {FOR_THE_ENTRANCES}),
    ("ground", "directory", {FOR_THE_ENTRANCES}),
    ("directory", "limits", {ALONE}),
    ("door", "watch", {DOWNWARD}),
    ("watch", "desk", {DOWNWARD}),
    ("desk", "door", {DOWNWARD}),
    ("watch", "site", {DOWNWARD}),
    ("calls", "ground.log_book", {LOG_BOOK}),
    ("paging", "ground.log_book", {LOG_BOOK}),
    ("talk", "ground.log_book", {LOG_BOOK}),
    ("door.ask_for_backup", "ground.log_book", {LOG_BOOK}),
    ("door.answer_a_page", "ground.log_book", {LOG_BOOK}),
]


@pytest.fixture(scope="module")
def graph() -> Iterator[ImportGraph]:
    """Who imports whom, as the house stands."""
    configuration.configure()
    before = Path.cwd()
    os.chdir(HOUSE)
    yield grimp.build_graph("stepitup", include_external_packages=True, cache_dir=None)
    os.chdir(before)


def test_each_room_that_looks_up_or_sideways_is_refused_by_the_contract_that_says_so(graph: ImportGraph) -> None:
    passed = []
    for room, sees, refused_by in FORBIDDEN_ROADS:
        with_the_road = deepcopy(graph)
        with_the_road.add_import(importer=f"stepitup.{room}", imported=f"stepitup.{sees}")
        if not refused_by <= broken(with_the_road):
            passed.append((room, sees, broken(with_the_road)))
    assert passed == []


def test_each_contract_is_tried_and_the_house_as_it_stands_breaks_none(graph: ImportGraph) -> None:
    options = use_cases.read_user_options(config_filename="pyproject.toml")
    names = {contract["name"] for contract in options.contracts_options}
    assert names == set().union(*(refused_by for *_road, refused_by in FORBIDDEN_ROADS))
    assert broken(deepcopy(graph)) == set()


def test_a_new_room_must_find_its_place_in_the_picture(graph: ImportGraph) -> None:
    with_an_attic = deepcopy(graph)
    with_an_attic.add_module("stepitup.attic")
    assert broken(with_an_attic) == {DOWNWARD}


def broken(graph: ImportGraph) -> set[str]:
    """The contracts of pyproject.toml that do not hold for this picture of who imports whom."""
    options = use_cases.read_user_options(config_filename="pyproject.toml")
    use_cases._register_contract_types(options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(use_cases, "_build_graph", lambda **_how: graph)
        report = use_cases.create_report(options)
    return {contract.name for contract, check in report.get_contracts_and_checks() if not check.kept}
