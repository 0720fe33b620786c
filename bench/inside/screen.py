"""A waiting screen as the house sees it: one line on which live events come."""

import asyncio
import time
from typing import cast

from stepitup.door import cookies


class Screen(asyncio.Protocol):
    """Asks for the caller's live events; `heard` is when the last event came, on the wall clock."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.heard = 0.0
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        asked = f"GET /call/events HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies.CALL}={self._token}\r\n\r\n"
        cast("asyncio.Transport", transport).write(asked.encode("ascii"))  # uvloop's own is no subclass

    def data_received(self, data: bytes) -> None:
        self.is_open = self.is_open or data.startswith(b"HTTP/1.1 200")
        if b"event: call" in data:
            self.heard = time.time()

    def connection_lost(self, _why: Exception | None) -> None:
        self.is_open = False
