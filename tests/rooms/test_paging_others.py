"""What others hold: every way has a line, no time is invented, and the screen shows the ways of this house."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepitup.paging import carriers
from stepitup.paging.carriers.holders import Evidence, Holder
from stepitup.paging.carriers.others import HOST, OTHERS, held_by_others
from tests.rooms.coordinator import somebody
from tests.stories import cast
from tests.stories.night import Night, a_night

ALL = [(way, one) for way, held in OTHERS.items() for one in held.holders]


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    with a_night() as ours:
        yield ours


def words_of(one: Holder) -> str:
    return " ".join(map(str, (one.who, one.sees, one.how_long, one.deleted, one.ordered_by)))


@pytest.mark.only_on("sqlite")
def test_every_way_a_page_travels_says_what_others_hold() -> None:
    assert set(OTHERS) >= {*carriers.KNOWN, HOST}


@pytest.mark.only_on("sqlite")
def test_each_carrier_says_it_in_its_own_folder() -> None:
    folder = Path(carriers.__file__).parent
    with_a_sender = {path.parent for path in folder.glob("*/sender.py")}
    assert len(with_a_sender) > 5
    assert [place.name for place in with_a_sender if not (place / "others.py").exists()] == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("way", "one"), ALL)
def test_no_time_is_invented_and_what_we_do_not_know_is_to_be_asked(way: str, one: Holder) -> None:
    said = words_of(one)
    assert not re.search(r"\d|\b(day|week|month|year|hour)s?\b", said), f"{way}: for how long has no source"
    assert one.evidence is not Evidence.ASK or "ask them" in said.lower()


@pytest.mark.only_on("sqlite")
def test_a_way_of_which_nothing_was_written_down_breaks_no_screen() -> None:
    assert held_by_others(["carrier pigeon"]) == ()


def test_the_public_list_shows_the_ways_of_this_house_and_no_other(night: Night) -> None:
    words = night.browser().opens("/what-we-hold").words
    assert "Text message The provider that sends for us" in words
    assert "The machine itself Whoever houses this machine" in words
    assert "Notice in the browser" not in words


def test_a_helper_reads_it_beside_their_own_ways(night: Night) -> None:
    night.joins(cast.SAM)
    words = somebody(role=None, name="sam", helper="sam").opens("/team/me/ways").words
    assert "What others hold of a page" in words
    assert "The phone company of your helper" in words
