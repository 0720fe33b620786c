"""The line between the house and its database, which a test can cut and mend."""

import socket
import threading
from contextlib import suppress


class CutLine:
    """Passes on what both sides say, on a port of its own, until it is cut; then it refuses, as a dead machine does."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._guard = threading.Lock()
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._begin()

    def cut(self) -> None:
        """Everybody who is connected is cut off, and nobody gets through any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._guard:
            for end in self._ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._ends.clear()

    def mend(self) -> None:
        """Everybody gets through again."""
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._begin()

    def _begin(self) -> None:
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._guard:
                    self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
