"""What a reply means: the digit, the words people type, the words of the carriers' law; and what is left alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground.keys import new_id
from stepitup.paging.facts import NumberPage, PageState, Words
from stepitup.paging.replies import Meaning, answerable, meaning_of, taken_before, was_taken_by_another

pytestmark = pytest.mark.only_on("sqlite")

NIGHT = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)
PAGE = NumberPage(new_id(), 4, 40, Words.PAGE, PageState.OPEN, NIGHT, settled_at=None, sent_at=NIGHT)


@pytest.mark.parametrize(
    "said",
    ["1", " 1 ", "1.", "(1)", "1!", "Yes", "YES!!", "y", "Y.", "ok", "Okay", "yep", "yeah", "Sure", "sí", "Si", "uno",
     "👍", "👍🏽", "1 on my way", "yes I can", "Yes, give me a minute", "“1”", "1\n\nSam",
     "Sí, puedo", "si voy", "Claro que sí", "vale"],
)  # fmt: skip
def test_yes_as_people_type_it(said: str) -> None:
    assert meaning_of(said) is Meaning.YES


@pytest.mark.parametrize(
    "said",
    ["2", "2.", "No", "n", "NO!", "nope", "can't", "Can’t", "cannot", "can't tonight", "no sorry", "2 sorry, on duty",
     "dos", "No puedo", "no, lo siento", "👎"],
)  # fmt: skip
def test_no_as_people_type_it(said: str) -> None:
    assert meaning_of(said) is Meaning.NO


@pytest.mark.parametrize(
    "said", ["STOP", "stop", "Stop.", "STOPALL", "stop all", "unsubscribe", "CANCEL", "END", "quit",
             "PARAR", "Alto", "baja", "Opt-out", "REVOKE", "wrong number", "Wrong number!", "Número equivocado"],
)  # fmt: skip
def test_the_words_that_stop(said: str) -> None:
    assert meaning_of(said) is Meaning.STOP


@pytest.mark.parametrize(
    "said",
    ["", "   ", "...", "who is this?", "Who dis", "10-4", "1 or 2?", "12", "11", "21", "0", "3", "no problem",
     "no hay problema", "sí pero no hoy", "¿quién es?",
     "No worries", "yes but not now", "1 but not tonight", "stop texting me at night", "maybe", "what", "I'm driving",
     "1️⃣2️⃣", "call me", "on 1 hour"],
)  # fmt: skip
def test_what_might_mean_anything_is_asked_back(said: str) -> None:
    assert meaning_of(said) is Meaning.UNCLEAR


def test_the_digit_that_a_phone_draws_is_the_digit() -> None:
    assert meaning_of("1️⃣") is Meaning.YES


@given(st.text(max_size=400))
def test_whatever_is_typed_has_a_meaning(said: str) -> None:
    assert meaning_of(said) in Meaning


@given(st.sampled_from(["1", "2"]), st.text(alphabet=" .,!?()\n\t-'", max_size=10))
def test_marks_and_blanks_around_the_digit_change_nothing(digit: str, marks: str) -> None:
    assert meaning_of(marks + digit + marks) is {"1": Meaning.YES, "2": Meaning.NO}[digit]


def test_only_what_was_sent_before_the_reply_is_answered() -> None:
    later = replace(PAGE, id=new_id(), sent_at=NIGHT + timedelta(seconds=30))
    unsent = replace(PAGE, id=new_id(), sent_at=None)
    over = replace(PAGE, id=new_id(), state=PageState.OVER)
    assert answerable([PAGE, later, unsent, over], NIGHT + timedelta(seconds=10)) == [PAGE]


def test_a_no_that_was_sent_before_the_yes_hands_nothing_back() -> None:
    mine = replace(PAGE, state=PageState.YOURS, settled_at=NIGHT + timedelta(seconds=20))
    assert taken_before([mine], NIGHT + timedelta(seconds=10)) == []
    assert taken_before([mine], NIGHT + timedelta(seconds=20)) == [mine]


def test_of_two_calls_that_they_took_the_newer_is_the_one_that_is_meant() -> None:
    first = replace(PAGE, state=PageState.YOURS, settled_at=NIGHT)
    second = replace(first, id=new_id(), opened_at=NIGHT + timedelta(hours=2))
    third = replace(first, id=new_id(), opened_at=NIGHT + timedelta(hours=3))
    assert taken_before([second, first, third], NIGHT + timedelta(hours=4)) == [third, second, first]


def test_only_a_page_that_became_theirs_can_be_handed_back() -> None:
    at = NIGHT + timedelta(minutes=1)
    others = [replace(PAGE, state=state, settled_at=NIGHT) for state in PageState if state is not PageState.YOURS]
    assert taken_before([*others, replace(PAGE, state=PageState.YOURS, settled_at=None)], at) == []


def test_the_newest_page_says_whether_somebody_else_was_first() -> None:
    taken = replace(PAGE, state=PageState.TAKEN, opened_at=NIGHT + timedelta(minutes=1))
    over = replace(PAGE, state=PageState.OVER, opened_at=NIGHT + timedelta(minutes=2))
    assert was_taken_by_another([PAGE, taken])
    assert not was_taken_by_another([PAGE, taken, over])
    assert not was_taken_by_another([])
