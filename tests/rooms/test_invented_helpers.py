"""The invented team: as large as one likes, clearly invented, and fit to be brought in."""

import re
from datetime import UTC, datetime

import pytest

from stepitup.roster import actions, questions
from tests.rooms.roster_builders import NIGHT
from workshop.invent_helpers import invent

TODAY = datetime(2026, 3, 4, tzinfo=UTC).date()


@pytest.mark.only_on("sqlite")
def test_the_same_seed_invents_the_same_people() -> None:
    assert invent(70, seed=1, today=TODAY) == invent(70, seed=1, today=TODAY)
    assert invent(70, seed=1, today=TODAY) != invent(70, seed=2, today=TODAY)


@pytest.mark.only_on("sqlite")
def test_nobody_real_can_be_reached_or_meant() -> None:
    team = invent(150, today=TODAY)
    addresses = [way.address for row in team.helpers for way in row.ways]
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d|.*@helpers\.example", address) for address in addresses)
    assert len({*addresses}) == 300
    assert all("Invented County" in agency.name for agency in team.agencies)
    assert {"".join(row.key.split("-")[:1]) for row in team.helpers} == {"invented"}


@pytest.mark.django_db
def test_an_invented_team_can_be_brought_in() -> None:
    report = actions.bring_in(NIGHT, invent(150, today=TODAY))
    assert (len(report.added), report.mistakes) == (150, ())
    assert len(questions.all_helpers()) == 150
