"""Django behind the router: its WSGI application in kept threads, watched so that nobody waits for a database in vain.

1. A database known to be away: the screen with the numbers, at once, and no thread taken.
2. No answer within a second: is it the database, or are we only busy? Busy may take ten seconds.
3. Else the answer as Django gave it, compressed where that can tell nobody a secret.
"""

import asyncio
import contextvars
import gzip
import io
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIApplication

from a2wsgi.wsgi import build_environ

from stepitup.site import headers
from stepitup.site.body import is_form
from stepitup.site.connections import Connections
from stepitup.site.files import Files, accepts_gzip
from stepitup.site.messages import HTML, Answer, Headers, Scope, header, is_for_programs
from stepitup.site.pulse import Pulse
from stepitup.site.refusals import Refusals

THREADS = 8
SOON = 1.0  # with the 0.8 s in which the database may answer, the numbers are there within two seconds
AT_THE_LATEST = 10.0
# A roster of thousands is read and compared: whoever brought it is told that it takes a while.
_TAKES_LONGER = frozenset({"/team/crew", "/team/export", "/team/import", "/team/import/yes"})
AT_THE_LATEST_FOR_A_FILE = 90.0

# Screens that need no database, so that the way out and the words for danger open without one.
WITHOUT_DATABASE = frozenset({
    "/away", "/danger", "/family", "/limits", "/my-job", "/night", "/what-we-hold", "/who-runs-this", "/worried",
})  # fmt: skip
# Health is asked exactly when something is wrong.
_FOR_THE_OPERATOR = frozenset({"/healthz", "/metrics", "/readyz"})

# Never compressed: screens that can hold a token, a key, a receipt or a number. The length of a compressed answer
# tells what it has in common with what somebody else slipped into the request (docs/decisions/compression.md).
_HOLDS_SECRETS = ("/api/", "/back", "/call", "/demo", "/p/", "/s/", "/seat", "/team/")
_WORTH_COMPRESSING = 500
_TEXT = ("text/", "application/json")
_DEAD_ENDS = frozenset({400, 404, 405, 500})

log = logging.getLogger(__name__)


class Collected:
    """An answer of Django's while it is being put together, all of it in the thread that makes it."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    def start(self, status: str, given: list[tuple[str, str]], _trouble: object = None) -> Callable[[bytes], object]:
        """WSGI's `start_response`."""
        self.status = int(status.partition(" ")[0])
        self.headers = [(_on_the_line(name).lower(), _on_the_line(value)) for name, value in given]
        return self._add

    def finish(self, parts: Iterable[bytes]) -> None:
        """Take all of it."""
        try:
            self.body += b"".join(parts)
        finally:
            getattr(parts, "close", _nothing)()

    def _add(self, part: bytes) -> None:
        self.body += part


class DjangoSide:
    """Everything that is neither a file nor a live stream."""

    def __init__(self, app: WSGIApplication, *, pulse: Pulse, files: Files, refusals: Refusals, scheme: str) -> None:
        self._app = app
        self._connections = Connections(pulse)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="django")
        self._pulse = pulse
        self._files = files
        self._refusals = refusals
        self._scheme = scheme

    async def answer(self, scope: Scope, body: bytes) -> Answer:
        """Django's answer, or the screen with the numbers."""
        if not self._pulse.is_well and scope["path"] not in WITHOUT_DATABASE | _FOR_THE_OPERATOR:
            return self.trouble(scope, body)
        told: Any = self._as_django_wants(scope, body)  # a2wsgi spells out ASGI's types anew
        to_read: Any = io.BytesIO(body)
        environ = build_environ(told, to_read)
        asked = asyncio.get_running_loop().run_in_executor(
            self._threads, contextvars.copy_context().run, self._in_a_thread, environ
        )
        if not await self._is_done(asked, latest=_patience(scope)):
            asked.cancel()
            log.warning("a screen was not ready in time; its caller was shown the numbers")
            return self.trouble(scope, body)
        return self._finish(scope, body, asked)

    def trouble(self, scope: Scope, body: bytes) -> Answer:
        """Our machine is in trouble: the numbers, and for a press a button that sends it once more."""
        if is_for_programs(scope) or scope["path"] in _FOR_THE_OPERATOR:
            return self._refusals.problem(503)
        if scope["method"] == "POST" and (is_form(scope) or not body):
            return self._refusals.press_again(body)
        return self._files.trouble() or self._refusals.screen(503)

    def _in_a_thread(self, environ: Any) -> Collected:  # noqa: ANN401  as above
        """The whole answer in one go. Handing each part to the event loop by itself made a press wait for it four
        times, and behind whoever else wanted the processor.
        """
        self._connections.renew()
        collected = Collected()
        collected.finish(self._app(environ, collected.start))
        return collected

    async def _is_done(self, asked: asyncio.Future[Collected], *, latest: float) -> bool:
        done, _ = await asyncio.wait({asked}, timeout=SOON)
        if not done and await self._only_busy():
            done, _ = await asyncio.wait({asked}, timeout=latest - SOON)
        return bool(done)

    async def _only_busy(self) -> bool:
        """Whether the database answers, so that the wait has another reason."""
        self._pulse.doubt()
        while self._pulse.is_well and self._pulse.is_being_felt:  # noqa: ASYNC110  a thread feels it, not this loop
            await asyncio.sleep(0.02)
        return self._pulse.is_well

    def _finish(self, scope: Scope, body: bytes, asked: asyncio.Future[Collected]) -> Answer:
        broken = asked.exception()
        if broken is not None:
            log.error("Django's application broke", exc_info=broken)
        collected = Collected() if broken is not None else asked.result()
        if broken is not None or collected.status >= 500:
            self._pulse.doubt()
        status = 500 if broken is not None else collected.status
        if status == 503 and scope["method"] == "POST":
            return self.trouble(scope, body)
        # Django's own bare page for what it refuses is a dead end; what the door says in words is not.
        if broken is not None or (status in _DEAD_ENDS and len(collected.body) < _WORTH_COMPRESSING):
            return self._refusals.problem(status) if is_for_programs(scope) else self._refusals.screen(status)
        return _compressed(scope, collected)

    def _as_django_wants(self, scope: Scope, body: bytes) -> Scope:
        """The request without the address of whoever sent it, and with the scheme that people see."""
        return {
            **scope,
            "client": None,
            "scheme": self._scheme,
            "headers": headers.that_come_in(scope["headers"], body_length=len(body)),
        }


def _patience(scope: Scope) -> float:
    return AT_THE_LATEST_FOR_A_FILE if scope["path"] in _TAKES_LONGER else AT_THE_LATEST


def _on_the_line(text: str) -> bytes:
    return text.strip().encode("latin-1")


def _nothing() -> None:
    """What WSGI's answers without an end of their own do at their end."""


def _compressed(scope: Scope, collected: Collected) -> Answer:
    own = {b"content-length", b"content-type"}
    kind = header(collected.headers, b"content-type")
    kept: Headers = tuple(line for line in collected.headers if line[0] not in own)
    body = collected.body
    if _may_be_compressed(scope, collected, kind, len(body)) and accepts_gzip(scope):
        return Answer(
            collected.status,
            gzip.compress(body, 6, mtime=0),
            kind.encode("latin-1"),
            (*kept, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")),
        )
    return Answer(collected.status, body, kind.encode("latin-1") or HTML, kept)


def _may_be_compressed(scope: Scope, collected: Collected, kind: str, length: int) -> bool:
    return (
        length >= _WORTH_COMPRESSING
        and kind.startswith(_TEXT)
        and not header(collected.headers, b"content-encoding")
        and not str(scope["path"]).startswith(_HOLDS_SECRETS)
    )
