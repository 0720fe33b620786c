"""A seat that was left opens nothing more: whoever was refused does not learn how the call goes on."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from stepitup.calls import actions
from stepitup.calls.errors import NoSuchSeat
from stepitup.calls.life import CallState, Ending
from stepitup.calls.questions import as_helper_sees, call_of_seat
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from tests.rooms.calls_house import answer, hire_peers, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def texts() -> Iterator[None]:
    """One carrier."""
    with carriers.use(Carrier("text")):
        yield


def _refused(call: UUID, _seat: str) -> None:
    deed(actions.not_this_person, call)


def _handed_back(_call: UUID, seat: str) -> None:
    deed(actions.hand_back, seat)


@pytest.mark.parametrize("left", [_refused, _handed_back])
def test_a_seat_that_was_left_shows_the_same_whatever_becomes_of_the_call(left: Callable[[UUID, str], None]) -> None:
    hire_peers(4)
    call = press().id
    seat = answer(call)
    left(call, seat)
    at_once = as_helper_sees(seat)
    other = answer(call)
    assert as_helper_sees(seat) == at_once
    deed(actions.hand_off, other, kind=Kind.CHAPLAIN)
    assert as_helper_sees(seat) == at_once
    deed(actions.stand_down, call)
    assert as_helper_sees(seat) == at_once
    assert at_once.ending is None


@pytest.mark.parametrize("left", [_refused, _handed_back])
def test_no_live_screen_follows_the_call_from_a_seat_that_was_left(left: Callable[[UUID, str], None]) -> None:
    hire_peers(4)
    call = press().id
    seat = answer(call)
    assert call_of_seat(seat) == call
    left(call, seat)
    with pytest.raises(NoSuchSeat):
        call_of_seat(seat)


def test_whoever_sat_until_the_end_reads_how_it_ended() -> None:
    hire_peers(1)
    call = press().id
    seat = answer(call)
    deed(actions.stand_down, call)
    sees = as_helper_sees(seat)
    assert (sees.call_state, sees.ending) == (CallState.CLOSED, Ending.STOOD_DOWN)
