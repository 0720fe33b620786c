"""The demonstration's team: big enough, and different enough, to try everything in the first minute."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stepitup.calls import actions
from stepitup.calls.models import Asked, Call, Turn
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging.links import page_key
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import HelperRow, RosterRows
from tests.rooms.callers_night import Night, callers_night

pytestmark = pytest.mark.only_on("sqlite")

FILE = Path(__file__).parents[2] / "stepitup" / "roster" / "demo_team.toml"


@pytest.fixture(scope="module")
def team() -> RosterRows:
    rows, mistakes = read_roster(FILE.read_text(encoding="utf-8"))
    assert not mistakes
    return rows


@pytest.fixture
def helpers(team: RosterRows) -> tuple[HelperRow, ...]:
    return team.helpers


def test_24_helpers_of_all_four_roles_in_three_agencies_of_two_states(team: RosterRows) -> None:
    assert len(team.helpers) == 24
    assert {kind for one in team.helpers for kind in one.kinds} == set(Kind)
    assert len(team.agencies) == len({one.agency for one in team.helpers if one.agency}) == 3
    assert len({agency.state for agency in team.agencies}) == len({one.state for one in team.helpers}) == 2


def test_somebody_supervises_somebody_is_left_out_and_many_share_something(helpers: tuple[HelperRow, ...]) -> None:
    assert sum(1 for one in helpers if one.supervises) >= 3
    assert any(one.never_for for one in helpers)
    assert any(one.related_to for one in helpers)
    assert any(one.internal_affairs for one in helpers)
    assert len({one.unit for one in helpers if one.unit}) >= 6
    assert sum(1 for one in helpers if one.shares_shown) >= 12
    assert any(one.shares_for_matching for one in helpers)


def test_each_is_paged_by_two_ways_at_once(helpers: tuple[HelperRow, ...]) -> None:
    assert {len(one.ways) for one in helpers} == {2}
    assert {way.carrier for one in helpers for way in one.ways} == {"pager"}


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


@pytest.mark.django_db
def test_ten_press_at_once_and_each_is_answered(night: Night) -> None:
    for _ in range(10):
        night.rosa_presses()

    for _ in range(10):
        _somebody_answers_each_who_has_a_page()

    assert {call.state for call in Call.objects.all()} == {"acknowledged"}
    assert Call.objects.count() == 10


def _somebody_answers_each_who_has_a_page() -> None:
    """As the watch would, whoever came free is given to who lacks people; then one page of each call is answered."""
    for turn in Turn.objects.filter(state="waiting").order_by("opened_at"):
        deed(actions.fill, turn.pk)
        page = Asked.objects.filter(turn=turn, page__state="open").exclude(kind=Kind.COORDINATOR.value).first()
        if page is not None:
            deed(actions.acknowledge, page_key(page.page_id), press=f"press of {turn.pk}")
