"""The screens of drills: who was reached is for coordinators, how quickly is for oneself."""

from collections.abc import Iterator

import pytest

from stepitup.ground.team import DrillSettings
from stepitup.paging.facts import Then
from stepitup.roster.sign_in.facts import Role
from tests.rooms.coordinator import somebody, stranger
from tests.stories import cast
from tests.stories.night import Night, a_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night(drills=DrillSettings("month", "tuesday", 19)) as ours:
        yield ours


def test_maria_begins_a_drill_and_reads_who_was_reached_and_not_how_quickly(night: Night) -> None:
    sam, ines = night.joins(cast.SAM), night.joins(cast.INES)
    maria = somebody()
    assert "the next one begins on Tuesday, April 7, 19:00 MDT" in maria.opens("/team/drills").words
    maria.presses("Begin a drill now")
    maria.opens("/team/drills")
    night.watch.work()
    night.passes(minutes=7)
    sam.gets_a_page().says_it_reached_me()
    ines.gets_a_page()
    words = maria.opens("/team/drills").words
    assert "1 of 2 were reached." in words
    assert "No answer so far Ines M." in words
    assert "Look again in an hour before you ring anybody." in words
    night.passes(hours=1)
    assert "Ring them by day, and let them try each way." in maria.opens("/team/drills").words
    assert "Sam K." not in words
    assert "7 minutes" not in words


def test_whoever_is_not_reached_stands_under_what_is_to_be_looked_at_and_not_one_by_one(night: Night) -> None:
    for part in (cast.SAM, cast.INES, cast.THEO):
        night.joins(part).may_be_paged()
    night.text.refuses(cast.THEO.number, Then.NEXT_WAY)
    maria = somebody()
    maria.sends("/team/drills/begin", {})
    night.watch.work()
    words = maria.opens("/team/drills").words
    assert "Not taken: look at the address or number Theo B." in words
    assert "No answer so far Ines M., Sam K." in words


def test_a_second_press_is_told_that_one_is_enough(night: Night) -> None:
    maria = somebody()
    for _ in range(2):
        maria.opens("/team/drills")
        maria.presses("Begin a drill now")
    assert "One is enough." in maria.screen.words


def test_sam_sees_his_own_minutes_and_nothing_of_the_drill(night: Night) -> None:
    sam = night.joins(cast.SAM)
    night.joins(cast.INES).may_be_paged()
    somebody().sends("/team/drills/begin", {})
    night.watch.work()
    night.passes(minutes=7)
    sam.gets_a_page().says_it_reached_me()
    words = somebody(role=None, name="sam", helper="sam").opens("/team/drills").words
    assert "Reached you; you pressed after 7 minutes" in words
    assert "were reached" not in words
    assert "Begin a drill" not in words


def test_whoever_may_not_begin_one_does_not(night: Night) -> None:
    night.joins(cast.SAM)
    lent = somebody(agency="cedar", name="of one agency")
    clinical = somebody(role=Role.CLINICAL_LEAD, name="okafor")
    for phone in (stranger(), somebody(role=None, name="sam", helper="sam"), lent, clinical):
        phone.sends("/team/drills/begin", {})
    assert "There was no drill" in somebody().opens("/team/drills").words
    assert "Begin a drill" not in lent.opens("/team/drills").words
