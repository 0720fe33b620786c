"""What `stepitup check` says of text and voice."""

from dataclasses import replace

import pytest

from stepitup.desk.checking.finding import Weight
from stepitup.desk.checking.providers import about_providers
from stepitup.ground.team import ModemSettings, ProviderSettings, Team

pytestmark = pytest.mark.only_on("sqlite")

TEXT = ProviderSettings("AC1", "token", "+15125550100", registered="10DLC, since May 2026")
OTHER = ProviderSettings("AC2", "token", "+15125550101", registered="toll-free", base_url="https://other.example")
OURS = Team(public_url="https://help.example", text=TEXT, second_text=OTHER, voice=replace(TEXT, registered=""))


def said(ours: Team) -> list[str]:
    return [str(finding) for finding in about_providers(ours)]


def test_a_team_that_has_thought_of_it_reads_nothing() -> None:
    assert said(OURS) == []
    assert said(Team()) == []
    assert said(replace(OURS, second_text=None, modem=ModemSettings())) == [], "the modem is the second"


def test_an_unregistered_sender_is_missing_because_its_texts_are_dropped() -> None:
    [finding] = about_providers(replace(OURS, text=replace(TEXT, registered="")))
    assert finding.weight is Weight.MISSING
    assert "A2P 10DLC" in finding.what
    assert "toll-free" in finding.what


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        (replace(OURS, second_text=None), "Texts go by one provider"),
        (Team(modem=ModemSettings()), "Texts go by a modem alone"),
        (Team(modem=ModemSettings(goes_first=True)), "no provider to go second"),
        (replace(OURS, second_text=replace(OTHER, account="AC1")), "the same account"),
        (replace(OURS, public_url="http://help.example"), "cannot reach this house"),
        (replace(OURS, text=replace(TEXT, base_url="http://provider.example")), "unprotected"),
    ],
)
def test_what_only_shows_at_night_is_said_before(ours: Team, words: str) -> None:
    assert any(words in line for line in said(ours))


@pytest.mark.parametrize(
    "ours",
    [
        replace(OURS, text=replace(TEXT, base_url="http://127.0.0.1:8080")),  # a gateway on this very machine
        replace(OURS, modem=ModemSettings(goes_first=True)),
        Team(public_url="http://help.example"),
        Team(modem=ModemSettings(), demo=True),
        Team(public_url="https://help.example", second_text=OTHER),
    ],
)
def test_what_is_well_as_it_is_is_not_spoken_of(ours: Team) -> None:
    assert said(ours) == []


def test_a_house_that_only_rings_must_be_reached_too_and_needs_no_second_provider_of_texts() -> None:
    rings = Team(public_url="https://help.example", voice=OURS.voice)
    assert said(rings) == []
    [line] = said(replace(rings, public_url="http://help.example"))
    assert "cannot reach this house" in line
    [line] = said(replace(OURS, voice=None, public_url="http://help.example"))
    assert "no reply is heard" in line, "texts alone have replies too"


def test_a_second_provider_is_looked_at_like_the_first() -> None:
    [line] = said(replace(OURS, second_text=replace(OTHER, registered=" ")))
    assert "[second_text] does not say how +15125550101 is registered" in line
    [line] = said(replace(OURS, voice=replace(TEXT, base_url="http://provider.example")))
    assert "[voice] goes to its provider unprotected" in line
