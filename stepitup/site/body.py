"""Reading what was sent, before a thread is taken: a slow or endless body keeps nobody else waiting."""

import asyncio

from stepitup.site.messages import Receive, Scope, header

AT_MOST = 64 * 1024
FIELDS_AT_MOST = 200
SECONDS = 10.0


class Refused(Exception):
    """What was sent is not taken. `status` says why: 400, 408 or 413."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Left(Exception):
    """Whoever was sending is gone."""


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """All that was sent. Raises Refused when it is too long (413), too slow (408), or a form without end (413)."""
    if scope["method"] in {"GET", "HEAD"}:
        return b""
    length = header(scope["headers"], b"content-length")
    if length.isdigit() and int(length) > AT_MOST:
        raise Refused(413)
    try:
        async with asyncio.timeout(SECONDS):
            body = await _read(receive)
    except TimeoutError as slow:
        raise Refused(408) from slow
    except asyncio.CancelledError as stopping:  # the house stops: there is nobody left to answer
        raise Left from stopping
    if is_form(scope) and body.count(b"&") >= FIELDS_AT_MOST:
        raise Refused(413)
    return body


def is_form(scope: Scope) -> bool:
    """Whether it came from a form on a screen."""
    return header(scope["headers"], b"content-type").startswith("application/x-www-form-urlencoded")


async def _read(receive: Receive) -> bytes:
    parts, length, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        part: bytes = message.get("body", b"")
        length += len(part)
        if length > AT_MOST:
            raise Refused(413)
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)
