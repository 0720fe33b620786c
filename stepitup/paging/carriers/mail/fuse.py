"""A fuse: cuts a line when its time is up, whatever is going on in it.

Python's mail library limits each single wait for the network. A server that answers one byte a second passes every
such limit and holds a page for an hour. The fuse counts from the first step to the last.
"""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class Fuse:
    """Burns for so many seconds while inside `with`; then it cuts the line it was given."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._line: socket.socket | None = None
        self._guard = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        """Seconds that are left. Never quite nothing: a socket takes nothing to mean "do not wait at all"."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_blown(self) -> bool:
        """Is the time up?"""
        return time.monotonic() >= self._end

    def hold(self, line: socket.socket) -> None:
        """Cut this line when the time is up. A copy of its handle is kept, which sees through any TLS laid over it."""
        with self._guard:
            self._line = line.dup()
        if self.is_blown:
            self._cut()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._guard:
            if self._line is not None:
                self._line.close()
            self._line = None

    def _cut(self) -> None:
        with self._guard:
            if self._line is not None:
                with suppress(OSError):  # the other side hung up first
                    self._line.shutdown(socket.SHUT_RDWR)
