"""Waiting is never silent: who was paged, what comes next and when, and numbers that answer now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import override_settings

from stepitup.calls.models import Call
from stepitup.door.words import could_not_be_reached, may_still_answer, next_kinds, true_for, when
from stepitup.ground.team import ProviderSettings, team
from stepitup.ground.vocabulary import Kind
from tests.rooms.callers_night import FROM_ELSEWHERE, Night, callers_night
from tests.rooms.door_night import NIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def test_waiting_says_how_many_were_paged_and_what_comes_next_and_when(night: Night) -> None:
    phone = night.rosa_waits()

    assert "3 peers were paged." in phone.screen.words
    assert "in 2 minutes (03:06 MST) More peers are paged." in phone.screen.words
    assert '<dd aria-live="off">in 2 minutes' in phone.screen.raw, "time that passes is not read out each minute"
    for button in ("Step it up", "Stand down: I need nobody now", "Tell my helper where I am"):
        assert phone.screen.has_button(button)


def test_waiting_says_until_when_it_stays_open_and_when_it_is_deleted(night: Night) -> None:
    words = night.rosa_waits().screen.words

    assert "Your call stays open until 15:04 MST." in words
    assert "Everything about this call is deleted on Thursday, March 12." in words


def test_waiting_says_that_nobody_can_find_her_and_who_may_see_that_she_was_here(night: Night) -> None:
    words = night.rosa_waits().screen.words

    assert "We do not know where you are and cannot find out. Call 911, or tell your helper where you are." in words
    assert "Your own dispatch may take a 911 call." in words
    assert "A work phone or work Wi-Fi can show that you opened this site." in words


@pytest.mark.parametrize(
    ("pages_out", "paged", "words"),
    [(3, 3, ""), (0, 0, ""), (1, 3, "1 of them can still answer."), (0, 3, "None of them can come.")],
)
def test_how_many_of_those_who_were_paged_may_still_say_yes(pages_out: int, paged: int, words: str) -> None:
    assert may_still_answer(pages_out, paged=paged) == words


@pytest.mark.parametrize(
    ("how_many", "words"),
    [
        (0, ""),
        (1, "1 helper could not be reached. We try again."),
        (2, "2 helpers could not be reached. We try again."),
    ],
)
def test_whom_we_could_not_reach_is_counted_in_a_sentence(how_many: int, words: str) -> None:
    assert could_not_be_reached(how_many) == words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ({Kind.PEER}, "More peers are paged."),
        ({Kind.CHAPLAIN}, "A chaplain is paged."),
        ({Kind.CLINICIAN}, "A clinician is paged."),
        ({Kind.CHAPLAIN, Kind.CLINICIAN}, "A chaplain and a clinician are paged."),
        ({Kind.COORDINATOR}, "Our coordinators are asked to find somebody."),
        ({Kind.PEER, Kind.CLINICIAN}, "More people are paged."),
        ((), "We page again."),
    ],
)
def test_who_comes_next_is_said_by_kind(kinds: set[Kind], words: str) -> None:
    assert next_kinds(kinds) == words


def test_minutes_are_rounded_up_so_that_nobody_waits_longer_than_was_said(night: Night) -> None:
    phone = night.rosa_waits()
    night.wind(minutes=0.5)
    assert "in 2 minutes (03:06 MST)" in phone.opens("/call").words

    night.wind(minutes=0.75)
    assert "in less than a minute (03:06 MST)" in phone.opens("/call").words


@pytest.mark.parametrize(
    ("left", "seconds"),
    [(120, 61), (119, 60), (61, 2), (60, 61), (20, 21), (0, 0), (-5, 0)],
)
def test_for_how_long_what_is_said_of_the_time_is_true(left: int, seconds: int) -> None:
    step = NIGHT + timedelta(seconds=left)
    assert true_for(step, NIGHT) == seconds
    if seconds:
        assert when(step, NIGHT) != when(step, NIGHT + timedelta(seconds=seconds))
        assert when(step, NIGHT) == when(step, NIGHT + timedelta(seconds=seconds - 2)) or left == seconds - 1


def test_an_open_screen_knows_when_to_read_itself_anew(night: Night) -> None:
    phone = night.rosa_waits()
    night.wind(minutes=0.5)
    assert 'data-true-for="31"' in phone.opens("/call").raw
    phone.presses("Choose who comes")
    phone.presses(
        "Go on", wants="chaplain"
    )  # the search begins anew, and a line becomes the main action before its end
    night.wind(minutes=1.25)
    assert 'data-true-for="16"' in phone.opens("/call").raw


def test_from_minute_two_a_line_stands_as_the_main_action(night: Night) -> None:
    phone = night.rosa_waits()
    assert phone.screen.main_action != "Call 988"

    night.step_comes()

    assert phone.opens("/call").main_action == "Call 988"
    assert "8 peers were paged." in phone.screen.words
    assert "You need not wait for us. This line answers now, and your call stays open." in phone.screen.words


def test_when_nobody_is_left_to_ask_it_is_our_failure_and_the_line_is_the_main_action(night: Night) -> None:
    phone = night.rosa_waits()
    while not night.call.last_step:
        night.step_comes()

    screen = phone.opens("/call")

    assert screen.main_action == "Call 988"
    assert "Nobody has answered yet. That is our failure, not yours." in screen.words
    assert "asks again now: those who were asked, and whoever else is free. At most once a minute." in screen.words
    assert "the next people are paged now" not in screen.words, "there are no next people"
    assert "Call this line now. We keep paging; next try 03:1" in screen.words
    assert "If you close this and left no number, we cannot reach you." in screen.words


@pytest.mark.parametrize("wanted", ["chaplain", "clinician"])
def test_whoever_asks_for_one_who_cannot_come_reads_why_others_are_paged(night: Night, wanted: str) -> None:
    night.is_off(Kind(wanted))
    phone = night.phone()
    phone.opens("/first")
    why = f"You asked for a {wanted} first. None can come at this moment. If one comes free, we page them."

    phone.presses("Call for backup", wants=wanted)

    assert why in phone.screen.words
    assert f"3 peers were paged. {why}" in phone.opens("/call").words


def test_whoever_asked_for_nobody_or_for_one_who_was_paged_reads_nothing_of_it(night: Night) -> None:
    assert "You asked for" not in night.rosa_waits().screen.words
    phone = night.phone()
    phone.opens("/first")
    assert "You asked for" not in phone.presses("Call for backup", wants="clinician").words


def test_whom_no_way_reached_is_not_said_to_have_been_paged(night: Night) -> None:
    phone = night.rosa_waits()

    night.no_way_reaches(2)

    assert "So far 3 peers were paged. 2 helpers could not be reached. We try again." in phone.opens("/call").words


def test_with_a_number_left_nobody_says_that_we_cannot_reach_her(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Leave a number, if we lose you")
    phone.presses("Keep this number", phone="303 555 0123")
    while not night.call.last_step:
        night.step_comes()

    assert "we cannot reach you" not in phone.opens("/call").words


def test_when_the_watch_has_stopped_the_screen_says_so_and_the_number_is_the_main_action(night: Night) -> None:
    phone = night.rosa_waits()

    night.hand.wind(seconds=11)
    screen = phone.opens("/call")

    assert screen.main_action == "Call 988"
    assert "Our paging has stopped. That is our failure, not yours." in screen.words
    assert "Please do not wait for it. Call or text 988 now." in screen.words
    assert "were paged" not in screen.words  # nobody can know whether these pages went out
    night.beats()
    assert "Our paging has stopped" not in phone.opens("/call").words


def test_a_press_while_the_watch_has_stopped_claims_no_page_and_keeps_the_words(night: Night) -> None:
    night.hand.wind(seconds=11)

    phone = night.rosa_presses()

    assert "being paged now" not in phone.screen.words
    assert phone.screen.main_action == "Call 988"
    assert len(_receipt(phone.screen.raw).split()) == 8
    assert phone.screen.has_button("Go on")


def test_step_it_up_pages_the_next_people_at_once(night: Night) -> None:
    phone = night.rosa_waits()

    phone.presses("Step it up")

    assert "8 peers were paged." in phone.screen.words


def test_step_it_up_pressed_twice_on_the_same_screen_steps_up_once(night: Night) -> None:
    phone = night.rosa_waits()
    form = phone.screen.form_with("Step it up")

    phone.sends(form.action, dict(form.fields))
    once = night.call.step

    phone.sends(form.action, dict(form.fields))

    assert night.call.step == once > 0


def test_step_it_up_on_a_screen_that_stood_long_is_meant(night: Night) -> None:
    phone = night.rosa_waits(keeps_cookies=False)
    form = phone.screen.form_with("Step it up")
    night.step_comes()
    night.wind(minutes=1)

    before = night.call.step
    phone.sends(form.action, dict(form.fields))

    assert night.call.step > before


def test_standing_down_is_asked_once_more_and_may_be_taken_back(night: Night) -> None:
    phone = night.rosa_waits()
    asked = phone.presses("Stand down: I need nobody now")
    assert night.call.is_open
    assert "Everybody we paged is told that it is over, and thanked. Nobody asks why." in asked.words

    assert phone.presses("Keep the call open").headings[0] == "We are looking for somebody"


@pytest.mark.parametrize("keeps_cookies", [True, False])
def test_standing_down_ends_it_with_kind_words_and_the_day_of_deletion(night: Night, keeps_cookies: bool) -> None:
    phone = night.rosa_waits(keeps_cookies=keeps_cookies)
    phone.presses("Stand down: I need nobody now")

    screen = phone.presses("Stand down")

    assert screen.headings[0] == "You stood down. That is fine"
    assert "deleted on Thursday, March 12" in screen.words
    assert screen.main_action == "Call for backup"
    assert night.paged() == set()


def test_a_look_at_a_screen_changes_nothing(night: Night) -> None:
    phone = night.rosa_waits()
    before = night.call

    for address in ("step-up", "stand-down", "not-this-person", "suggestion", "number", "where", "who", "limits"):
        phone.opens(f"/call/{address}")

    assert night.call == before


def test_the_screen_looks_again_by_itself_without_script(night: Night) -> None:
    phone = night.rosa_waits()
    assert '<noscript><meta http-equiv="refresh" content="10; url=/call"></noscript>' in phone.screen.raw


def test_with_cookies_blocked_it_does_not_refresh_into_nothing_but_offers_to_look_again(night: Night) -> None:
    phone = night.rosa_waits(keeps_cookies=False)

    assert "http-equiv" not in phone.screen.raw
    assert phone.presses("Look again").headings[0] == "We are looking for somebody"


def test_a_number_is_taken_however_it_is_written_and_taken_back_at_once(night: Night) -> None:
    phone = night.rosa_waits()
    for written in ("303.555.0123", "+1 (303) 555-0123", "3035550123", "1-303-555-0123"):
        phone.opens("/call/number")
        phone.presses("Keep this number", phone=written, if_lost="text")
        assert night.call.number is not None
        assert (night.call.number.phone, night.call.number.if_lost) == ("+13035550123", "text")

    assert 'value="(303) 555-0123"' in phone.presses("Change or take back your number").raw
    phone.presses("Delete my number now")
    assert night.call.number is None


def test_before_a_number_is_typed_it_is_said_where_it_will_show(night: Night) -> None:
    screen = night.rosa_waits().presses("Leave a number, if we lose you")

    assert "both phones and both phone bills show the number" in screen.words
    assert "have us ring you both" not in screen.words, "nobody can in a house that rings nobody"
    assert "We never speak to a voicemail" in screen.words


def test_where_the_house_can_ring_both_she_reads_it_before_she_types_her_number(night: Night) -> None:
    provider = ProviderSettings(account="AC1", token="quiet", sender="+13035550100")
    with override_settings(TEAM=replace(team(), voice=provider)):
        words = night.rosa_waits().presses("Leave a number, if we lose you").words

    assert "Your helper may also have us ring you both. Then neither phone shows the other’s number." in words
    assert "Our phone provider sees both, and when." in words


def test_where_rosa_is_is_typed_and_never_found(night: Night) -> None:
    phone = night.rosa_waits()
    screen = phone.presses("Tell my helper where I am")
    assert "We do not know where you are and cannot find out." in screen.words
    assert "If your life is in danger now Call 911. Your own dispatch may take the call." in screen.words
    assert screen.links["Call 911"] == "tel:911"

    phone.presses("Tell my helper", place="Mile 12, the river side")

    assert night.call.place == "Mile 12, the river side"


@pytest.mark.parametrize("keeps_cookies", [True, False])
def test_eight_words_bring_rosa_back_from_another_phone(night: Night, keeps_cookies: bool) -> None:
    words = _receipt(night.rosa_presses().screen.raw)
    other = night.phone(keeps_cookies=keeps_cookies)
    other.opens("/back")

    screen = other.presses("Back to your call", words=words.upper().replace(" ", " - "))

    assert screen.headings[0] == "We are looking for somebody"
    assert other.presses("Step it up").headings[0] == "We are looking for somebody"
    assert len(night.calls) == 1


def test_a_slip_in_the_eight_words_is_named_and_everything_typed_is_kept(night: Night) -> None:
    words = _receipt(night.rosa_presses().screen.raw).split()
    phone = night.phone()
    phone.opens("/back")

    screen = phone.presses("Back to your call", words=" ".join([*words[:7], "zzzz"]))

    assert screen.status == 422
    assert "“zzzz” is not one of our words." in screen.words
    assert words[0] in screen.form_with("Back to your call").fields["words"][0]


def test_another_site_cannot_make_her_phone_hold_the_call_of_somebody_else(night: Night) -> None:
    words = _receipt(night.rosa_presses().screen.raw)
    phone = night.phone()

    screen = phone.sends("/back", {"words": words}, headers=FROM_ELSEWHERE)

    assert screen.status == 409
    assert phone.opens("/call").status == 404


def test_words_of_no_call_are_answered_kindly(night: Night) -> None:
    from_rosa = night.rosa_presses()
    words = _receipt(from_rosa.screen.raw)
    Call.objects.all().delete()
    phone = night.phone()
    phone.opens("/back")

    assert "We hold no call with these words" in phone.presses("Back to your call", words=words).words


def test_another_site_cannot_stand_her_call_down(night: Night) -> None:
    phone = night.rosa_waits()

    screen = phone.sends("/call/stand-down", {"sure": "yes"}, headers=FROM_ELSEWHERE)

    assert night.call.is_open
    assert screen.status == 409
    assert screen.links["Go to your call"] == "/call"


def test_a_hidden_origin_needs_the_secret_that_only_our_form_has(night: Night) -> None:
    phone = night.rosa_waits()
    phone.sends("/call/stand-down", {"sure": "yes"}, headers={"Origin": "null"})
    assert night.call.is_open

    phone.opens("/call")
    form = phone.screen.form_with("Stand down: I need nobody now")
    phone.sends(form.action, {**form.fields, "sure": "yes"}, headers={"Origin": "null"})
    assert not night.call.is_open


def test_every_private_screen_is_never_stored_and_leaving_says_that_the_call_stays_open(night: Night) -> None:
    phone = night.rosa_waits()
    for address in ("/call", "/call/who", "/call/work", "/call/matters", "/call/limits", "/call/number", "/call/where"):
        answer = phone._client.get(address)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "Your call stays open." in answer.content.decode(), address


def test_the_title_of_every_screen_tells_nothing(night: Night) -> None:
    phone = night.rosa_presses()
    for address in ("/", "/first", "/family", "/back", "/call", "/call/limits", "/call/number", "/danger", "/nowhere"):
        assert "<title>Today</title>" in phone.opens(address).raw, address


def test_a_phone_without_a_call_is_shown_the_button_and_the_way_back(night: Night) -> None:
    screen = night.phone().opens("/call")

    assert screen.status == 404
    assert screen.main_action == "Call for backup"
    assert screen.links["I have eight words"] == "/back"


def test_a_search_for_a_clinician_says_so(night: Night) -> None:
    phone = night.phone()
    phone.opens("/first")
    phone.presses("Call for backup", wants=Kind.CLINICIAN.value)

    assert "being paged now" in phone.screen.words
    assert "clinician" in phone.screen.words


def _receipt(raw: str) -> str:
    return raw.partition('class="receipt" translate="no">')[2].partition("<")[0]
