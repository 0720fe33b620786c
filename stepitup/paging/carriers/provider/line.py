"""The line to a provider: found, connected, secured, asked and heard to the end within one limit of time.

An HTTP library limits each single wait for the network. A server that answers one byte a second passes every such
limit and holds a page for an hour; and the system's look-up of a name knows no limit at all. Here every wait counts
from the first step.
"""

import queue
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], Sequence[str]]

_OPTIONS = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]


def find_addresses(host: str, port: int) -> Sequence[str]:
    """Ask the system where this server is."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Limit:
    """So many seconds, from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; never quite nothing, which a socket would take for "do not wait at all"."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Is the time up?"""
        return time.monotonic() >= self._end


class Road(httpx.BaseTransport):
    """The way to a server. `kept_for` so many seconds a line waits for the next request; else each has one of its own.

    A line that was kept for an hour may have died unnoticed, and a page on it would find that out by waiting. For some
    seconds it is worth it: when many call at once, nobody's page waits for a handshake.
    """

    def __init__(
        self, trust: ssl.SSLContext | None = None, resolve: Resolve = find_addresses, *, kept_for: float = 0.0
    ) -> None:
        # One request is one thread from its first step to its last: what is true of it lies there.
        self._now = threading.local()
        self._lines = httpcore.ConnectionPool(
            ssl_context=trust,
            network_backend=_Backend(self._now, resolve),
            max_connections=None,
            max_keepalive_connections=_KEPT_AT_MOST if kept_for else 0,
            keepalive_expiry=kept_for,
        )
        weakref.finalize(self, self._lines.close)  # whoever forgets a road hangs up

    @property
    def line_was_kept(self) -> bool:
        """Whether this thread's newest request went over a line that had been there before it."""
        return not self._now.is_fresh

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask and hear all of the answer. The request brings its limit of time along."""
        self._now.limit, self._now.is_fresh = request.extensions["limit"], False
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._lines.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.read())
        )
        try:
            return httpx.Response(answer.status, headers=answer.headers, content=_body_of(answer))
        finally:
            answer.close()

    def close(self) -> None:
        """Hang up."""
        self._lines.close()


_KEPT_AT_MOST = 50
_LONGEST_ANSWER = 256 * 1024


def _body_of(answer: httpcore.Response) -> bytes:
    """As much of it as came. What was said in the first line counts, also where the line was cut after it."""
    parts, length = list[bytes](), 0
    assert isinstance(answer.stream, Iterable), "a pool that is not asynchronous gives plain streams"
    try:
        for part in answer.stream:
            parts.append(part)
            length += len(part)
            if length > _LONGEST_ANSWER:
                break
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        return b""
    return b"".join(parts)


class _Backend(httpcore.NetworkBackend):
    """Connects within a limit: each address gets its share, so that a dead one delays only so far."""

    def __init__(self, now: threading.local, resolve: Resolve) -> None:
        self._now = now
        self._resolve = resolve

    def connect_tcp(self, host: str, port: int, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        limit, self._now.is_fresh = self._now.limit, True
        addresses = within(limit, self._resolve, host, port)
        trouble: Exception = httpcore.ConnectError("no address")
        for place, address in enumerate(addresses):
            share = limit.left / (len(addresses) - place)
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=share, socket_options=_OPTIONS)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                trouble = refused
                continue
            return _Stream(stream, self._now)
        raise trouble


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends with the limit of the request under way, whatever the library asks for."""

    def __init__(self, inner: httpcore.NetworkStream, now: threading.local) -> None:
        self._inner = inner
        self._now = now

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._now.limit.is_over:
            raise httpcore.ReadTimeout
        return self._inner.read(max_bytes, self._now.limit.left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._now.limit.is_over:
            raise httpcore.WriteTimeout
        self._inner.write(buffer, self._now.limit.left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._now.limit.left), self._now)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def within(limit: Limit, resolve: Resolve, host: str, port: int) -> Sequence[str]:
    """Look the server up in a thread of its own: the system's look-up cannot be cut."""
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(resolve(host, port))
        except OSError as trouble:
            answers.put(trouble)
        except UnicodeError:
            answers.put(OSError("not a name that can be looked up"))

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=limit.left)
    except queue.Empty:
        raise httpcore.ConnectTimeout("looking the server up took too long") from None
    if isinstance(answer, OSError):
        raise httpcore.ConnectError("not found")
    return answer
