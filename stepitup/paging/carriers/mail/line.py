"""The line to the mail server: found, connected and secured within one limit of time."""

import queue
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from typing import Any

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.fuse import Fuse

Found = Sequence[tuple[Any, Any, int, str, Any]]
Resolve = Callable[[str, int], Found]


def find_addresses(host: str, port: int) -> Found:
    """Ask the system where this server is."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Line(smtplib.SMTP):
    """A conversation with a mail server that a fuse can end at any point, the search for its address included."""

    def __init__(self, settings: MailSettings, *, us: str, fuse: Fuse, trust: ssl.SSLContext, resolve: Resolve) -> None:
        self._settings = settings
        self._fuse = fuse
        self._trust = trust
        self._resolve = resolve
        # `us` is said in the greeting. Left out, Python asks the network for this machine's name, and tells it.
        super().__init__(settings.host, settings.port, local_hostname=us, timeout=fuse.left)

    def secure(self) -> None:
        """Go over to TLS where that was not done from the first byte. Never goes on in the clear instead."""
        if self._settings.security not in {"tls", "none"}:
            self.starttls(context=self._trust)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The seam at which smtplib connects; its own TLS class uses it likewise."""
        plain = connect(_within(self._fuse, self._resolve, host, port), self._fuse)
        if self._settings.security != "tls":
            return plain
        return self._trust.wrap_socket(plain, server_hostname=host)


def connect(addresses: Found, fuse: Fuse) -> socket.socket:
    """Connect to the first address that answers. Each gets its share of the time: a dead one delays only so far."""
    trouble: OSError = OSError("no address")
    for place, (family, sort, protocol, _, address) in enumerate(addresses):
        line = socket.socket(family, sort, protocol)
        line.settimeout(fuse.left / (len(addresses) - place))
        try:
            line.connect(address)
        except OSError as refused:
            line.close()
            trouble = refused
            continue
        line.settimeout(fuse.left)
        fuse.hold(line)
        return line
    raise trouble


def _within(fuse: Fuse, resolve: Resolve, host: str, port: int) -> Found:
    """Look the server up in a thread of its own: the system's look-up knows no limit and cannot be cut."""
    answers: queue.SimpleQueue[Found | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(resolve(host, port))
        except OSError as trouble:
            answers.put(trouble)
        except UnicodeError:
            answers.put(OSError("not a name that can be looked up"))

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=fuse.left)
    except queue.Empty:
        raise TimeoutError("looking the server up took too long") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
