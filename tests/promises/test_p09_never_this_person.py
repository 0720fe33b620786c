"""P9: whoever a never-rule forbids is not paged, not sent a page that waits, and cannot sit; whatever else is true."""

from typing import Any

import pytest

from stepitup.calls.models import Seat
from tests.rooms.door_program import Program
from tests.stories import cast
from tests.stories.cast import Part
from tests.stories.night import Night
from tests.stories.people import Helper

HERS = {"agency": "Cedar Mesa PD", "unit": "Patrol North", "rank_band": "line"}
A_SERGEANT = HERS | {"rank_band": "supervisor"}

# The last step has come and was repeated once.
AS_LONG_AS_EVERY_STEP = 12

# What Rosa says, and who must not come: somebody as the roster has them, with what makes the rule theirs.
RULES: dict[str, tuple[dict[str, Any], Part, dict[str, Any]]] = {
    "the whole agency, by one of its names": ({"never": {"agencies": ["CMPD"]}}, cast.SAM, {}),
    "an agency written with a slip": ({"never": {"agencies": ["Ceder Mesa Police"]}}, cast.SAM, {}),
    "an agency nobody knows of a helper": (
        {"never": {"agencies": ["Larkspur Fire"]}},
        cast.SAM,
        {"agency": '"larkspur"'},
    ),
    "my agency, which she did not name": (
        {"never": {"agencies": ["my department"]}, "state": "US-CO"},
        cast.SAM,
        {},
    ),
    "who supervises her": ({"mine": HERS}, cast.LIEUTENANT, {}),
    "who supervises her whole agency": (
        {"mine": HERS},
        cast.SAM,
        {"rank_band": '"command"', "supervises": '[{ agency = "cedar" }]'},
    ),
    "whom she supervises": ({"mine": A_SERGEANT}, cast.SAM, {"unit": '"Patrol North"'}),
    "anybody above her": ({"mine": HERS, "never": {"above_me": True}}, cast.INES, {"rank_band": '"supervisor"'}),
    "anybody above her, of an agency she did not name": (
        {"never": {"above_me": True}},
        cast.INES,
        {"rank_band": '"command"'},
    ),
    "internal affairs of her agency": ({"mine": HERS}, cast.INES, {"internal_affairs": "true"}),
    "internal affairs, her agency unknown": ({}, cast.INES, {"internal_affairs": "true"}),
    "a name": ({"never": {"names": ["Samuel Karstadt"]}}, cast.SAM, {}),
    "a family name alone": ({"never": {"names": ["karstadt"]}}, cast.SAM, {}),
    "a name with a rank": ({"never": {"names": ["Lieutenant Ruiz"]}}, cast.LIEUTENANT, {}),
    "a name with a slip": ({"never": {"names": ["Karstad, Sam"]}}, cast.SAM, {}),
    "somebody close to a name": (
        {"never": {"names": ["Paul Greyfeather"]}},
        cast.THEO,
        {"related_to": '["Paul Greyfeather"]'},
    ),
    "a unit": ({"mine": HERS, "never": {"units": ["Patrol South"]}}, cast.INES, {}),
    "a unit's supervisor": ({"mine": HERS, "never": {"units": ["Patrol North"]}}, cast.LIEUTENANT, {}),
    "a helper who takes nobody of her unit": (
        {"mine": HERS},
        cast.THEO,
        {"never_for": '[{ agency = "cedar", unit = "Patrol North" }]'},
    ),
}


# Internal affairs are never asked where nobody knows whose call it is: there is no page to take back.
SAID_LATER = [rule for rule in RULES if not rule.startswith("internal affairs")]


def _joined(night: Night, rule: str) -> Helper:
    _said, part, lines = RULES[rule]
    return night.joins(part, **lines)


@pytest.mark.parametrize("rule", RULES)
def test_said_with_the_press_they_are_never_asked(night: Night, rule: str) -> None:
    forbidden = _joined(night, rule)
    Program().calls(RULES[rule][0])
    night.passes(minutes=AS_LONG_AS_EVERY_STEP)
    forbidden.gets_nothing()


@pytest.mark.parametrize("rule", SAID_LATER)
def test_said_after_the_press_their_page_is_withdrawn_and_they_cannot_sit(night: Night, rule: str) -> None:
    forbidden = _joined(night, rule)
    program = Program().calls({})
    night.watch.work()
    page = forbidden.gets_a_page()
    program.patches(f"/api/v1/calls/{program.told['id']}", RULES[rule][0])
    assert page.is_over()
    forbidden.phone.sends(f"{page.path}/acknowledge", {})
    assert "This page is over, thank you" in forbidden.phone.screen.words
    assert not Seat.objects.exists()
    night.passes(minutes=AS_LONG_AS_EVERY_STEP)
    forbidden.gets_nothing()


@pytest.mark.parametrize("rule", SAID_LATER)
def test_said_before_the_page_was_sent_it_is_not_sent(night: Night, rule: str) -> None:
    forbidden = _joined(night, rule)
    night.watch.stop()
    program = Program().calls({})
    program.patches(f"/api/v1/calls/{program.told['id']}", RULES[rule][0])
    night.watch.start()
    night.passes(minutes=AS_LONG_AS_EVERY_STEP)
    forbidden.gets_nothing()


def test_the_rules_forbid_nobody_else(night: Night) -> None:
    theo = night.joins(cast.THEO)
    said = {"mine": HERS, "never": {"agencies": ["CMPD"], "names": ["Samuel Karstadt"], "above_me": True}}
    Program().calls(said)
    night.watch.work()
    theo.gets_a_page()


def test_a_helper_refuses_too_without_a_reason_and_is_not_asked_again(night: Night) -> None:
    sam = night.joins(cast.SAM)
    rosa = night.rosa()
    rosa.presses()
    sam.gets_a_page().declines(i_was_there=True)
    night.passes(minutes=AS_LONG_AS_EVERY_STEP)
    sam.gets_nothing()


def test_whoever_was_refused_is_not_asked_again_for_this_call(night: Night) -> None:
    sam = night.joins(cast.SAM)
    rosa = night.rosa()
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.presses("Not this person: page somebody else. No reason needed.")
    night.passes(minutes=AS_LONG_AS_EVERY_STEP)
    sam.gets_nothing()
