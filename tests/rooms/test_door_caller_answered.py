"""Somebody answers: who they are, what is not known of them, and not a word before the limits were read."""

from collections.abc import Iterator

import pytest

from stepitup.calls import actions
from stepitup.calls.models import Turn
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.roster.models import Helper
from tests.rooms.callers_night import Night, callers_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def test_rosa_sees_who_has_answered_and_what_is_not_known_of_them(night: Night) -> None:
    phone = night.rosa_waits()
    name = night.name_on(night.answers())

    screen = phone.opens("/call")

    assert f"{name} has answered" in screen.headings
    assert "A peer" in screen.words
    assert "We do not know whether you work for the same agency." in screen.words
    assert "Certified since" in screen.words


def test_until_the_limits_are_read_they_are_the_main_action_and_no_number_is_shown(night: Night) -> None:
    Helper.objects.update(team_number_sealed=None)
    phone = night.rosa_waits()
    night.answers()
    screen = phone.opens("/call")

    assert screen.main_action == "Read what stays private"
    assert "Ring " not in screen.words


def test_the_team_number_is_shown_only_after_the_limits_were_read(night: Night) -> None:
    phone = night.rosa_waits()
    name = night.name_on(night.answers())
    assert f"Ring {name}" not in phone.opens("/call").words

    phone.presses("Read what stays private")
    screen = phone.presses("I’ve read this")

    assert screen.main_action.startswith(f"Ring {name}: (")
    assert "both phone bills will show the number" in screen.words


def test_after_the_limits_rosa_is_on_the_waiting_screen_and_not_in_more_questions(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")
    night.answers()
    phone.opens("/call")

    assert phone.presses("I’ve read this").headings[0] == "You are not alone with this"


def test_not_this_person_asks_no_reason_and_pages_somebody_else(night: Night) -> None:
    phone = night.rosa_waits()
    refused = night.name_on(night.answers())
    phone.opens("/call")

    screen = phone.presses("Not this person: page somebody else. No reason needed.")

    assert screen.headings[0] == "We are looking for somebody"
    assert "Now we look for somebody else for you." in screen.words
    assert refused not in night.paged()
    assert night.paged()


def test_not_this_person_pressed_twice_does_not_refuse_the_next_one(night: Night) -> None:
    phone = night.rosa_waits()
    night.answers()
    form = phone.opens("/call").form_with("Not this person: page somebody else. No reason needed.")
    phone.sends(form.action, dict(form.fields))
    second = night.name_on(night.answers())

    phone.sends(form.action, dict(form.fields))

    assert [there.helper.display_name for there in night.call.helpers] == [second]


def test_whoever_is_left_by_a_helper_reads_that_it_is_not_about_her_and_what_comes_next(night: Night) -> None:
    phone = night.rosa_waits()
    not_about_her = (
        "Whoever answered cannot be with you after all. That is not about you. The next people are asked now."
    )
    assert not_about_her not in phone.screen.words

    deed(actions.hand_back, night.answers())

    assert not_about_her in phone.opens("/call").words
    night.answers()
    assert not_about_her not in phone.opens("/call").words


def test_two_who_did_not_come_together_read_that_others_are_asked(night: Night) -> None:
    phone = night.rosa_waits()
    night.answers()
    night.wind(minutes=5)
    deed(actions.nobody_joined, Turn.objects.get().pk)

    words = phone.opens("/call").words

    assert "You two did not come together in time, so we ask others too." in words
    assert "That is not about you" not in words


def test_with_two_helpers_there_each_can_be_refused_by_name_and_the_other_stays(night: Night) -> None:
    phone = night.rosa_waits()
    peer = night.name_on(night.answers())
    phone.opens("/call")
    phone.presses("Step it up")
    clinician = night.name_on(night.answers(Kind.CLINICIAN))
    words = phone.opens("/call").words
    assert f"Not {clinician}. Whoever else is here stays. No reason needed." in words
    assert "page somebody else" not in words, "nobody else is paged while somebody is there"

    phone.presses(f"Not {peer}. Whoever else is here stays. No reason needed.")

    assert [there.helper.display_name for there in night.call.helpers] == [clinician]


def test_a_suggestion_needs_her_yes_and_the_first_helper_stays(night: Night) -> None:
    phone = night.rosa_waits()
    seat = night.answers()
    deed(actions.hand_off, seat, kind=Kind.CLINICIAN)
    screen = phone.opens("/call")
    assert "Your helper suggests that a clinician joins you" in screen.headings

    phone.presses("Yes, please")

    assert night.call.searching
    assert len(night.call.helpers) == 1
    assert "Also being looked for" in phone.screen.words


def test_no_to_a_suggestion_changes_nothing_else(night: Night) -> None:
    phone = night.rosa_waits()
    seat = night.answers()
    deed(actions.hand_off, seat, kind=Kind.CHAPLAIN)
    phone.opens("/call")

    phone.presses("No, thank you")

    assert not night.call.searching
    assert night.call.suggested is None


def test_step_it_up_beside_a_helper_brings_a_further_one_with_limits_of_their_own(night: Night) -> None:
    phone = night.rosa_waits()
    night.answers()
    phone.opens("/call")
    phone.presses("Read what stays private")
    phone.presses("I’ve read this")
    phone.presses("Step it up")
    night.answers(Kind.CLINICIAN)

    screen = phone.opens("/call")

    assert len(night.call.helpers) == 2
    assert screen.main_action == "Read what stays private"
    assert phone.presses("Read what stays private").headings[0].startswith("What stays private with a clinician")


def test_step_it_up_when_nobody_further_is_free_is_not_answered_with_silence(night: Night) -> None:
    phone = night.rosa_waits()
    night.answers()
    night.everybody_else_is_off()
    phone.opens("/call")

    screen = phone.presses("Step it up")

    assert "Nobody further is free at this moment. We page the first person who comes free." in screen.words


def test_when_the_watch_stops_beside_a_helper_the_numbers_are_on_top_and_the_helper_stays(night: Night) -> None:
    phone = night.rosa_waits()
    name = night.name_on(night.answers())
    night.hand.wind(seconds=11)

    screen = phone.opens("/call")

    assert "Our paging has stopped. That is our failure, not yours." in screen.words
    assert screen.main_action == "Call 988"
    assert f"{name} has answered" in screen.headings


def test_without_a_team_number_or_one_of_hers_she_is_told_to_leave_one(night: Night) -> None:
    Helper.objects.update(team_number_sealed=None)
    phone = night.rosa_waits()
    night.answers()
    phone.opens("/call")
    phone.presses("Read what stays private")

    screen = phone.presses("I’ve read this")

    assert "Leave yours below, and they ring you." in screen.words
    assert screen.main_action == "Leave a number, if we lose you"


@pytest.mark.parametrize(
    ("verb", "heading"),
    [(actions.finished, "This talk is over"), (actions.not_a_call_for_backup, "This call was closed")],
)
def test_every_ending_has_kind_words_numbers_and_the_button_again(night: Night, verb: object, heading: str) -> None:
    phone = night.rosa_waits()
    seat = night.answers()
    assert callable(verb)
    deed(verb, seat)

    screen = phone.opens("/call")

    assert screen.headings[0] == heading
    assert screen.main_action == "Call for backup"
    assert screen.links["Call 988"] == "tel:988"
    assert screen.links["Something went wrong"] == "/something-went-wrong"
    assert "are deleted already. The rest of this call is deleted on Thursday, March 12." in screen.words
    nobody_is_sent = "Nobody rings you from here, and nobody is sent." in screen.words
    assert nobody_is_sent is (verb is actions.finished)


def test_a_call_that_ran_out_says_so_and_offers_another(night: Night) -> None:
    phone = night.rosa_waits()
    night.wind(minutes=12 * 60 + 1)
    deed(actions.expire, night.call.id)

    assert phone.opens("/call").headings[0] == "This call has run out"


def test_a_deed_on_a_call_that_just_ended_gets_the_kind_words(night: Night) -> None:
    phone = night.rosa_waits()
    form = phone.screen.form_with("Step it up")
    deed(actions.stand_down, night.call.id)

    assert phone.sends(form.action, dict(form.fields)).headings[0] == "You stood down. That is fine"
