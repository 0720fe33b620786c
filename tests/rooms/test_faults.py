"""docs/faults.md: every carrier has a row for each fault, or says why not; and each test that it names is there."""

import re
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


def test_each_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE))
    assert len(named) > 30
    gone = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (HOUSE / path).read_text("utf-8")]
    assert gone == []
