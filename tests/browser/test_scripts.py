"""The few scripts in a real browser: leaving, a screen that moves, a press without signal, numbers offline."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from tests.provision import databases
from tests.rooms.site_process import Running, running


@pytest.fixture(scope="module")
def open_house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    name = f"{databases.worker()}_scripts"
    with django_db_blocker.unblock(), databases.new_house(name, data=tmp_path_factory.mktemp("scripts")) as house:
        with running(house.environment, house.data) as ours:
            yield ours


@pytest.fixture
def phone(browser: Browser, open_house: Running) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=open_house.address, viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def screen(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/")
    return page


def presses(screen: Page) -> None:
    screen.get_by_role("button", name="Call for backup").click()
    screen.wait_for_url("**/call")
    expect(screen.locator("body")).to_contain_text("paged", ignore_case=True)


def pages_out(house: Running) -> list[dict[str, str]]:
    told: list[dict[str, str]] = httpx.get(f"{house.address}/demo/pager.json").json()
    return told


def test_leaving_shows_nothing_and_back_does_not_bring_it_back(screen: Page) -> None:
    presses(screen)
    screen.goto("/call")
    screen.get_by_role("link", name="Leave quickly").click()
    screen.wait_for_url("**/away")
    screen.go_back(wait_until="commit")
    screen.wait_for_url("**/away")
    expect(screen.locator("body")).not_to_contain_text("paged", ignore_case=True)
    screen.goto("/call")
    expect(screen.locator("body")).to_contain_text("paged", ignore_case=True)


def test_shift_three_times_leaves_and_a_capital_letter_does_not(screen: Page) -> None:
    screen.goto("/back")
    screen.locator("main input:not([type=hidden]), main textarea").first.press_sequentially("Able ACID Army")
    expect(screen).to_have_url(re.compile("/back$"))
    for _ in range(3):
        screen.keyboard.press("Shift")
    screen.wait_for_url("**/away")


def test_a_waiting_screen_moves_by_itself_when_somebody_answers(screen: Page, open_house: Running) -> None:
    before = {page["key"] for page in pages_out(open_house)}
    presses(screen)
    screen.goto("/call")
    fresh = _wait_for_pages(open_house, besides=before)
    screen.evaluate("window.sameScreen = true")
    with httpx.Client(base_url=open_house.address) as sam:
        form = sam.get(f"/p/{fresh}").text
        nonce = re.search(r'name="press" value="([^"]+)"', form)
        assert nonce, "the page has two buttons and a nonce"
        assert sam.post(f"/p/{fresh}/acknowledge", data={"press": nonce[1]}).status_code < 400
    expect(screen.locator('[data-part="status"]').first).to_contain_text("has answered", timeout=5000)
    assert screen.evaluate("window.sameScreen"), "only what changed was changed: the screen was not loaded anew"


def test_a_press_without_signal_says_so_and_pressing_again_makes_one_call(
    phone: BrowserContext, screen: Page, open_house: Running
) -> None:
    before = len(pages_out(open_house))
    phone.set_offline(True)
    screen.get_by_role("button", name="Call for backup").click()
    expect(screen.locator("[data-shown=not-sent]")).to_contain_text("may not have arrived")
    expect(screen.locator("[data-shown=not-sent]").get_by_role("link", name="Call 988")).to_be_visible()
    expect(screen).to_have_url(re.compile("/$"))
    assert len(pages_out(open_house)) == before
    phone.set_offline(False)
    presses(screen)
    screen.wait_for_timeout(500)
    helpers = [page["helper"] for page in pages_out(open_house)[before:]]
    assert 0 < len(set(helpers)) <= 3, "one call pages three peers"


def test_the_numbers_open_without_a_network_and_private_screens_do_not(phone: BrowserContext, screen: Page) -> None:
    presses(screen)
    screen.evaluate("navigator.serviceWorker.ready")
    screen.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.set_offline(True)
    screen.goto("/hotlines")
    expect(screen.locator("body")).to_contain_text("988")
    screen.goto("/call")
    expect(screen.get_by_role("heading", level=1)).to_have_text("We cannot be reached from here")
    screen.goto("/away")
    expect(screen.locator("body")).to_have_text("")
    kept = screen.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name =>"
        " (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat())"
    )
    assert set(kept) <= {"/hotlines", "/no-signal", "/static/style.css", "/seat/at-hand"}


def test_a_lost_connection_is_said_and_taken_back(phone: BrowserContext, screen: Page) -> None:
    presses(screen)
    screen.goto("/call")
    phone.set_offline(True)
    expect(screen.locator("[data-shown=lost]")).to_contain_text("Your call is still open", timeout=8000)
    phone.set_offline(False)
    expect(screen.locator("[data-shown=lost]")).to_have_count(0, timeout=10000)


def _wait_for_pages(house: Running, *, besides: set[str]) -> str:
    for _ in range(100):
        fresh = [page["key"] for page in pages_out(house) if page["key"] not in besides]
        if fresh:
            return fresh[0]
    raise AssertionError("nobody was paged")
