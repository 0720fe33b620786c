"""Letters about duty: who is told, how often, and who is not any more. Maria coordinates; Sam asks Ines for a swap."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from stepitup.ground.deeds import deed
from stepitup.roster.duty import swapping
from stepitup.roster.duty.letters import (
    TRIES,
    claim_letters,
    claim_swap_answers,
    claim_swap_letters,
    is_anybody_to_be_told,
    note_letter_sent,
)
from stepitup.roster.models import Helper
from tests.rooms.duty_house import DAYS, NIGHTS, NOON, TONIGHT, number_of, team_of
from tests.rooms.roster_builders import helper_in_file

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def a_team(db: None) -> None:
    """Everybody has mail."""

    def mail(key: str) -> str:
        return f'carrier = "mail"\naddress = "{key}@home.example"'

    maria = helper_in_file("maria", kinds='["coordinator"]', way=mail("maria"))
    team_of(helper_in_file("sam", NIGHTS, way=mail("sam")), helper_in_file("ines", DAYS, way=mail("ines")), maria)


def sam_asks_ines() -> int:
    return swapping.ask_to_swap(NOON, asker=number_of("sam"), asked=number_of("ines"), duty=TONIGHT)


def leaves(key: str) -> None:
    Helper.objects.filter(key=key).update(removed_at=NOON)


def test_ines_is_asked_and_sam_is_answered_each_by_one_letter() -> None:
    swap = sam_asks_ines()
    assert [one.address for one in claim_swap_letters(NOON)] == ["ines@home.example"]
    assert claim_swap_letters(NOON) == []
    swapping.agree_to_swap(NOON, swap, by=number_of("ines"))
    assert [(one.to_tell.address, one.is_yes) for one in claim_swap_answers(NOON)] == [("sam@home.example", True)]
    assert claim_swap_answers(NOON) == []


@pytest.mark.parametrize("who", ["sam", "ines"])
def test_where_one_of_the_two_has_left_the_team_no_question_is_sent(who: str) -> None:
    sam_asks_ines()
    leaves(who)
    assert claim_swap_letters(NOON) == []


def test_whoever_asked_and_left_the_team_since_gets_no_answer() -> None:
    swapping.decline_swap(NOON, sam_asks_ines(), by=number_of("ines"))
    leaves("sam")
    assert claim_swap_answers(NOON) == []


@pytest.mark.parametrize("claim", [claim_swap_letters, claim_swap_answers])
def test_of_a_duty_that_has_begun_nobody_is_told_any_more(claim: Callable[[datetime], list[object]]) -> None:
    swap = sam_asks_ines()
    if claim is claim_swap_answers:
        swapping.decline_swap(NOON, swap, by=number_of("ines"))
    assert claim(TONIGHT.start) == []


def test_a_letter_about_gaps_is_tried_every_half_hour_five_times_a_day_and_the_next_day_anew() -> None:
    tries = [len(claim_letters(NOON + number * HALF_AN_HOUR)) for number in range(9)]
    assert tries == [1] * TRIES + [0] * (9 - TRIES)
    assert not is_anybody_to_be_told(NOON + 8 * HALF_AN_HOUR)
    assert len(claim_letters(NOON + timedelta(days=1))) == 1


def test_a_letter_about_gaps_that_is_on_its_way_is_not_taken_again_nor_one_that_was_sent() -> None:
    [letter] = claim_letters(NOON)
    assert not is_anybody_to_be_told(NOON + timedelta(minutes=29))
    assert claim_letters(NOON + timedelta(minutes=29)) == []
    deed(note_letter_sent, letter.letter)
    assert claim_letters(NOON + HALF_AN_HOUR) == []
    assert not is_anybody_to_be_told(NOON + HALF_AN_HOUR)


def test_of_two_watches_that_saw_it_as_due_the_second_takes_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    due = {number_of("maria"): "maria@home.example"}
    monkeypatch.setattr("stepitup.roster.duty.letters._addresses", lambda _now, _day: due)
    assert [len(claim_letters(NOON)) for _watch in range(2)] == [1, 0]


@pytest.mark.parametrize("stop", ["suspended_at", "removed_at"])
def test_whoever_coordinates_and_is_suspended_or_has_left_gets_no_letter_about_gaps(stop: str) -> None:
    Helper.objects.filter(key="maria").update(**{stop: NOON})
    assert not is_anybody_to_be_told(NOON)
    assert claim_letters(NOON) == []
