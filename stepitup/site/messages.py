"""ASGI's three words, and an answer that the router gives by itself: no Django, no thread, no database."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

HTML = b"text/html; charset=utf-8"
PROBLEM = b"application/problem+json"
FOR_PROGRAMS = "/api/"


@dataclass(frozen=True)
class Answer:
    """A whole answer, as the router gives it."""

    status: int
    body: bytes = b""
    kind: bytes = HTML
    headers: Headers = ()

    async def give(self, send: Send, *, besides: Headers = ()) -> None:
        """Send it. `besides` are the headers that every answer carries."""
        headers = [*besides, *self.headers]
        if self.status not in {204, 304}:
            headers += [(b"content-type", self.kind), (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """The first header of that name, or nothing."""
    return next((value.decode("latin-1") for known, value in headers if known == name), "")


def cookies_in(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """All cookies in one line: a browser may send them in several, and a proxy may leave them so (RFC 9113, 8.2.3)."""
    return "; ".join(value.decode("latin-1") for known, value in headers if known == b"cookie")


def is_for_programs(scope: Scope) -> bool:
    """Whether a program asked, who wants a problem in JSON rather than a screen."""
    return str(scope["path"]).startswith(FOR_PROGRAMS)
