"""Reading what was sent, before a thread is taken: a slow or endless body keeps nobody else waiting."""

import asyncio

from stepitup.site.messages import Receive, Scope, cookies_in, header

AT_MOST = 64 * 1024
TOO_LONG = 413
# Uploaded by somebody who is signed in, with what a form puts around it: a whole roster of 8 MB; shifts of 300 kB and a
# little more, so that whoever brings a bit too much is told so by the screen itself.
A_FILE_AT_MOST = 8_000_000 + AT_MOST
_SHIFTS_AT_MOST = 1_000_000
_TAKES_A_FILE = {
    "/team/import": A_FILE_AT_MOST,
    "/team/duty/shifts": _SHIFTS_AT_MOST,
    "/team/duty/mine": _SHIFTS_AT_MOST,
    "/team/crew": _SHIFTS_AT_MOST,
}
_SIGNED_IN = "__Secure-team="
FIELDS_AT_MOST = 200
SECONDS = 10.0
SECONDS_FOR_A_FILE = 60.0
FILES_AT_ONCE = 2  # more would fill the memory that presses need
_files_now = 0


class Refused(Exception):
    """What was sent is not taken. `status` says why: 400, 408 or 413."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def takes_a_file(path: str) -> bool:
    """Whether somebody brings a file here."""
    return path in _TAKES_A_FILE


class Left(Exception):
    """Whoever was sending is gone."""


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """All that was sent. Raises Refused when it is too long (413), too slow (408), or a form without end (413)."""
    if scope["method"] in {"GET", "HEAD"}:
        return b""
    if _brings_a_file(scope):
        return await _read_a_file(scope, receive)
    body = await _read_within(scope, receive, at_most=AT_MOST, seconds=SECONDS)
    if is_form(scope) and body.count(b"&") >= FIELDS_AT_MOST:
        raise Refused(TOO_LONG)
    return body


def is_form(scope: Scope) -> bool:
    """Whether it came from a form on a screen."""
    return header(scope["headers"], b"content-type").startswith("application/x-www-form-urlencoded")


def _brings_a_file(scope: Scope) -> bool:
    """Whether this may be larger: only where a file is expected, and only from a browser that has signed in.

    Whether the session is a true one Django sees later; a stranger's eight megabytes are not even read.
    """
    return takes_a_file(scope["path"]) and _SIGNED_IN in cookies_in(scope["headers"])


async def _read_a_file(scope: Scope, receive: Receive) -> bytes:
    global _files_now  # noqa: PLW0603  one event loop: nobody else counts in between
    if _files_now >= FILES_AT_ONCE:
        raise Refused(503)
    _files_now += 1
    try:
        most = _TAKES_A_FILE[scope["path"]]
        return await _read_within(scope, receive, at_most=most, seconds=SECONDS_FOR_A_FILE)
    finally:
        _files_now -= 1


async def _read_within(scope: Scope, receive: Receive, *, at_most: int, seconds: float) -> bytes:
    length = header(scope["headers"], b"content-length")
    if length.isdigit() and int(length) > at_most:
        raise Refused(TOO_LONG)
    try:
        async with asyncio.timeout(seconds):
            return await _read(receive, at_most=at_most)
    except TimeoutError as slow:
        raise Refused(408) from slow
    except asyncio.CancelledError as stopping:  # the house stops: there is nobody left to answer
        raise Left from stopping


async def _read(receive: Receive, *, at_most: int) -> bytes:
    parts, length, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        part: bytes = message.get("body", b"")
        length += len(part)
        if length > at_most:
            raise Refused(TOO_LONG)
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)
