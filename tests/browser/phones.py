"""People with phones, in the field's words: what Rosa and Sam do on a real screen."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.complaints import complaints_about
from tests.rooms.site_process import NO_TLS, Running

PATIENCE = 10.0


@dataclass(frozen=True)
class Held:
    """How a phone is held: small, by night or by day, with or without script."""

    script: bool = True
    light: str = "night"
    width: int = 320
    height: int = 640
    scale: float = 1

    def __str__(self) -> str:
        return f"{self.light}-{'with' if self.script else 'without'}-script"


WITH_AND_WITHOUT_SCRIPT = [Held(script=True, light="night"), Held(script=False, light="day")]


@dataclass
class Phone:
    """One phone with one browser, and everything about it that ought not to be."""

    held: Held
    address: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def opens(self, path: str = "/") -> None:
        """Type an address, or open a link from elsewhere."""
        self.page.goto(self.address + path)

    def reads(self) -> str:
        """The heading of the screen."""
        return self.page.locator("h1").inner_text()

    def sees(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        expect(self.page.locator("body")).to_contain_text(words)

    def sees_heading(self, words: str) -> None:
        """Wait until the screen is this one."""
        expect(self.page.locator("h1")).to_have_text(words)

    def sees_nothing_of(self, *words: str) -> None:
        """Nothing of this is to be seen."""
        for word in words:
            expect(self.page.get_by_text(word).locator("visible=true")).to_have_count(0)

    def presses(self, words: str) -> None:
        """Press the button or the link with these words."""
        self.button(words).click()

    def button(self, words: str) -> Locator:
        """The button or link in the main part that says this."""
        named = self.page.get_by_role("button", name=words, exact=True)
        linked = self.page.get_by_role("link", name=words, exact=True)
        return named.or_(linked).locator("visible=true").first

    def button_that_begins(self, words: str) -> Locator:
        """The link or button whose words begin so."""
        return self.page.locator("main a, main button", has_text=re.compile(f"^{words}")).first

    def learns(self, words: str) -> None:
        """With script the screen moves by itself within two seconds; without, the next look tells it."""
        if not self.held.script:
            self.page.reload()
        expect(self.page.locator("main")).to_contain_text(words, timeout=2_000)

    def opens_the_fold(self, words: str) -> None:
        """Open what is folded under these words."""
        self.page.locator("summary", has_text=words).first.click()

    def calls(self, *, waits: bool = True) -> None:
        """Press; and, unless she stops at the receipt, go to the waiting screen, past all that is asked."""
        self.opens()
        self.presses("Call for backup")
        self.sees("Eight words that bring you back")
        if waits:
            self.presses("Go on")
            self.presses("See your call")
            self.sees("Step it up")

    def has_called(self) -> None:
        """She called a moment ago on this phone, skipped what is asked, and waits: for what begins only then."""
        asked = self.context.request
        first = re.search(r'name="opening_key" value="([^"]+)"', asked.get(f"{self.address}/").text())
        assert first, "the first screen has no press"
        asked.post(f"{self.address}/call", form={"opening_key": first[1]})
        asked.post(f"{self.address}/call", form={"call": self.token, "walked": "4"})
        self.opens("/call")
        self.sees("Step it up")

    def presses_whatever_opens_the_call(self) -> None:
        """The first screen of a browser's own memory still has the press; one read anew leads to the call."""
        self.button("Call for backup").or_(self.button("Go to your call")).first.click()

    def skips_the_questions(self) -> None:
        """Past all that is asked, to the waiting screen."""
        for heading in ("Who should come first?", "Where do you work?", "Who is right for you, and who must not come?"):
            self.sees_heading(heading)
            self.presses("Skip this")
        self.presses("Later")
        self.sees("Step it up")

    def reads_the_limits(self) -> None:
        """From a screen that leads there."""
        self.presses("Read what stays private")
        self.presses("I’ve read this")

    @property
    def receipt(self) -> str:
        """The eight words on the screen."""
        return self.page.locator(".receipt").inner_text()

    @property
    def token(self) -> str:
        """The secret of the call: in the cookie, or in a form where cookies are blocked."""
        kept = [cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "__Host-call"]
        if kept:
            return kept[0]
        hidden = self.page.locator("input[name=call]")
        return hidden.first.get_attribute("value") or "" if hidden.count() else ""

    def holds_a_call(self) -> bool:
        """Whether there is anything to stand down."""
        return bool(self.token)


class Phones:
    """Hands out phones, and takes them back: calls are stood down, and what a browser complained of is told."""

    def __init__(self, browser: Browser, house: Running) -> None:
        self._browser = browser
        self._house = house
        self._out: list[Phone] = []
        self._tokens: set[str] = set()

    def one(self, held: Held | None = None, *, address: str = "", locale: str = "en-US") -> Phone:
        """A phone that was never here before."""
        held = held or Held()
        context = self._browser.new_context(
            viewport={"width": held.width, "height": held.height},
            device_scale_factor=held.scale,
            color_scheme="dark" if held.light == "night" else "light",
            java_script_enabled=held.script,
            locale=locale,
        )
        context.set_default_timeout(PATIENCE * 1000)
        phone = Phone(held, address or self._house.address, context, context.new_page())
        phone.complaints = complaints_about(context, phone.address)
        self._out.append(phone)
        return phone

    def helpers(self, held: Held | None = None) -> "Helpers":
        """Whoever answers, on the on-screen pager."""
        return Helpers(self, self._house, held or Held())

    def take_back(self) -> None:
        """Stand down every call, close the phones, and tell what was wrong on any of them."""
        tokens = {phone.token for phone in self._out} | self._tokens
        for phone in self._out:
            phone.page.goto("about:blank")  # Playwright waits forever for a phone that is closed while it turns a page
            phone.context.close()
        for token in tokens - {""}:
            stand_down(self._house, token)
        complaints = [complaint for phone in self._out for complaint in phone.complaints]
        if complaints:
            pytest.fail("\n".join(complaints), pytrace=False)

    def remember(self, token: str) -> None:
        """A call that no phone holds any more, to be stood down at the end all the same."""
        self._tokens.add(token)


class Helpers:
    """The helpers' phones. Counts messages from the moment it was made, so that earlier calls do not confuse it."""

    def __init__(self, phones: Phones, house: Running, held: Held) -> None:
        self._phones = phones
        self._house = house
        self._held = held
        self._before = len(self._pager())

    def waits_for_a_page(self) -> str:
        """The path of the newest page since that is still open: one may have been withdrawn by what the caller said."""
        found: list[str] = []

        def came() -> bool:
            found[:] = [path for path in reversed(self.all_who_got_pages()) if self._is_open(path)]
            return bool(found)

        until(came, "no page came to the pager")
        return found[0]

    def one_gets_a_page(self, *, address: str = "") -> Phone:
        """A helper's own phone, with the page open that came to it."""
        path = self.waits_for_a_page()
        phone = self._phones.one(self._held, address=address)
        phone.opens(path)
        return phone

    def one_looks_at_the_pager(self) -> Phone:
        """A helper's own phone, with the page open: found on the pager, and followed from there."""
        path = self.waits_for_a_page()
        phone = self._phones.one(self._held)
        phone.opens("/demo/pager")
        phone.page.locator(f"a[href='{path}']").first.click()
        return phone

    def all_who_got_pages(self) -> list[str]:
        """The paths of all pages since."""
        return list(dict.fromkeys(urlsplit(line["link"]).path for line in self._pager()[self._before :]))

    def _is_open(self, path: str) -> bool:
        return "/acknowledge" in httpx.get(self._house.address + path, **NO_TLS).text

    def _pager(self) -> list[dict[str, str]]:
        lines: list[dict[str, str]] = httpx.get(f"{self._house.address}/demo/pager.json", **NO_TLS).json()
        return lines


def stand_down(house: Running, token: str) -> None:
    """As the button would, from outside the browser: the next test must find the helpers free."""
    form = {"call": token, "sure": "yes"}
    httpx.post(f"{house.address}/call/stand-down", data=form, timeout=PATIENCE, **NO_TLS)


def open_calls(house: Running) -> int:
    """How many calls are open now, as the operator is told."""
    lines = httpx.get(f"{house.address}/metrics", **NO_TLS).text.splitlines()
    return int(sum(float(line.split()[-1]) for line in lines if line.startswith("stepitup_calls{")))


def until(comes_true: Callable[[], bool], otherwise: str, *, within: float = PATIENCE) -> float:
    """Look again until it comes true; how many seconds that took."""
    began = monotonic()
    while not comes_true():
        assert monotonic() - began < within, otherwise
        sleep(0.02)  # between two looks at something outside the browser, which cannot tell us that it changed
    return monotonic() - began


@contextmanager
def exactly_one_more_call(house: Running) -> Iterator[None]:
    """Whatever is pressed within, one call is opened by it."""
    before = open_calls(house)
    yield
    until(lambda: open_calls(house) > before, "no call was opened")
    assert open_calls(house) == before + 1
