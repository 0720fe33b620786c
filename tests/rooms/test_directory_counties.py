"""A county's own emergency number stands on the helper's card once somebody of the team rang it, and not before."""

from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django.fixtures import Settings

from stepitup.directory import questions
from stepitup.directory.actions import static_files
from stepitup.directory.checked import what_is_wrong
from stepitup.ground.team import Team

pytestmark = pytest.mark.only_on("sqlite")

TODAY = date(2026, 11, 23)
RUNG = 'date = 2026-11-20\nby = "Maria"\n'
CEDAR = '[[county]]\nname = "Cedar Mesa County"\nstate = "US-CO"\nphone = "303 555 0100"\n'
NONE_YET = "Your team has written down no county’s number yet."


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.TEAM = Team(data=tmp_path)
    return tmp_path


def write(data: Path, text: str) -> None:
    (data / "checked.toml").write_text(text, encoding="utf-8")


def at_hand() -> str:
    return render_to_string("directory/card.html", {"card": questions.card()})


def numbers() -> list[str]:
    return [county.phone for county in questions.card().counties]


def test_a_county_that_maria_rang_stands_where_the_helper_reads_of_911(data: Path) -> None:
    assert NONE_YET in at_hand()
    write(data, CEDAR + RUNG)
    where = at_hand().partition('id="card-where"')[2].partition("</section>")[0]
    assert (
        '<a class="action" href="tel:+13035550100">Cedar Mesa County, Colorado: (303)\u00a0555\u20110100</a>' in where
    )
    assert "Test-called by this team on November 20, 2026: it answered." in where
    assert "Maria" not in where
    assert NONE_YET not in at_hand()
    assert what_is_wrong(data, today=TODAY) == []


def test_they_stand_by_state_and_name(data: Path) -> None:
    aspen = CEDAR.replace("Cedar Mesa", "Aspen Flats").replace("0100", "0101")
    willow = CEDAR.replace("Cedar Mesa", "Willow Bend").replace("US-CO", "US-WA").replace("0100", "0102")
    write(data, "".join(one + RUNG for one in (CEDAR, willow, aspen)))
    assert [one.name for one in questions.card().counties] == [
        "Aspen Flats County",
        "Cedar Mesa County",
        "Willow Bend County",
    ]


@pytest.mark.parametrize(
    "written", ["(303) 555-0100", "303.555.0100", "+1 303 555 0100", "1-303-555-0100", "3035550100"]
)
def test_a_number_is_taken_however_people_write_it(data: Path, written: str) -> None:
    write(data, CEDAR.replace("303 555 0100", written) + RUNG)
    assert numbers() == ["+13035550100"]


def test_one_that_did_not_answer_is_not_shown(data: Path) -> None:
    write(data, CEDAR + RUNG + "answered = false\n")
    assert numbers() == []
    assert what_is_wrong(data, today=TODAY) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CEDAR, "date: Field required"),  # nobody rang it
        (CEDAR.replace("303 555 0100", "911") + RUNG, "911 reaches the county of whoever rings it"),
        (CEDAR.replace("303 555 0100", "303 155 0100") + RUNG, "the ten digits of a number"),
        (CEDAR.replace("303 555 0100", "+44 20 7946 0000") + RUNG, "the ten digits of a number"),
        (CEDAR.replace("US-CO", "Colorado") + RUNG, "write the state as US-CO"),
        (CEDAR.replace("Cedar Mesa County", "") + RUNG, "name: "),
        (CEDAR.replace("[[county]]", "[county]") + RUNG, "with two brackets"),
        ("county = [3]\n", "[[county]] 1: "),
    ],
)
def test_a_mistake_is_told_by_day_and_costs_no_other_county_its_number(data: Path, text: str, said: str) -> None:
    write(data, text)
    (mistake,) = what_is_wrong(data, today=TODAY)
    assert said in mistake
    assert numbers() == []
    if text.startswith("[[county]]"):
        write(data, CEDAR.replace("0100", "0101") + RUNG + text)
        assert numbers() == ["+13035550101"]


def test_a_day_ahead_of_today_is_told(data: Path) -> None:
    write(data, CEDAR + RUNG.replace("2026", "2027"))
    assert what_is_wrong(data, today=TODAY) == ["checked.toml: Cedar Mesa County is dated 2027-11-20, ahead of today"]


def test_one_county_more_is_no_other_card_for_the_clinician_to_sign(data: Path) -> None:
    before = questions.card().version
    write(data, CEDAR + RUNG)
    assert questions.card().version == before


def test_no_caller_reads_a_countys_number(data: Path) -> None:
    write(data, CEDAR + RUNG)
    assert not [
        text for text in static_files(ours=Team(data=data)).values() if "555" in text and "Cedar Mesa County" in text
    ]
