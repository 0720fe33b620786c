"""However Rosa presses, and whatever the line does to it, there is one call: never none in silence, never two."""

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.line import Line
from tests.browser.phones import WITH_AND_WITHOUT_SCRIPT, Held, Phone, Phones, exactly_one_more_call, open_calls, until
from tests.rooms.site_process import Running

with_and_without_script = pytest.mark.parametrize("held", WITH_AND_WITHOUT_SCRIPT, ids=str)
NOT_SENT = "What you pressed may not have arrived."


@with_and_without_script
def test_a_shaking_hand_presses_twice_goes_back_and_looks_again(phones: Phones, program: Running, held: Held) -> None:
    rosa = phones.one(held)
    rosa.opens()
    with exactly_one_more_call(program):
        rosa.button("Call for backup").dblclick()
        rosa.sees("Eight words that bring you back")
        words = rosa.receipt
        rosa.page.reload()
        assert rosa.receipt == words, "the very same press brings the very same receipt"
        rosa.page.go_back()
        rosa.presses_whatever_opens_the_call()
        rosa.sees("3 peers were paged.")
    assert rosa.holds_a_call()


def test_a_press_without_signal_says_so_and_pressing_again_makes_one_call(
    phones: Phones, program: Running, line: Line
) -> None:
    rosa = phones.one(address=line.address)
    rosa.opens()
    before = open_calls(program)
    line.cut()
    rosa.presses("Call for backup")
    rosa.sees(NOT_SENT)
    expect(rosa.page.locator("[data-shown=not-sent]").get_by_role("link", name="Call 988")).to_be_visible()
    assert open_calls(program) == before, "it never pretends to be sent"

    line.mend()
    with exactly_one_more_call(program):
        rosa.presses("Call for backup")
        rosa.sees("Eight words that bring you back")
    rosa.sees_nothing_of(NOT_SENT)


@with_and_without_script
def test_a_press_that_arrived_and_whose_answer_was_lost_is_one_call(
    phones: Phones, program: Running, line: Line, held: Held
) -> None:
    rosa = phones.one(held, address=line.address)
    rosa.opens()
    with exactly_one_more_call(program):
        line.loses_answers = True
        before = open_calls(program)
        _presses_and_hears_nothing(rosa)
        assert open_calls(program) == before + 1, "the press arrived"
        line.mend()
        _presses_again(rosa)
        rosa.sees("Eight words that bring you back")


def test_whoever_hears_nothing_and_goes_back_to_press_anew_makes_one_call(
    phones: Phones, program: Running, line: Line
) -> None:
    rosa = phones.one(Held(script=False, light="day"), address=line.address)
    rosa.opens()
    with exactly_one_more_call(program):
        line.loses_answers = True
        before = open_calls(program)
        _presses_and_hears_nothing(rosa)
        assert open_calls(program) == before + 1, "the press arrived"
        line.mend()
        rosa.page.go_back()
        rosa.presses("Call for backup")
        rosa.sees("Eight words that bring you back")


def _presses_and_hears_nothing(rosa: Phone) -> None:
    """With script we say that it may not have arrived; without, the browser does, in its own words."""
    with rosa.page.expect_event("requestfailed"):
        rosa.button("Call for backup").click(no_wait_after=True)
    if rosa.held.script:
        rosa.sees(NOT_SENT)
    else:
        until(lambda: _is_the_browsers_own_screen(rosa.page), "the browser said nothing")


def _is_the_browsers_own_screen(page: Page) -> bool:
    try:
        return "chrome-error:" in page.evaluate("location.href")
    except Error:  # asked in the very moment in which it turned
        return False


def _presses_again(rosa: Phone) -> None:
    """With script on our own screen; without, by the button of the browser's, which sends the very same press."""
    if rosa.held.script:
        rosa.presses("Call for backup")
    else:
        rosa.page.reload()
