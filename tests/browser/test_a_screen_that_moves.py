"""A live screen tells within two seconds, and takes nothing from whoever is writing or stands on a button."""

from playwright.sync_api import Route, expect

from tests.browser.line import Line
from tests.browser.phones import Phones

LOST = "No connection. Your call is still open."


def test_what_rosa_types_is_not_lost_when_somebody_answers(phones: Phones) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    rosa.presses("Leave a number, if we lose you")
    number = rosa.page.get_by_label("Your number")
    number.press_sequentially("303 55")
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.learns("has answered")
    expect(number).to_be_focused()
    number.press_sequentially("5 0147")
    expect(number).to_have_value("303 555 0147")
    rosa.presses("Keep this number")
    rosa.sees("Change or take back your number")


def test_what_rosa_types_is_not_lost_even_when_the_call_ends_meanwhile(phones: Phones) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    rosa.presses("Tell my helper where I am")
    where = rosa.page.get_by_label("Where you are")
    where.fill("Behind the old mill")
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.learns("has answered")
    sam.opens_the_fold("Not a call for backup")
    with rosa.page.expect_response("**/call/where"):
        sam.presses("Yes, end it")
    sam.sees_heading("How are you?")
    expect(where).to_have_value("Behind the old mill")
    rosa.presses("Tell my helper")
    rosa.sees_heading("This call was closed")


def test_a_chosen_answer_is_not_lost_when_somebody_answers(phones: Phones) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.calls(waits=False)
    rosa.presses("Go on")
    rosa.page.get_by_label("A chaplain").check()
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.learns("has answered")
    rosa.sees_heading("Who should come first?")
    expect(rosa.page.get_by_label("A chaplain")).to_be_checked()


def test_only_what_changed_is_changed_and_whoever_stands_on_a_button_stays_there(phones: Phones) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    rosa.button("Step it up").focus()
    rosa.page.evaluate("window.isTheSameScreen = true")
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.learns("has answered")
    expect(rosa.button("Step it up")).to_be_focused()
    assert rosa.page.evaluate("window.isTheSameScreen"), "it was not loaded anew"


def test_whoever_is_refused_before_the_stream_is_open_learns_it_all_the_same(phones: Phones) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    sam = helpers.one_gets_a_page()
    held_back: list[Route] = []

    def hold_back(route: Route) -> None:
        held_back.append(route)

    sam.page.route("**/seat/events", hold_back)
    with sam.page.expect_request("**/seat/events"):
        sam.presses("I can take it")
    rosa.learns("has answered")
    rosa.presses("Not this person: page somebody else. No reason needed.")
    rosa.sees_heading("We are looking for somebody")
    held_back[0].continue_()
    sam.learns("They go on with somebody else")


def test_before_what_it_says_of_the_time_is_untrue_the_screen_reads_itself_anew(phones: Phones) -> None:
    rosa = phones.one()
    rosa.page.clock.install()
    rosa.calls(waits=False)
    rosa.presses("Go on")
    rosa.presses("See your call")
    rosa.sees("Step it up")
    with rosa.page.expect_request(lambda request: request.url.endswith("/call")):
        rosa.page.clock.fast_forward("01:05")


def test_a_lost_connection_is_said_with_the_numbers_and_taken_back(phones: Phones, line: Line) -> None:
    rosa, helpers = phones.one(address=line.address), phones.helpers()
    rosa.has_called()
    line.cut()
    rosa.sees(LOST)
    expect(rosa.page.locator("[data-shown=lost]").get_by_role("link", name="Call 988")).to_be_visible()
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    line.mend()
    rosa.sees("has answered")
    rosa.sees_nothing_of(LOST)
