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
    """A line of its own for each request: one kept from an hour ago may have died unnoticed."""

    def __init__(self, trust: ssl.SSLContext | None = None, resolve: Resolve = find_addresses) -> None:
        self._trust = trust
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask and hear all of the answer. The request brings its limit of time along."""
        limit: Limit = request.extensions["limit"]
        backend = _Backend(limit, self._resolve)
        with httpcore.ConnectionPool(ssl_context=self._trust, network_backend=backend, max_connections=1) as pool:
            url = httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            )
            answer = pool.handle_request(
                httpcore.Request(request.method, url, headers=request.headers.raw, content=request.read())
            )
            return httpx.Response(answer.status, headers=answer.headers, content=_body_of(answer))


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

    def __init__(self, limit: Limit, resolve: Resolve) -> None:
        self._limit = limit
        self._resolve = resolve

    def connect_tcp(self, host: str, port: int, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        addresses = within(self._limit, self._resolve, host, port)
        trouble: Exception = httpcore.ConnectError("no address")
        for place, address in enumerate(addresses):
            share = self._limit.left / (len(addresses) - place)
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=share, socket_options=_OPTIONS)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                trouble = refused
                continue
            return _Stream(stream, self._limit)
        raise trouble


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends with the limit, whatever the library asks for."""

    def __init__(self, inner: httpcore.NetworkStream, limit: Limit) -> None:
        self._inner = inner
        self._limit = limit

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._limit.is_over:
            raise httpcore.ReadTimeout
        return self._inner.read(max_bytes, self._limit.left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._limit.is_over:
            raise httpcore.WriteTimeout
        self._inner.write(buffer, self._limit.left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._limit.left), self._limit)

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
