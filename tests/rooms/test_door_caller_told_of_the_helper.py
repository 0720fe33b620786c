"""What a caller is told of whoever answered: each line as it is known, and said to be unknown where it is not."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from stepitup.calls.shown import HelperThere
from stepitup.ground.vocabulary import Kind
from stepitup.roster.facts import HelperShown, LicenceShown
from tests.stories.screen import Screen

pytestmark = pytest.mark.only_on("sqlite")

SAM = HelperShown(
    role=Kind.PEER,
    display_name="Sam K.",
    same_agency=None,
    sworn=None,
    shares=(),
    certified_since=None,
    team_number=None,
)
LICENCE = LicenceShown(name="LCSW", state="US-CO", checked_by="the board", checked_on=date(2026, 1, 5))


def told(helper: HelperShown, *, joined: bool = False, words_may_pass: bool = False, number: str | None = None) -> str:
    there = HelperThere(UUID(int=1), helper, joined=joined, words_may_pass=words_may_pass)
    around = {"standing": SimpleNamespace(limits_first=False), "sees": SimpleNamespace(number=number)}
    return Screen(render_to_string("ask_for_backup/helper.html", {"there": there, **around}), status=200).words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"role": Kind.PEER}, "A peer"),
        ({"role": Kind.CHAPLAIN}, "A chaplain"),
        ({"role": Kind.CLINICIAN}, "A clinician"),
        ({"same_agency": None}, "We do not know whether you work for the same agency. Ask, if it matters."),
        ({"same_agency": True}, "From your agency"),
        ({"same_agency": False}, "Not from your agency"),
        ({"sworn": None}, "We do not know whether they are sworn. Officers may have to act on what they hear."),
        ({"sworn": True}, "Sworn. Officers may have to act on what they hear."),
        ({"sworn": False}, "Not sworn"),
        ({"shares": ("Divorce", "Shift work")}, "Knows from their own life: Divorce Shift work"),
        ({"certified_since": date(2019, 9, 1)}, "Certified since September 2019"),
        ({"licence": LICENCE}, "LCSW · Colorado Checked by the board, January 2026"),
        ({"in_common": ("You both work nights.",)}, "You both work nights."),
    ],
)
def test_what_is_known_is_said_and_what_is_not_is_said_to_be_unknown(known: dict[str, Any], words: str) -> None:
    assert words in told(replace(SAM, **known))


def test_a_licence_that_nobody_checked_is_not_said_to_be_checked() -> None:
    unchecked = replace(LICENCE, state="unknown", checked_on=None)
    shown = told(replace(SAM, licence=unchecked))
    assert "LCSW" in shown
    assert "Checked" not in shown
    assert "unknown" not in shown


def test_whoever_answered_is_with_her_once_they_say_so() -> None:
    assert "Sam K. has answered" in told(SAM)
    assert "Sam K. is with you" in told(SAM, joined=True)


def test_how_they_come_together_is_told_once_words_may_pass_and_with_what_the_bills_show() -> None:
    reachable = replace(SAM, team_number="+13035550101")
    assert "303" not in told(reachable)
    assert "Ring Sam K.: (303) 555-0101" in told(reachable, words_may_pass=True).replace("\u00a0", " ").replace(
        "‑", "-"
    )
    assert "Your phone, their phone and both phone bills will show the number." in told(reachable, words_may_pass=True)
    assert "They have your number. Keep your phone near." in told(SAM, words_may_pass=True, number="hers")
    assert "Leave yours below, and they ring you." in told(SAM, words_may_pass=True)
