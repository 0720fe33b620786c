"""The press: one call, whatever a tired hand, an old form or a phone without cookies does."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stepitup.door
from stepitup.calls import actions
from stepitup.ground.deeds import deed
from stepitup.roster import questions as roster
from tests.rooms.callers_night import FROM_ELSEWHERE, Night, callers_night
from tests.stories.browser import Browser

pytestmark = pytest.mark.django_db

_STYLE = Path(stepitup.door.__path__[0]) / "static" / "style.css"
_FOURTEEN_KB = 14 * 1024


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def test_one_press_opens_the_call_and_says_who_is_being_paged(night: Night) -> None:
    phone = night.rosa_presses()

    assert phone.screen.status == 200
    assert "3 peers are being paged now." in phone.screen.words
    assert "in 2 minutes (03:06 MST)" in phone.screen.words
    assert night.call.pages_out == 3
    assert phone.screen.main_action == "Go on"
    assert "Call 988" in phone.screen.links


def test_the_first_screen_has_one_large_button_numbers_and_one_true_sentence(night: Night) -> None:
    screen = night.phone().opens("/")

    assert screen.main_action == "Call for backup"
    assert screen.links["Call 988"] == "tel:988"
    assert screen.links["Text 988"] == "sms:988"
    assert any(link.startswith("Call 1-800-COPLINE") for link in screen.links)
    assert screen.links["My life is in danger now"] == "/danger"
    assert screen.links["Leave quickly"] == "/away"
    for words in (
        "I’m worried about someone",
        "I’m family",
        "I have eight words",
        "Choose who comes first",
        "All lines",
        "What stays private, and where that ends",
        "My job? My gun? My certificate?",
    ):
        assert words in screen.links
    assert "A work phone or work Wi-Fi can show that you opened this site." in screen.words
    assert "988 Suicide & Crisis Lifeline" in screen.headings


def test_the_first_screen_and_its_style_are_light_enough_for_one_bar_of_signal(night: Night) -> None:
    raw = night.phone().opens("/").raw.encode()

    assert len(gzip.compress(raw)) + len(gzip.compress(_STYLE.read_bytes())) <= _FOURTEEN_KB


def test_the_eight_words_are_shown_with_the_press_and_nowhere_after(night: Night) -> None:
    phone = night.rosa_presses()
    (words,) = re.findall(r'class="receipt"[^>]*>([a-z -]+)<', phone.screen.raw)
    assert len(words.split()) == 8

    assert words not in phone.presses("Go on").raw
    assert words not in phone.presses("See your call").raw


def test_pressing_the_same_form_again_leads_to_the_same_call_and_the_same_words(night: Night) -> None:
    phone = night.phone(keeps_cookies=False)
    form = phone.opens("/").form_with("Call for backup")
    first = phone.sends(form.action, dict(form.fields))

    second = phone.sends(form.action, dict(form.fields))

    assert len(night.calls) == 1
    assert _words(first.raw) == _words(second.raw)


def test_the_same_press_sent_twice_by_a_phone_that_keeps_cookies_shows_its_words_again(night: Night) -> None:
    phone = night.phone()
    form = phone.opens("/").form_with("Call for backup")
    first = phone.sends(form.action, dict(form.fields))

    assert _words(phone.sends(form.action, dict(form.fields)).raw) == _words(first.raw)


def test_an_answer_lost_in_a_tunnel_and_then_back_and_a_press_make_one_call(night: Night) -> None:
    phone = night.phone()
    form = phone.opens("/").form_with("Call for backup")
    _the_answer_is_lost(phone, form.fields)

    phone.opens("/")
    phone.presses("Call for backup")

    assert len(night.calls) == 1
    assert phone.screen.headings[0] == "Your call is open"


def test_after_that_call_is_over_the_button_opens_another(night: Night) -> None:
    phone = night.phone()
    form = phone.opens("/").form_with("Call for backup")
    _the_answer_is_lost(phone, form.fields)
    deed(actions.stand_down, night.calls[0].id)

    phone.opens("/")
    phone.presses("Call for backup")

    assert len(night.calls) == 2


def test_an_old_browser_presses_once_and_goes_on_as_any_other(night: Night) -> None:
    phone = Browser(then=lambda: None, HTTP_ORIGIN="null")
    form = phone.opens("/").form_with("Call for backup")
    phone.sends(form.action, dict(form.fields))
    phone.sends(form.action, dict(form.fields))

    assert len(night.calls) == 1
    assert phone.presses("Go on").headings[0] == "Who should come first?"
    assert phone.address == "/call"


def test_another_site_never_knows_the_call_that_it_makes_an_old_browser_open(night: Night) -> None:
    planted = {"opening_key": "a-key-that-another-site-has-chosen"}
    phone = Browser(then=lambda: None, HTTP_ORIGIN="null")
    phone.opens("/")
    seen = phone.sends("/call", dict(planted))

    theirs = night.phone().sends("/call", dict(planted))

    assert _words(seen.raw) != _words(theirs.raw)


def test_an_old_browser_keeps_no_call_that_another_site_brings(night: Night) -> None:
    their_token = night.rosa_presses().cookies["__Host-call"].value
    phone = Browser(then=lambda: None, HTTP_ORIGIN="null")

    phone.sends("/call", {"call": their_token, "walked": "4"})

    assert "__Host-call" not in phone.cookies


def test_pressing_on_a_fresh_first_screen_leads_to_the_call_that_is_open(night: Night) -> None:
    phone = night.rosa_presses()
    form = night.phone().opens("/").form_with("Call for backup")

    phone.sends(form.action, dict(form.fields))

    assert len(night.calls) == 1
    assert phone.address == "/call"


def test_whoever_has_an_open_call_is_led_back_to_it_from_the_first_screen(night: Night) -> None:
    phone = night.rosa_presses()

    screen = phone.opens("/")

    assert screen.headings[0] == "Your call is open"
    assert screen.main_action == "Go to your call"
    assert screen.links["Go to your call"] == "/call"
    assert screen.links["My life is in danger now"] == "/danger"


def test_on_a_shared_phone_somebody_else_may_open_a_call_of_their_own(night: Night) -> None:
    phone = night.rosa_presses()
    phone.opens("/")

    phone.presses("That call is not mine: open another")

    assert len(night.calls) == 2


@pytest.mark.parametrize(
    "body", [{}, {"opening_key": ""}, {"opening_key": "garbage \x00 key"}, {"opening_key": "a" * 900}]
)
def test_a_press_without_a_whole_key_still_opens_a_call(night: Night, body: dict[str, str | list[str]]) -> None:
    screen = night.phone().sends("/call", body)

    assert screen.headings[0] == "Your call is open"
    assert night.call.pages_out == 3


def test_two_whose_forms_came_with_the_same_broken_key_have_a_call_each(night: Night) -> None:
    for _caller in range(2):
        night.phone().sends("/call", {"opening_key": "too-short-to-be-fresh"})

    assert len(night.calls) == 2


def test_a_form_of_yesterday_whose_call_is_over_opens_a_new_one(night: Night) -> None:
    phone = night.phone()
    form = phone.opens("/").form_with("Call for backup")
    phone.sends(form.action, dict(form.fields))
    phone.presses("Go on")
    phone.presses("See your call")
    phone.presses("Stand down: I need nobody now")
    phone.presses("Stand down")

    screen = phone.sends(form.action, dict(form.fields))

    assert screen.headings[0] == "Your call is open"
    assert len(night.calls) == 2


def test_a_press_on_somebody_elses_site_pages_nobody_and_gets_our_own_button(night: Night) -> None:
    screen = night.phone().sends("/call", {}, headers=FROM_ELSEWHERE)

    assert night.calls == []
    assert screen.status == 409
    assert screen.main_action == "Call for backup"


def test_our_own_screens_send_no_referrer_and_so_an_origin_of_null_and_still_call(night: Night) -> None:
    screen = night.phone().sends("/call", {}, headers={"Origin": "null"})

    assert screen.headings[0] == "Your call is open"


def test_who_comes_first_may_be_chosen_before_the_press(night: Night) -> None:
    phone = night.phone()
    phone.opens("/first")

    screen = phone.presses("Call for backup", wants="chaplain")

    assert "being paged now" in screen.words
    assert "chaplain" in screen.words
    assert night.call.wants == "chaplain"


def test_after_choosing_before_the_press_it_is_not_asked_again(night: Night) -> None:
    phone = night.phone()
    phone.opens("/first")
    phone.presses("Call for backup", wants="peer")

    assert phone.presses("Go on").headings[0] == "Where do you work?"


def test_back_and_another_choice_change_the_call_rather_than_make_a_second(night: Night) -> None:
    phone = night.phone(keeps_cookies=False)
    form = phone.opens("/first").form_with("Call for backup")
    phone.sends("/call", {**form.fields, "wants": "peer"})

    phone.sends("/call", {**form.fields, "wants": "clinician"})

    assert night.call.wants == "clinician"


def test_family_said_on_its_own_screen_while_a_call_is_open_holds_for_that_call(night: Night) -> None:
    phone = night.rosa_waits()
    colleagues = _of_agency("Cedar Mesa Police Department")
    phone.opens("/family")

    phone.presses("Call for backup", agency="Cedar Mesa PD", state="US-CO")

    assert len(night.calls) == 1
    assert not night.paged() & colleagues
    assert night.call.situation.service == "families"


def test_family_who_names_no_agency_reads_at_once_who_is_left_out(night: Night) -> None:
    phone = night.rosa_waits()
    phone.opens("/family")

    screen = phone.presses("Call for backup", state="US-CO")

    assert "We are not sure where your responder works" in screen.words
    assert not night.paged() & _of_agency("Cedar Mesa Police Department")


def test_a_word_we_do_not_know_gets_the_choices_again_and_opens_nothing(night: Night) -> None:
    phone = night.phone()
    phone.opens("/first")

    screen = phone.presses("Call for backup", wants="wizard")

    assert screen.status == 422
    assert night.calls == []
    assert "“wizard” is not one of these" in screen.words
    assert "<title>Error: Today</title>" in screen.raw
    assert screen.has_button("Call for backup")


def test_the_cookie_of_a_call_is_for_this_host_alone_and_no_script_reads_it(night: Night) -> None:
    phone = night.rosa_presses()

    cookie = phone._client.cookies["__Host-call"]

    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_with_an_empty_roster_the_call_opens_tells_the_truth_and_shows_the_numbers(night: Night) -> None:
    night.everybody_is_off()

    phone = night.rosa_presses()

    assert phone.screen.headings[0] == "Your call is open"
    assert "Nobody can be paged at this moment" in phone.screen.words
    assert "Call 988" in phone.screen.links


def _the_answer_is_lost(phone: Browser, fields: dict[str, list[str]]) -> None:
    """The press arrives; its answer, with the cookie and the words, does not."""
    night_train = Browser(then=lambda: None)
    night_train.cookies.load(phone.cookies.output(header="", sep=";"))
    night_train.sends("/call", {**fields})


def _words(raw: str) -> str:
    (found,) = re.findall(r'class="receipt"[^>]*>([a-z -]+)<', raw)
    return str(found)


def _of_agency(name: str) -> set[str]:
    """Everybody on the roster who works there, by display name."""
    return {helper.display_name for helper in roster.all_helpers() if helper.agency_name == name}
