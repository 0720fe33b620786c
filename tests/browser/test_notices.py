"""Notices in a real Chromium: what lights up, and answers that are given without opening anything."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Worker

from stepitup.paging.carriers.push.notice import content_of
from stepitup.paging.facts import NoticeWords, Words
from tests.browser.phones import Phone, Phones, until

# Events that a script makes up may not ask for time: it is waited for here instead. A press on a lit notice cannot be
# had otherwise; the notice itself is the one that the browser lit.
PRESSED = """async ([tag, action]) => {
  const [notification] = await self.registration.getNotifications({ tag });
  const event = new NotificationEvent("notificationclick", { notification, action });
  const waited = [];
  event.waitUntil = (work) => void waited.push(work);
  self.dispatchEvent(event);
  await Promise.all(waited);
}"""
LIT = """async () => (await self.registration.getNotifications()).map((one) => ({
  title: one.title, body: one.body, tag: one.tag, actions: one.actions.map((each) => each.action),
}))"""
# The build of Chromium without a window lights nothing up: there, what would be lit is written down instead.
WITHOUT_A_WINDOW = """() => {
  let lit = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, said) => {
    const close = () => { lit = lit.filter((one) => one.tag !== said.tag); };
    close();
    lit.push({ title, body: said.body, tag: said.tag, data: said.data, actions: said.actions, close });
  };
  ServiceWorkerRegistration.prototype.getNotifications = async (which) =>
    lit.filter((one) => !which?.tag || one.tag === which.tag);
  self.NotificationEvent = class extends ExtendableEvent {
    constructor(type, { notification, action }) { super(type); Object.assign(this, { notification, action }); }
  };
}"""


class LockScreen:
    """One locked phone: what the maker's relay brings, and the buttons on it.

    A push is real, from the point at which the browser has unsealed it: no relay can be asked on this machine.
    """

    def __init__(self, phone: Phone) -> None:
        self.path = urlsplit(phone.page.url).path
        self._house, self._page = phone.address, phone.page
        phone.context.grant_permissions(["notifications"], origin=phone.address)
        phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self._devtools = phone.context.new_cdp_session(phone.page)
        self._known: list[str] = []
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._learns)
        self._devtools.send("ServiceWorker.enable")
        until(lambda: _has_told_of_its_worker(phone) and bool(self._known), "the browser has no worker")
        self.worker: Worker = phone.context.service_workers[0]
        if phone.page.evaluate("() => Notification.permission") != "granted":
            self.worker.evaluate(WITHOUT_A_WINDOW)

    def gets(self, words: Words | NoticeWords, path: str) -> dict[str, Any]:
        """A push arrives, as the browser has unsealed it; what lights up."""
        came = {
            "origin": f"{self._house}/",
            "registrationId": self._known[-1],
            "data": content_of(words, f"https://help.example{path}").decode(),
        }
        self._devtools.send("ServiceWorker.deliverPushMessage", came)
        until(lambda: any(one["tag"] == path for one in self.shows()), "nothing lights up")
        return next(one for one in self.shows() if one["tag"] == path)

    def shows(self) -> list[dict[str, Any]]:
        """What is lit up now."""
        shown: list[dict[str, Any]] = self.worker.evaluate(LIT)
        return shown

    def presses(self, action: str) -> None:
        """A button of the notice of this phone's page."""
        self.worker.evaluate(PRESSED, [self.path, action])

    def _learns(self, told: dict[str, Any]) -> None:
        self._known += [one["registrationId"] for one in told["registrations"] if not one["isDeleted"]]


def _has_told_of_its_worker(phone: Phone) -> bool:
    phone.page.wait_for_timeout(20)  # lets the browser tell us
    return bool(phone.context.service_workers)


@pytest.fixture
def rosa(phones: Phones) -> Phone:
    """Rosa has called."""
    caller = phones.one()
    caller.helpers = phones.helpers()  # type: ignore[attr-defined]
    caller.has_called()
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
    locked.worker.evaluate("() => { self.fetch = () => Promise.reject(new TypeError('no signal')); }")
    locked.gets(Words.PAGE, locked.path)
    locked.presses("yes")
    assert [one["title"] for one in locked.shows() if one["tag"] == locked.path] == ["Your answer was not sent"]


def test_a_phone_that_speaks_spanish_says_it_in_spanish(phones: Phones) -> None:
    phone = phones.one(locale="es-US")
    phone.opens()
    lit = LockScreen(phone).gets(Words.TEST, "/p/abc")
    assert (lit["title"], lit["body"]) == ("Esto es una prueba", "PRUEBA, nadie espera.")
