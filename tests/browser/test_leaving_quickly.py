"""Leaving hides the screen at once, Back shows nothing, and the call stays open."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phones import Held, Phone, Phones, open_calls
from tests.rooms.site_process import Running

# Notes the screen that was really painted: not one that was fetched and hidden before anybody could see it.
NOTE_WHAT_IS_PAINTED = """
const note = () => {
  const shows = document.body && !document.documentElement.hasAttribute("data-gone") && location.pathname !== "/away";
  if (shows && document.body.innerText.trim() !== "") sessionStorage.setItem("painted", location.pathname);
  requestAnimationFrame(note);
};
requestAnimationFrame(note);
"""


@pytest.mark.parametrize("how", ["by the link", "by Shift three times"])
def test_leaving_shows_nothing_not_even_on_the_way_back(phones: Phones, program: Running, how: str) -> None:
    rosa = phones.one()
    rosa.context.add_init_script(NOTE_WHAT_IS_PAINTED)
    rosa.calls()
    before = open_calls(program)
    _leaves(rosa, how)
    expect(rosa.page).to_have_url(re.compile("/away$"))
    rosa.page.evaluate("sessionStorage.removeItem('painted')")
    _line_gets_slow(rosa)
    rosa.page.go_back(wait_until="commit")
    expect(rosa.page).to_have_url(re.compile("/away$"))
    rosa.sees_nothing_of("Step it up", "peers", "backup")
    assert rosa.page.evaluate("sessionStorage.getItem('painted')") is None, "nothing was to be seen, not for a moment"

    assert open_calls(program) == before, "leaving never ends a call"
    rosa.opens("/call")
    rosa.sees("Step it up")


def test_a_capital_letter_does_not_leave(phones: Phones) -> None:
    rosa = phones.one()
    rosa.opens("/back")
    typed = rosa.page.get_by_label("Your eight words")
    typed.press_sequentially("Able ACID Army")
    for letter in "RSD":
        rosa.page.keyboard.press(f"Shift+{letter}")
    expect(typed).to_have_value("Able ACID ArmyRSD")


def test_without_script_the_link_hides_the_screen(phones: Phones, program: Running) -> None:
    rosa = phones.one(Held(script=False, light="day"))
    rosa.has_called()
    before = open_calls(program)
    rosa.presses("Leave quickly")
    rosa.page.wait_for_url("**/away")
    assert rosa.page.title() == "Today"
    rosa.sees_nothing_of("Step it up", "peers", "backup")
    assert open_calls(program) == before


def _line_gets_slow(rosa: Phone) -> None:
    """So that a screen which does not wait for its script would be seen before it."""
    line = rosa.context.new_cdp_session(rosa.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)


def _leaves(rosa: Phone, how: str) -> None:
    if how == "by the link":
        rosa.presses("Leave quickly")
    else:
        for _ in range(3):
            rosa.page.keyboard.press("Shift")
