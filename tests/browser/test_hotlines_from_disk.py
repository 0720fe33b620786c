"""The hotlines with everything else down: opened from the disk, at night, at 400 % zoom, without script."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import stepitup.door
from stepitup.directory.actions import STYLE, write_static
from stepitup.ground.team import Team
from stepitup.site.refusals import Refusals
from tests.browser.looking import Look
from tests.browser.phones import Phones

FILES = ("hotlines.html", "no-signal.html", "trouble.html")
GROUND = {"light": "rgb(250, 248, 244)", "dark": "rgb(21, 24, 27)"}
TOO_SMALL = """[...document.querySelectorAll('.action, .main-action, .quiet, .bar a, summary')]
    .map(it => [it.textContent.trim(), it.getBoundingClientRect().height, it.matches('.main-action') ? 64 : 48])
    .filter(([, high, wanted]) => high > 0 && high < wanted)"""


@pytest.fixture
def still(tmp_path: Path) -> Path:
    write_static(tmp_path, ours=Team(name="Backup", who_runs="the peer association", demo=True), style="style.css")
    shutil.copy(Path(stepitup.door.__file__).parent / "static" / "style.css", tmp_path)
    return tmp_path


def opened(browser: Browser, path: Path, *, light: str) -> tuple[Page, list[str]]:
    """A phone 320 pixels wide and 256 high: what is left of a desk screen at 400 % zoom."""
    page = browser.new_page(
        viewport={"width": 320, "height": 256},
        color_scheme="dark" if light == "dark" else "light",
        java_script_enabled=False,
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


@pytest.mark.parametrize("name", FILES)
def test_the_numbers_open_from_the_disk_by_night_and_by_day(browser: Browser, still: Path, *, name: str) -> None:
    page, asked = opened(browser, still / name, light="light")
    assert set(asked) == {(still / name).as_uri(), (still / "style.css").as_uri()}
    for light, ground in GROUND.items():
        page.emulate_media(color_scheme="dark" if light == "dark" else "light")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
        assert page.evaluate("document.documentElement.scrollWidth") == 320, "nothing to scroll sideways"
        assert page.evaluate(TOO_SMALL) == []
    assert page.get_by_role("link", name="Call 988", exact=True).is_visible()
    page.close()


def test_axe_finds_nothing_on_the_screens_for_a_night_of_trouble(phones: Phones, look: Look, still: Path) -> None:
    what_was_sent = Refusals().press_again(b"opening_key=the-key-of-her-press").body.decode()
    (still / "press-again.html").write_text(what_was_sent.replace(STYLE, "style.css"), encoding="utf-8")
    phone = phones.one(address=still.as_uri())
    for name in (*FILES, "press-again.html"):
        phone.opens(f"/{name}")
        look.at(phone, name)


def test_the_keyboard_meets_the_way_out_second_and_sees_where_it_is(browser: Browser, still: Path) -> None:
    page, _ = opened(browser, still / "hotlines.html", light="light")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    where, line = page.evaluate(
        "[document.activeElement.getAttribute('href'), getComputedStyle(document.activeElement).outline]"
    )
    assert where == "/away"
    assert "3px" in line
    page.close()


def test_a_state_opens_without_script(browser: Browser, still: Path) -> None:
    page, _ = opened(browser, still / "hotlines.html", light="dark")
    assert not page.get_by_role("link", name="Call 1-833-34-STRONG (347-8766)").is_visible()
    page.get_by_text("Michigan", exact=True).click()
    assert page.get_by_role("link", name="Call 1-833-34-STRONG (347-8766)").is_visible()
    page.close()
