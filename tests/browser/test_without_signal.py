"""With the network gone: the numbers open, private screens were never kept, and nothing pretends."""

from playwright.sync_api import Page

from tests.browser.line import Line
from tests.browser.phones import Phone, Phones, until

KEPT = {"/hotlines", "/no-signal", "/static/style.css"}
WHAT_IS_KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    found.push(...(await kept.keys()).map((one) => new URL(one.url).pathname));
  }
  return found;
}"""


def test_after_a_first_visit_the_numbers_open_and_no_private_screen_was_kept(phones: Phones, line: Line) -> None:
    rosa = phones.one(address=line.address)
    rosa.calls()
    _has_kept_what_it_keeps(rosa)
    line.cut()
    rosa.context.set_offline(True)
    rosa.opens("/hotlines")
    rosa.sees_heading("Talk to someone now")
    for private in ("/call", "/", "/call/where"):
        rosa.opens(private)
        rosa.sees_heading("We cannot be reached from here")
        assert rosa.page.get_by_role("link", name="Call 988", exact=True).first.is_visible()
        assert _is_styled(rosa.page)
    rosa.opens("/away")
    assert rosa.page.locator("body").inner_text() == "", "leaving shows nothing, also without a network"

    line.mend()
    rosa.context.set_offline(False)
    rosa.opens("/call")
    rosa.sees("Step it up")
    assert set(rosa.page.evaluate(WHAT_IS_KEPT)) == KEPT


def test_a_helper_keeps_the_card_and_nothing_of_anybody(phones: Phones, line: Line) -> None:
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    sam = helpers.one_gets_a_page(address=line.address)
    sam.presses("I can take it")
    sam.sees_heading("Someone is waiting. They are reading the limits.")
    _has_kept_what_it_keeps(sam)
    sam.opens("/seat/at-hand")
    sam.opens("/seat")
    line.cut()
    sam.context.set_offline(True)
    sam.opens("/seat/at-hand")
    sam.sees_heading("What to have at hand")
    sam.opens("/seat")
    sam.sees_heading("We cannot be reached from here")
    assert set(sam.page.evaluate(WHAT_IS_KEPT)) == KEPT | {"/seat/at-hand"}


def _has_kept_what_it_keeps(phone: Phone) -> None:
    """The offline script begins once the first screen has been drawn, so as not to be in its way."""
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_function("navigator.serviceWorker.controller !== null")
    until(lambda: set(phone.page.evaluate(WHAT_IS_KEPT)) >= KEPT, "the numbers were not kept")


def _is_styled(page: Page) -> bool:
    shown: bool = page.evaluate("getComputedStyle(document.querySelector('.main-action')).minHeight === '64px'")
    return shown
