"""What is ticked and typed on the caller’s forms reaches whoever chooses, and every question stands on its screen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.forms import Form
from django.test import override_settings

from stepitup.calls.told import IF_LOST, Number
from stepitup.door.ask_for_backup.forms import SHOWABLE, Family, Matters, ReachMe, Where, Who, Work
from stepitup.ground.team import team
from stepitup.limits.notice import Situation
from stepitup.roster.facts import Wishes
from stepitup.roster.shared_ground import MATTERS
from tests.rooms.callers_night import Night, callers_night

pytestmark = pytest.mark.only_on("sqlite")

AT_WORK = Situation(state="US-CO", service="fire", employer="local")
AT_WORK_ELSEWHERE = Situation(state="US-WA", service="ems")
NOTHING_ELSE: dict[str, Any] = {"work_service": "fire", "work_state": "US-CO"}


def said(**typed: Any) -> Matters:
    form = Matters(typed)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("typed", "wishes"),
    [
        ({"agency": "Larkspur Fire"}, {"mine_agency": "Larkspur Fire"}),
        ({"unit": "Station 2"}, {"mine_unit": "Station 2"}),
        ({"rank_band": "line"}, {"mine_rank_band": "line"}),
        ({"language": "es"}, {"language": "es"}),
        ({"never_my_agency": "on"}, {"never_my_agency": True}),
        ({"never_above_me": "on"}, {"never_above_me": True}),
        ({"never_names": "Sam K.\nInes M."}, {"never_names": ("Sam K.", "Ines M.")}),
        ({"never_units": "K9"}, {"never_units": ("K9",)}),
        ({"never_agencies": "TCSO"}, {"never_agencies": ("TCSO",)}),
        ({"incident_on": "2026-03-01"}, {"incident_on": date(2026, 3, 1)}),
        ({"matters": ["divorce", "shift"]}, {"matters": {"divorce": MATTERS, "shift": MATTERS}}),
    ],
)
def test_each_wish_reaches_whoever_chooses(typed: dict[str, Any], wishes: dict[str, Any]) -> None:
    assert said(**typed).told(AT_WORK).wishes == Wishes(**NOTHING_ELSE, **wishes)


@pytest.mark.parametrize(
    ("ticked", "typed", "shown"),
    [
        ("service", {}, "Work: Fire"),
        ("state", {}, "State: Colorado"),
        ("agency", {"agency": "Larkspur Fire"}, "Agency: Larkspur Fire"),
        ("unit", {"unit": "Station 2"}, "Unit: Station 2"),
        ("rank_band", {"rank_band": "line"}, "Rank: Line: I lead nobody"),
        ("matters", {"matters": ["shift"]}, "shift"),
    ],
)
def test_what_is_ticked_is_shown_to_the_helper_and_nothing_beside_it(
    ticked: str, typed: dict[str, Any], shown: str
) -> None:
    assert said(**typed, show=[ticked]).told(AT_WORK).shown == (shown,)
    assert said(**typed).told(AT_WORK).shown == ()


def test_what_was_not_said_is_never_shown_however_much_is_ticked() -> None:
    assert said(show=[*SHOWABLE]).told(Situation()).shown == ()


def test_if_we_lose_you_has_three_answers_and_none_of_them_is_a_voicemail() -> None:
    assert tuple(word for word, _label in ReachMe.base_fields["if_lost"].choices) == IF_LOST  # type: ignore[attr-defined]
    assert IF_LOST == ("ring", "text", "neither")


def test_a_number_without_a_choice_means_neither_ring_nor_text() -> None:
    form = ReachMe({"phone": "970 555 0173"})
    assert form.is_valid()
    assert form.number() == Number("+19705550173", "neither")


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


@pytest.mark.django_db
def test_every_question_of_a_form_is_drawn_on_its_screen(night: Night) -> None:
    phone = night.rosa_waits()
    for button, form in (
        ("Choose who comes", Who),
        ("Say where you work, for the right law", Work),
        ("Say what matters, and who must not come", Matters),
        ("Leave a number, if we lose you", ReachMe),
        ("Tell my helper where I am", Where),
    ):
        assert _drawn(phone.presses(button).raw) >= set(_fields(form)), button
        phone.opens("/call")
    assert _drawn(phone.opens("/family").raw) >= set(_fields(Family))
    assert _drawn(phone.opens("/first").raw) >= set(_fields(Who))


def test_the_state_of_the_team_is_a_first_guess_and_what_was_said_stands_before_it() -> None:
    with override_settings(TEAM=replace(team(), default_state="US-CO")):
        assert Work.filled_with(Situation()).initial["state"] == Family.fresh().initial["state"] == "US-CO"
        assert Work.filled_with(AT_WORK_ELSEWHERE).initial["state"] == "US-WA"


def _fields(form: type[Form]) -> Iterator[str]:
    yield from form.base_fields


def _drawn(raw: str) -> set[str]:
    return {part.split('"')[0] for part in raw.split('name="')[1:]}
