"""Somebody's phone with a browser on it: opens addresses, presses buttons by their words, keeps cookies or does not."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client

from tests.stories.screen import Screen

_MANY = 6  # so many redirections in a row would be a circle


class Browser:
    """Presses what stands on the screen, as it stands there. `then` runs after each request: the watch is awake."""

    def __init__(self, *, then: Callable[[], None], keeps_cookies: bool = True, **always: Any) -> None:
        """`always` is what this phone's browser sends of itself with each request, in WSGI's words."""
        self._always = always
        self._client, self._keeps, self._then = self._new(), keeps_cookies, then
        self.screen = Screen("", status=0)
        self.address = ""
        self.shown: list[tuple[str, Screen]] = []

    def opens(self, address: str, *, headers: dict[str, str] | None = None) -> Screen:
        """Open an address: no button is pressed by that."""
        return self._shows(self._fresh().get(address, secure=True, headers=headers), address)

    def taps(self, link: str) -> Screen:
        """Tap a link by its words."""
        assert link in self.screen.links, f"there is no link “{link}” here:\n{self.screen.words}"
        return self.opens(self.screen.links[link])

    def presses(self, button: str, **typed: str | list[str]) -> Screen:
        """Press a button by its words; what was typed takes the place of what stands in its form."""
        form = self.screen.form_with(button)
        name, value = form.buttons[button]
        strange = typed.keys() - form.fields.keys() - _names_in(self.screen.raw)
        assert not strange, f"this form asks nothing called {strange}"
        sent: dict[str, str | list[str]] = {**form.fields, **typed}
        return self.sends(form.action, {**sent, name: value} if name else sent)

    def sends(self, address: str, form: dict[str, str | list[str]], headers: dict[str, str] | None = None) -> Screen:
        """Send a form, whatever stands on the screen."""
        return self._shows(self._fresh().post(address, form, secure=True, headers=headers), address)

    @property
    def cookies(self) -> SimpleCookie:
        """What this phone keeps of us."""
        kept: SimpleCookie = self._client.cookies
        return kept

    def _fresh(self) -> Client:
        if not self._keeps:
            self._client = self._new()
        return self._client

    def _new(self) -> Client:
        return Client(**self._always)

    def _shows(self, response: object, address: str) -> Screen:
        for _ in range(_MANY):
            self._then()
            status: int = response.status_code  # type: ignore[attr-defined]  # Django's test client promises no type
            self.address = address
            if status not in {301, 302, 303}:
                self.screen = Screen(response.content.decode(), status=status)  # type: ignore[attr-defined]  # as above
                self.shown.append((address, self.screen))
                assert status < 500, f"{address} answers {status}:\n{self.screen.words}"
                return self.screen
            address = response.headers["Location"]  # type: ignore[attr-defined]  # as above
            response = self._fresh().get(address, secure=True)
        raise AssertionError(f"sent in a circle, now at {address}")


def _names_in(raw: str) -> frozenset[str]:
    """Fields that stand empty and so bring nothing along: boxes not ticked, words not chosen."""
    return frozenset(part.partition('"')[0] for part in raw.split('name="')[1:])
