"""Notices in a real Chromium: what lights up, and answers that are given without opening anything."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Worker

from stepitup.paging.carriers.push.notice import content_of
from stepitup.paging.facts import NoticeWords, Words
from tests.browser.phones import Phone, Phones, until

# The build of Chromium without a window lights nothing up, so what would be lit is written down where the worker runs.
# And events that a script makes up may not ask for time: it is waited for here instead.
LOCKED = """() => {
  self.lit = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, said) => {
    const shown = { title, body: said.body, tag: said.tag, actions: said.actions.map((each) => each.action) };
    self.lit = [...self.lit.filter((one) => one.tag !== said.tag), shown];
  };
  self.happens = async (event) => {
    const waited = [];
    event.waitUntil = (work) => void waited.push(work);
    self.dispatchEvent(event);
    await Promise.all(waited);
  };
}"""
COMES = "async (data) => { await self.happens(new PushEvent('push', { data })); }"
PRESSED = """async ([tag, action]) => {
  const close = () => { self.lit = self.lit.filter((one) => one.tag !== tag); };
  const notification = { close, data: tag };
  await self.happens(Object.assign(new ExtendableEvent("notificationclick"), { notification, action }));
}"""


class LockScreen:
    """One locked phone: what the maker's relay brings, and the buttons on it."""

    def __init__(self, phone: Phone) -> None:
        self.path = urlsplit(phone.page.url).path
        phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        until(lambda: _has_told_of_its_worker(phone), "the browser has no worker")
        self.worker: Worker = phone.context.service_workers[0]
        self.worker.evaluate(LOCKED)

    def gets(self, words: Words | NoticeWords, path: str) -> dict[str, Any]:
        """A notice arrives, as the browser has unsealed it; what lights up."""
        self.worker.evaluate(COMES, content_of(words, f"https://help.example{path}").decode())
        return next(one for one in self.shows() if one["tag"] == path)

    def shows(self) -> list[dict[str, Any]]:
        """What is lit up now."""
        shown: list[dict[str, Any]] = self.worker.evaluate("() => self.lit")
        return shown

    def presses(self, action: str) -> None:
        """A button of the notice of this phone's page."""
        self.worker.evaluate(PRESSED, [self.path, action])


def _has_told_of_its_worker(phone: Phone) -> bool:
    phone.page.wait_for_timeout(20)  # lets the browser tell us
    return bool(phone.context.service_workers)


@pytest.fixture
def rosa(phones: Phones) -> Phone:
    """Rosa has called."""
    caller = phones.one()
    caller.helpers = phones.helpers()  # type: ignore[attr-defined]
    caller.calls()
    return caller


@pytest.fixture
def locked(rosa: Phone) -> LockScreen:
    """Sam has a page, and his phone is locked."""
    sam: Phone = rosa.helpers.one_gets_a_page()  # type: ignore[attr-defined]
    return LockScreen(sam)


def test_a_page_lights_up_saying_nothing_and_yes_takes_the_call(rosa: Phone, locked: LockScreen) -> None:
    locked.gets(Words.PAGE, locked.path)
    assert locked.gets(Words.PAGE, locked.path) == {
        "title": "Can you take one?",
        "body": "Tap to open the link, or answer here.",
        "tag": locked.path,
        "actions": ["yes", "no"],
    }
    assert len(locked.shows()) == 1, "a repeat takes the place of the one before"
    locked.presses("yes")
    rosa.learns("Somebody has answered")
    # Chromium opens no window for a click that a script made up: then the seat is one tap away.
    assert [(one["title"], one["tag"]) for one in locked.shows()] == [("It is yours", "/seat")]


def test_no_on_the_lock_screen_declines_and_a_late_yes_is_thanked(locked: LockScreen) -> None:
    locked.gets(Words.PAGE, locked.path)
    locked.presses("no")
    assert locked.shows() == []
    locked.gets(Words.PAGE, locked.path)
    locked.presses("yes")
    assert [one["title"] for one in locked.shows()] == ["This page is over"]


def test_an_answer_without_signal_says_so_and_other_words_light_up_too(locked: LockScreen) -> None:
    for words, path, title, actions in (
        (Words.TEST, "/p/abc", "This is a test", ["reached"]),
        (Words.COORDINATOR, "/p/def", "A page is unanswered", []),
        (NoticeWords.WAY_IS_OFF, "/team/", "About your pages", []),
    ):
        shown = locked.gets(words, path)
        assert (shown["title"], shown["actions"]) == (title, actions)
    locked.worker.evaluate("() => { self.lit = []; self.fetch = () => Promise.reject(new TypeError('no signal')); }")
    locked.gets(Words.PAGE, locked.path)
    locked.presses("yes")
    assert [(one["title"], one["tag"]) for one in locked.shows()] == [("Your answer was not sent", locked.path)]
