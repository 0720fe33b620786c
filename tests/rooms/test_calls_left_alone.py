"""Whoever was beside the caller leaves while a further helper is looked for: the caller is alone again (P1)."""

from collections.abc import Iterator

import pytest

from stepitup.calls import actions
from stepitup.calls.life import Life, TurnKind
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from tests.rooms.calls_house import answer, hire, hire_peers, life_of, open_pages, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _texts() -> Iterator[None]:
    with carriers.use(Carrier("text")):
        yield


def test_a_peer_hands_back_while_no_clinician_is_on_duty_and_other_peers_are_asked() -> None:
    hire_peers(6)
    call = press().id
    seat = answer(call)
    deed(actions.step_up, call)
    assert not open_pages(call), "there is no clinician"
    deed(actions.hand_back, seat)
    assert len(open_pages(call)) == 5, "Rosa is alone and five peers are free"


def test_a_clinician_who_was_asked_stays_asked_and_peers_are_asked_beside_them() -> None:
    hire_peers(6)
    clinician = hire("Dr. Okafor", Kind.CLINICIAN)
    call = press().id
    seat = answer(call)
    deed(actions.step_up, call)
    page = open_pages(call)[clinician]
    deed(actions.hand_back, seat)
    assert open_pages(call)[clinician] == page
    assert len(open_pages(call)) == 6


def test_not_this_person_pressed_while_a_chaplain_is_looked_for_brings_another_peer() -> None:
    hire_peers(3)
    call = press().id
    seat = answer(call)
    deed(actions.hand_off, seat, kind=Kind.CHAPLAIN)
    deed(actions.answer_suggestion, call, yes=True)
    deed(actions.not_this_person, call)
    assert len(open_pages(call)) == 2


def test_the_search_goes_on_as_one_and_whoever_answers_first_ends_it() -> None:
    hire_peers(6)
    clinician = hire("Dr. Okafor", Kind.CLINICIAN)
    call = press().id
    seat = answer(call)
    deed(actions.step_up, call)
    deed(actions.hand_back, seat)
    answer(call, clinician)
    assert not open_pages(call)
    assert _searches(life_of(call)) == []


def test_a_caller_who_is_not_alone_keeps_the_search_they_asked_for() -> None:
    hire_peers(6)
    clinician = hire("Dr. Okafor", Kind.CLINICIAN)
    call = press().id
    seat = answer(call)
    deed(actions.step_up, call)
    answer(call, clinician)
    deed(actions.step_up, call)
    deed(actions.hand_back, seat)
    assert _searches(life_of(call)) == [TurnKind.HAND_OFF]
    assert not open_pages(call)


def _searches(life: Life) -> list[TurnKind]:
    return [turn.kind for turn in life.turns if turn is life.searching]
