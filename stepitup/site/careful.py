"""uvicorn's reading of requests, with the two limits that it lacks: how long a request's head may be, and may take."""

from asyncio import Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_AT_MOST = 16 * 1024
SECONDS = 10.0

_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: 101\r\n\r\n"
    b"Your browser sent more about itself than we can read. Clear its cookies for us, or call or text 988.\n"
)


class CarefulProtocol(HttpToolsProtocol):
    """One connection. Whoever sends no whole head within ten seconds, or an endless one, is let go."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn itself does
        super().connection_made(transport)
        self._head_length = 0
        self._reading_head = True
        self._head_must_end = self.loop.call_later(SECONDS, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_must_end.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._reading_head:
            self._head_length += len(data)
        super().data_received(data)
        if self._reading_head and self._head_length > HEAD_AT_MOST and not self.transport.is_closing():
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._reading_head:
            self._reading_head, self._head_length = True, 0
            self._head_must_end = self.loop.call_later(SECONDS, self.transport.close)

    def on_headers_complete(self) -> None:
        self._reading_head = False
        self._head_must_end.cancel()
        super().on_headers_complete()
