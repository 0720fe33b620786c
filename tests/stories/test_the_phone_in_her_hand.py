"""The phone in her hand: double presses, old forms, no cookies, another phone, leaving quickly."""

from stepitup.calls.models import Call
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa


def test_a_double_press_in_a_tunnel_is_one_call(rosa: Rosa, sam: Helper) -> None:
    rosa.phone.opens("/")
    form = rosa.phone.screen.form_with("Call for backup")
    for _ in range(3):
        rosa.phone.sends(form.action, {**form.fields})
    sam.gets_a_page()
    assert Call.objects.count() == 1


def test_the_same_press_from_a_phone_without_cookies_is_one_call_too(night: Night, sam: Helper) -> None:
    phone = night.browser(keeps_cookies=False)
    phone.opens("/")
    form = phone.screen.form_with("Call for backup")
    for _ in range(3):
        assert "Your call is open" in phone.sends(form.action, {**form.fields}).words
    sam.gets_a_page()
    assert Call.objects.count() == 1


def test_a_form_from_yesterday_still_calls(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.phone.opens("/")
    night.passes(hours=24)
    rosa.phone.presses("Call for backup")
    rosa.reads("Your call is open")
    sam.gets_a_page()


def test_yesterdays_form_after_yesterdays_call_was_closed_opens_a_new_one(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    rosa.phone.opens("/")
    form = rosa.phone.screen.form_with("Call for backup")
    rosa.phone.sends(form.action, {**form.fields})
    sam.gets_a_page()
    rosa.stands_down()
    night.passes(hours=24)
    rosa.phone.sends(form.action, {**form.fields})
    rosa.reads("Your call is open")
    sam.gets_a_page()


def test_with_cookies_off_the_whole_walk_works(night: Night, sam: Helper) -> None:
    rosa = night.rosa(keeps_cookies=False)
    rosa.phone.opens("/")
    rosa.phone.presses("Call for backup")
    rosa.phone.presses("Go on")
    for _ in range(3):
        rosa.phone.presses("Skip this")
    rosa.phone.presses("I’ve read this")
    rosa.reads("We are looking for somebody", "1 peer was paged.")
    sam.gets_a_page().answers()
    rosa.phone.presses("Look again")
    rosa.reads("Sam K. has answered", "0161")
    rosa.phone.presses("Stand down: I need nobody now")
    rosa.phone.presses("Stand down")
    rosa.reads("You stood down. That is fine")


def test_the_eight_words_bring_her_back_from_another_phone(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    other = night.browser()
    other.opens("/back")
    other.presses("Back to your call", words=rosa.eight_words.upper().replace(" ", "  -  "))
    assert "Sam K. has answered" in other.screen.words


def test_a_slip_in_the_eight_words_is_named_and_nothing_typed_is_lost(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    slipped = rosa.eight_words.split()
    slipped[2] += "zz"
    other = night.browser()
    other.opens("/back")
    other.presses("Back to your call", words=" ".join(slipped))
    assert slipped[2] in other.screen.words
    assert " ".join(slipped) in other.screen.raw
    assert "Error" in other.screen.raw.partition("</title>")[0]


def test_leaving_quickly_keeps_the_call_open(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    rosa.reads("Your call stays open.")
    rosa.phone.taps("Leave quickly")
    assert "backup" not in rosa.phone.screen.words.lower()
    night.passes(minutes=1)
    sam.gets_a_page().answers()
    rosa.sees("Sam K. has answered")


def test_the_first_screen_leads_back_to_an_open_call(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    rosa.phone.opens("/")
    rosa.phone.taps("Go to your call")
    rosa.reads("1 peer was paged.")


def test_a_shared_phone_can_open_a_call_of_its_own(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    ines.gets_a_page()
    rosa.phone.opens("/")
    rosa.phone.presses("That call is not mine: open another")
    rosa.reads("Your call is open")
    assert Call.objects.count() == 2


def test_a_form_on_somebody_elses_site_calls_nobody(rosa: Rosa, sam: Helper) -> None:
    rosa.phone.sends("/call", {}, headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})
    rosa.reads("Please press it here")
    sam.gets_nothing()
    assert not Call.objects.exists()


def test_her_number_is_seen_by_her_helper_alone_and_gone_at_close(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.leaves_a_number("(303) 555-0199", if_lost="text")
    rosa.reads_the_limits()
    sam.sees("0199", "they want a text from you, not a ring", "Never leave a voicemail.")
    rosa.stands_down()
    sam.does_not_see("0199")
    assert Call.objects.get().sealed_reach is None


def test_she_takes_her_number_back_and_the_seat_no_longer_shows_it(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    rosa.leaves_a_number("303 555 0199")
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.sees("0199")
    rosa.phone.opens("/call/number")
    rosa.phone.presses("Delete my number now")
    sam.does_not_see("0199")


def test_she_tells_where_she_is_and_only_sam_reads_it_after_the_limits(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.presses("Tell my helper where I am")
    rosa.phone.presses("Tell my helper", place="Mile marker 41, north side")
    sam.does_not_see("Mile marker")
    rosa.reads_the_limits()
    sam.sees("They say they are here: Mile marker 41, north side")


def test_what_she_ticks_is_all_that_sam_sees_of_her(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    rosa.works(state="US-CO", service="law_enforcement")
    rosa.says(agency="Cedar Mesa PD", unit="Patrol North", show=["service"])
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.sees("Work: Law enforcement")
    sam.does_not_see("Patrol North", "Agency:")


def test_the_limits_of_her_state_are_the_ones_she_reads(rosa: Rosa, sam: Helper) -> None:
    sam.may_be_paged()
    rosa.presses()
    rosa.works(state="US-TX", service="fire")
    rosa.phone.opens("/call/limits")
    rosa.reads("Texas", "You can say you want to die. We want to hear it.")


def test_limits_read_for_another_state_do_not_count_after_she_said_which(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    rosa.leaves_a_number("303 555 0199")
    rosa.reads_the_limits()
    sam.gets_a_page().answers()
    sam.sees("0199")
    rosa.works(state="US-TX", service="fire")
    sam.does_not_see("0199")
    rosa.reads_the_limits()
    sam.sees("0199")
