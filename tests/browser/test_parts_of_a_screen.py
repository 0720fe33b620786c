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
    page = _a_screen(phones)
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


# What a screen reader reads out of a live part: the words that were put there, not those that stood there already.
LISTENS = """() => {
  window.heard = [];
  new MutationObserver(seen => {
    for (const one of seen) {
      const put = one.type === "characterData" ? [one.target] : [...one.addedNodes];
      window.heard.push(...put.map(node => node.textContent.trim()).filter(words => words !== ""));
    }
  }).observe(document.querySelector("main"), {childList: true, characterData: true, subtree: true});
}"""
WAITING = """<main><div data-part="status"><h1>We look for somebody</h1>
<dl><div><dt>So far</dt> <dd>3 peers were paged.</dd></div><div><dt>Next</dt> <dd>in 2 minutes</dd></div></dl>
<section role="alert"><p>Call now.</p></section> <a href="tel:988">Call 988</a>
<form action="/a"><button class="main-action">Step it up</button></form></div></main>"""
CHANGES = {
    "nothing": ([], []),
    "a minute": ([("in 2 minutes", "in 1 minute")], ["in 1 minute"]),
    "a step": ([("3 peers were paged.", "8 peers were paged.")], ["8 peers were paged."]),
    "words before others": ([("<dl>", "<p>Whoever answered cannot come.</p><dl>")], ["Whoever answered cannot come."]),
    "words that went": ([('<section role="alert"><p>Call now.</p></section>', "")], []),
    "how it looks": ([('"main-action"', '"action"')], []),
    "another line": ([("tel:988", "tel:911"), ("Call 988", "Call 911")], ["Call 911"]),
}


def test_only_words_that_changed_are_read_out(phones: Phones) -> None:
    page = _a_screen(phones)
    for what, (changes, heard) in CHANGES.items():
        newer = WAITING
        for before, after in changes:
            assert before in newer
            newer = newer.replace(before, after)
        page.evaluate("open => { document.body.innerHTML = open; }", WAITING)
        page.evaluate(LISTENS)
        assert page.evaluate(RENEWS, newer)
        assert page.evaluate("window.heard") == heard, what
        assert (
            page.locator("main").inner_html().split() == newer.partition("<main>")[2].partition("</main>")[0].split()
        ), what


def test_under_another_heading_all_of_it_is_news(phones: Phones) -> None:
    page = _a_screen(phones)
    page.evaluate("open => { document.body.innerHTML = open; }", WAITING)
    page.evaluate(LISTENS)
    assert page.evaluate(RENEWS, WAITING.replace("We look for somebody", "Somebody has answered"))
    heard = page.evaluate("window.heard")
    assert heard[0] == "Somebody has answered"
    assert heard[-1] == "Step it up"


def test_a_form_on_its_way_stays_as_it_was_pressed(phones: Phones) -> None:
    page = _a_screen(phones)
    page.evaluate("open => { document.body.innerHTML = open; }", WAITING)
    page.evaluate("document.querySelector('form').setAttribute('data-pressed', '')")
    assert page.evaluate(RENEWS, WAITING.replace("3 peers were paged.", "8 peers were paged."))
    expect(page.locator("dd").first).to_have_text("8 peers were paged.")
    expect(page.locator("form[data-pressed]")).to_have_count(1)


def _a_screen(phones: Phones) -> Page:
    phone = phones.one()
    phone.opens("/danger")
    return phone.page


def _opens(page: Page) -> None:
    page.evaluate("open => { document.body.innerHTML = open; }", OPEN)
