"""The router: one ASGI application that reads bodies, serves files and live streams itself, and asks Django the rest.

It decides by the address alone, holds no rule of the house, and stands when Django or the database does not.
"""

from stepitup.site import headers
from stepitup.site.body import TOO_LONG, Left, Refused, read_body, takes_a_file
from stepitup.site.django_side import DjangoSide
from stepitup.site.files import Files
from stepitup.site.messages import Answer, Headers, Receive, Scope, Send, is_for_programs
from stepitup.site.refusals import Refusals
from stepitup.site.streams import Streams

_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"})
_OPTIONS = Answer(204, headers=((b"allow", b"GET, HEAD, POST, PATCH, OPTIONS"),))
_ALIVE = Answer(200, b'{"alive": true}', b"application/json", ((b"cache-control", b"no-store"),))


class Router:
    """Hands each request to whoever answers it."""

    def __init__(self, *, files: Files, streams: Streams, django: DjangoSide, refusals: Refusals) -> None:
        self._files = files
        self._streams = streams
        self._django = django
        self._refusals = refusals
        self._always = headers.on_everything()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        if scope["method"] == "GET" and self._streams.serves(scope["path"]):
            await self._streams.answer(scope, receive, send, always=self._always)
            return
        try:
            answer = await self._answer(scope, receive)
        except Left:
            return
        await answer.give(send, besides=_what_lacks(answer, self._always))

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] == "OPTIONS":
            return _OPTIONS
        if scope["path"] == "/healthz":
            return _ALIVE
        if self._files.serves(scope["path"]):
            return self._file(scope)
        refused = 405 if scope["method"] not in _METHODS else 400 if _is_unreadable(scope) else None
        try:
            body = b"" if refused else await read_body(scope, receive)
        except Refused as why:
            refused, body = why.status, b""
        return self._refuse(scope, refused) if refused else await self._django.answer(scope, body)

    def _file(self, scope: Scope) -> Answer:
        if scope["method"] not in {"GET", "HEAD"}:
            return self._refuse(scope, 405)
        return self._files.answer(scope) or self._refuse(scope, 404)

    def _refuse(self, scope: Scope, status: int) -> Answer:
        if is_for_programs(scope):
            return self._refusals.problem(status)
        if status == TOO_LONG and takes_a_file(scope["path"]):
            return self._refusals.file_too_large()
        return self._refusals.screen(status)


def _is_unreadable(scope: Scope) -> bool:
    """Whether the address holds what no address of ours holds: control characters, or bytes that are no text."""
    return not scope["path"].isprintable() or not scope["query_string"].isascii()


def _what_lacks(answer: Answer, always: Headers) -> Headers:
    given = {name for name, _value in answer.headers}
    return tuple(line for line in always if line[0] not in given)
