"""One bar of signal: what a first visit weighs, counted on the line itself, headers and all."""

from playwright.sync_api import CDPSession

from tests.browser.line import Line
from tests.browser.phones import Held, Phone, Phones, until
from tests.browser.test_without_signal import KEPT, WHAT_IS_KEPT

KB = 1024
# What Chromium's own tools call slow 3G: 400 kbit/s, and 400 ms until a first byte.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def test_the_first_screen_with_its_style_weighs_at_most_14_kb(phones: Phones, line: Line) -> None:
    rosa = phones.one(Held(script=False), address=line.address)
    rosa.opens()
    rosa.sees("Call for backup")
    assert line.bytes_received <= 14 * KB, f"{line.bytes_received} bytes"


def test_the_first_visit_weighs_at_most_60_kb(phones: Phones, line: Line) -> None:
    rosa = phones.one(address=line.address)
    rosa.opens()
    _everything_has_come(rosa)
    assert line.bytes_received <= 60 * KB, f"{line.bytes_received} bytes"


def test_all_scripts_of_all_screens_together_weigh_at_most_20_kb(phones: Phones) -> None:
    rosa = phones.one()
    weights: dict[str, int] = {}
    asked: list[str] = []
    rosa.context.on("request", lambda request: asked.append(request.url) if request.url.endswith(".js") else None)
    rosa.calls()
    rosa.opens("/demo/pager")
    _everything_has_come(rosa)
    for url in {*asked, f"{rosa.address}/sw.js"}:
        weights[url] = len(rosa.context.request.get(url).body())
    assert len(weights) >= 8, "leaving, pressing, live screens, offline numbers, the pager, and what they share"
    assert sum(weights.values()) <= 20 * KB, weights


def test_on_slow_3g_the_press_is_there_within_two_and_a_half_seconds(phones: Phones) -> None:
    rosa = phones.one()
    line: CDPSession = rosa.context.new_cdp_session(rosa.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    rosa.opens()
    drawn = rosa.page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntriesByName('first-contentful-paint')[0]"
        ".startTime)).observe({type: 'paint', buffered: true}))"
    )
    assert drawn <= 2500, f"drawn after {drawn:.0f} ms"


def _everything_has_come(phone: Phone) -> None:
    """The screen, its parts, the offline script and what it keeps."""
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(lambda: set(phone.page.evaluate(WHAT_IS_KEPT)) >= KEPT, "the numbers were not kept")
    phone.page.wait_for_load_state("networkidle")
