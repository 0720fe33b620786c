"""Notices in a real Chromium: what lights up, and answers that are given without opening anything."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Worker

from stepitup.paging.carriers.push.notice import content_of
from stepitup.paging.facts import NoticeWords, Words
from tests.browser.phones import Phone, Phones, until

SHOWN = """async () => (await self.registration.getNotifications()).map((one) => ({
  title: one.title, body: one.body, tag: one.tag, actions: one.actions.map((each) => each.action),
}))"""
# A click that a script makes up is not to be trusted, so it cannot ask for time: it is waited for here instead.
CLICK = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  const waited = [];
  ExtendableEvent.prototype.waitUntil = (work) => void waited.push(work);
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
  await Promise.all(waited);
}"""


class LockScreen:
    """One locked phone: what the maker's relay brings, and the buttons on it."""

    def __init__(self, phone: Phone) -> None:
        self.path = urlsplit(phone.page.url).path
        self._phone = phone
        self._registration = ""
        phone.context.grant_permissions(["notifications"], origin=phone.address)
        self._devtools = phone.context.new_cdp_session(phone.page)
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._knows)
        self._devtools.send("ServiceWorker.enable")
        phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        until(self._is_ready, "the browser has no worker")
        self.worker: Worker = phone.context.service_workers[0]

    def gets(self, words: Words | NoticeWords, path: str) -> dict[str, Any]:
        """A notice arrives, as the browser has unsealed it; what lights up."""
        content = content_of(words, f"https://help.example{path}").decode()
        told = {"origin": self._phone.address, "registrationId": self._registration, "data": content}
        self._devtools.send("ServiceWorker.deliverPushMessage", told)
        until(lambda: bool(self.shows()), "nothing lit up")
        return self.shows()[0]

    def shows(self) -> list[dict[str, Any]]:
        """What is lit up now."""
        shown: list[dict[str, Any]] = self.worker.evaluate(SHOWN)
        return shown

    def presses(self, action: str) -> None:
        """A button of the notice."""
        self.worker.evaluate(CLICK, action)

    def _knows(self, told: dict[str, Any]) -> None:
        self._registration = next((str(one["registrationId"]) for one in told["registrations"]), self._registration)

    def _is_ready(self) -> bool:
        self._phone.page.wait_for_timeout(20)  # lets the browser tell us
        return bool(self._registration and self._phone.context.service_workers)


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
        locked.gets(words, path)
        shown = next(one for one in locked.shows() if one["tag"] == path)
        assert (shown["title"], shown["actions"]) == (title, actions)
    locked.worker.evaluate(
        """async () => {
          for (const one of await self.registration.getNotifications()) one.close();
          self.fetch = () => Promise.reject(new TypeError("no signal"));
        }"""
    )
    locked.gets(Words.PAGE, locked.path)
    locked.presses("yes")
    assert [(one["title"], one["tag"]) for one in locked.shows()] == [("Your answer was not sent", locked.path)]
