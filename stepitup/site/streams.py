"""The addresses of live streams: who asks, may they, and then hold the line for as long as they listen.

    /call/events                  the caller's screens      cookie
    /seat/events                  a helper's seat           cookie
    /api/v1/calls/{id}/events     programs                  Authorization: Bearer

Never a query string: it would be written down on the way.
"""

import asyncio
import re
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from django.db import DatabaseError

from stepitup.calls import questions
from stepitup.calls.errors import NoSuchCall, NoSuchSeat
from stepitup.door import cookies
from stepitup.site.hub import Hub
from stepitup.site.messages import Answer, Headers, Receive, Scope, Send, cookies_in, header
from stepitup.site.pulse import Pulse
from stepitup.site.refusals import Refusals
from stepitup.site.stream import COME_BACK_AFTER, Stream, version_in

_FOR_SCREENS = {"/call/events": cookies.CALL, "/seat/events": "__Host-seat"}
_FOR_PROGRAMS = re.compile(r"/api/v1/calls/([0-9a-f-]{36})/events")
_OPEN: Headers = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)
_LONGEST_SECRET = 100
# To a browser's EventSource this says: do not come back.
_NOTHING_TO_TELL = Answer(204, headers=((b"cache-control", b"no-store"),))


class Streams:
    """Opens streams. What is told on them is the hub's."""

    def __init__(self, hub: Hub, *, pulse: Pulse, refusals: Refusals) -> None:
        self._hub = hub
        self._pulse = pulse
        self._refusals = refusals

    def serves(self, path: str) -> bool:
        """Whether this address is a stream's."""
        return path in _FOR_SCREENS or _FOR_PROGRAMS.fullmatch(path) is not None

    async def answer(self, scope: Scope, receive: Receive, send: Send, *, always: Headers) -> None:
        """Refuse, or hold the line."""
        for_programs = scope["path"] not in _FOR_SCREENS
        try:
            call = await self._call_of(scope) if self._pulse.is_well else None
        except (NoSuchCall, NoSuchSeat):
            refused = self._refusals.problem(404) if for_programs else _NOTHING_TO_TELL
            await refused.give(send, besides=always)
            return
        except DatabaseError:
            self._pulse.doubt()
            call = None
        if call is not None and not self._hub.has_room_for(call):
            await self._refusals.problem(429).give(send, besides=always)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*always, *_OPEN]})
        # Without a database the line closes again: the reader comes back by itself in three seconds.
        await send({"type": "http.response.body", "body": COME_BACK_AFTER, "more_body": call is not None})
        if call is not None:
            await self._hold(call, scope, receive, send, for_programs=for_programs)

    async def _call_of(self, scope: Scope) -> UUID:
        program = _FOR_PROGRAMS.fullmatch(scope["path"])
        if program is None:
            secret = _cookie(scope, _FOR_SCREENS[scope["path"]])
            ask = questions.call_of_seat if scope["path"].startswith("/seat") else questions.call_with
            return await self._hub.ask(ask, secret)
        call = await self._hub.ask(questions.call_with, _bearer(scope))
        if str(call) != program[1]:
            raise NoSuchCall
        return call

    async def _hold(self, call: UUID, scope: Scope, receive: Receive, send: Send, *, for_programs: bool) -> None:
        async def write(said: bytes) -> None:
            await send({"type": "http.response.body", "body": said, "more_body": True})

        listening = asyncio.current_task()
        assert listening is not None, "a request is always a task"
        told = version_in(header(scope["headers"], b"last-event-id"))
        stream = Stream(call, write, listening.cancel, for_programs, told)
        self._hub.join(stream)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            # The hub let go of this line; nobody else cancels it.
            listening.uncancel()
        finally:
            self._hub.leave(stream)
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def _cookie(scope: Scope, name: str) -> str:
    try:
        kept = SimpleCookie(cookies_in(scope["headers"]))
    except CookieError:
        raise NoSuchCall from None
    return _secret(kept[name].value if name in kept else "")


def _bearer(scope: Scope) -> str:
    kind, _, secret = header(scope["headers"], b"authorization").partition(" ")
    return _secret(secret.strip() if kind.lower() == "bearer" else "")


def _secret(said: str) -> str:
    if not said or len(said) > _LONGEST_SECRET or not said.isascii():
        raise NoSuchCall
    return said
