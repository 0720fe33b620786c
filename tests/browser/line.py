"""A phone's line to the house, which a test can weigh, cut, or let lose an answer: what a phone meets on a real night.

    with Line(port) as line:                    # http://localhost:{line.port}
        line.is_cut = True                      # no signal: nothing gets through, and nobody is told
        line.loses_answers = True               # the press arrives, its answer does not

Every byte that the house sends is counted, whoever asked for it: the screen, a script, the offline script.
"""

import re
import socket
import threading
from contextlib import suppress
from typing import Self

_PIECE = 64 * 1024
_SETS_COOKIE = re.compile(rb"(?<=\r\n)set-cookie:", re.IGNORECASE)
_OF_THE_SAME_LENGTH = b"not-cookie:"


class Line:
    """Listens on a port of its own and passes everything on."""

    def __init__(self, to: int, *, keeps_cookies: bool = True) -> None:
        self.is_cut = False
        self.loses_answers = False
        self.bytes_received = 0
        self._to = to
        self._keeps_cookies = keeps_cookies
        self._open: set[socket.socket] = set()
        self._counting = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.is_cut = True
        _hang_up(self._listening)
        self.cut_what_is_open()

    @property
    def address(self) -> str:
        """How the house is called over this line."""
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """No signal from this moment on."""
        self.is_cut = True
        self.cut_what_is_open()

    def mend(self) -> None:
        """Signal again."""
        self.is_cut = self.loses_answers = False

    def cut_what_is_open(self) -> None:
        """Everything under way is lost."""
        for end in list(self._open):
            _hang_up(end)

    def _listen(self) -> None:
        while True:
            try:
                phone, _ = self._listening.accept()
            except OSError:
                return
            if self.is_cut:
                _hang_up(phone)
            else:
                threading.Thread(target=self._connect, args=(phone,), daemon=True).start()

    def _connect(self, phone: socket.socket) -> None:
        try:
            house = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            _hang_up(phone)
            return
        self._open |= {phone, house}
        threading.Thread(target=self._bring, args=(house, phone), daemon=True).start()
        self._send(phone, house)

    def _send(self, phone: socket.socket, house: socket.socket) -> None:
        with suppress(OSError):
            while piece := phone.recv(_PIECE):
                house.sendall(piece)
        self._end(phone, house)

    def _bring(self, house: socket.socket, phone: socket.socket) -> None:
        with suppress(OSError):
            while piece := house.recv(_PIECE):
                if self.loses_answers:
                    break
                with self._counting:
                    self.bytes_received += len(piece)
                phone.sendall(piece if self._keeps_cookies else _SETS_COOKIE.sub(_OF_THE_SAME_LENGTH, piece))
        self._end(phone, house)

    def _end(self, *ends: socket.socket) -> None:
        self._open -= set(ends)
        for end in ends:
            _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
