"""A newer reading of a screen takes nothing from whoever is typing, choosing, reading or standing in it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.phones import Phones

# Two parts of an open screen, and what the server says of them now.
OPEN = """<main><div data-part="ask"><p>Before</p><input id="typed" value=""><input type="radio" name="who" id="chosen">
<select id="picked"><option>Choose</option><option>Peer</option></select></div>
<div data-part="told"><p>Nobody yet</p><details><summary>More</summary><span>All of it</span></details>
<button>Step it up</button>
<input id="mark" type="hidden" value="old"></div></main>"""
NEWER = OPEN.replace("Before", "After").replace("Nobody yet", "Sam has answered").replace('"old"', '"new"')
ONLY_THE_MARK = OPEN.replace('"old"', '"new"')
RENEWS = """async newer => {
  const parts = await import("/static/parts.js");
  const theirs = new DOMParser().parseFromString(newer, "text/html").querySelector("main");
  return parts.renew(document.querySelector("main"), theirs);
}"""


def test_a_part_is_renewed_unless_somebody_fills_it_in_and_keeps_its_folds_and_where_one_stands(phones: Phones) -> None:
    page = phones.one().page
    page.goto(phones.one().address + "/danger")
    fills: list[Callable[[], object]] = [
        lambda: page.locator("#typed").focus(),
        lambda: page.locator("#typed").fill("303"),
        lambda: page.locator("#chosen").check(),
        lambda: page.locator("#picked").select_option("Peer"),
    ]
    for fill in fills:
        _opens(page)
        fill()
        assert page.evaluate(RENEWS, NEWER)
        assert page.locator("main p").all_inner_texts() == ["Before", "Sam has answered"]
    _opens(page)
    page.locator("summary").click()
    page.locator("button").focus()
    assert page.evaluate(RENEWS, NEWER)
    assert page.locator("main p").all_inner_texts() == ["After", "Sam has answered"], "nobody was filling it in"
    expect(page.get_by_text("All of it")).to_be_visible()
    expect(page.locator("button")).to_be_focused()
    expect(page.locator("#mark")).to_have_value("new")
    _opens(page)
    page.evaluate("document.querySelector('button').isTheSame = true")
    assert page.evaluate(RENEWS, ONLY_THE_MARK)
    assert page.evaluate("document.querySelector('button').isTheSame"), "what nobody can see changes nothing"
    expect(page.locator("#mark")).to_have_value("new")
    assert not page.evaluate(RENEWS, "<main><div data-part='other'></div></main>"), "another screen is not this one"


def _opens(page: Page) -> None:
    page.evaluate("open => { document.body.innerHTML = open; }", OPEN)
