"""The files of facts are read strictly: a slip in them stops the tests, not a caller."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stepitup.directory
from stepitup.directory.errors import FactsWrong
from stepitup.directory.facts_file import read_hotlines, read_safety

FACTS = Path(stepitup.directory.__file__).parent / "facts"
HOTLINES = (FACTS / "hotlines.json").read_text(encoding="utf-8")
Slip = Callable[[dict[str, Any]], object]

SLIPS: dict[str, Slip] = {
    "a word nobody knows": lambda first: first.update(colour="red"),
    "a mark nobody knows": lambda first: first.update(may_involve_rescue="no"),
    "a number with letters": lambda first: first.update(phone_e164="1-800-HELP"),
    "a printed number that is not the one dialled": lambda first: first.update(phone_display="989"),
    "published though its sources disagree": lambda first: first.update(status="two_numbers_in_circulation_recheck"),
    "published from memory": lambda first: first.update(evidence="recalled"),
    "published without a source": lambda first: first.update(sources=[]),
    "published without a number": lambda first: first.update(phone_e164=None, phone_display=None, text=None),
    "a region off the map": lambda first: first.update(region="US-ZZ"),
    "a day that no year has": lambda first: first.update(source_date="2026-13-40"),
    "a yes that is a word": lambda first: first.update(publish_by_default="true"),
    "the name of another line": lambda first: first.update(id="copline"),
}


def test_the_files_that_came_with_the_house_read_without_a_complaint() -> None:
    assert len(read_hotlines(HOTLINES.encode()).lines) == 29
    assert len(read_safety((FACTS / "means_and_safety.json").read_bytes()).entries) == 25


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_file_of_lines_is_named(slip: Slip) -> None:
    told = json.loads(HOTLINES)
    slip(told["lines"][0])
    with pytest.raises(FactsWrong, match=r"hotlines\.json"):
        read_hotlines(json.dumps(told).encode())


def test_a_printed_number_with_two_digits_swapped_is_caught() -> None:
    """The Disaster Distress line has stood on a fire service's page with a 9 and a 5 swapped."""
    wrong = HOTLINES.replace('"phone_display": "1-800-985-5990"', '"phone_display": "1-800-985-5590"')
    with pytest.raises(FactsWrong, match="not the number that is dialled"):
        read_hotlines(wrong.encode())


def test_every_mistake_is_named_at_once() -> None:
    told = json.loads(HOTLINES)
    told["lines"][0]["kind"] = "oracle"
    told["lines"][5]["evidence"] = "hearsay"
    with pytest.raises(FactsWrong, match=r"(?s)lines\.0\.kind.*lines\.5\.evidence"):
        read_hotlines(json.dumps(told).encode())


def test_a_statement_said_to_be_read_needs_the_page_where_it_was_read() -> None:
    told = json.loads((FACTS / "means_and_safety.json").read_text(encoding="utf-8"))
    told["entries"][0]["sources"] = []
    with pytest.raises(FactsWrong, match="without a page"):
        read_safety(json.dumps(told).encode())
