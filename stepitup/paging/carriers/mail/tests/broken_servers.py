"""Mail servers that are broken in every way servers are broken."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

Script = Callable[[socket.socket], None]

# Servers that do not come to an end do come to one after five seconds, so that a broken guard fails and does not hang.
_A_LONG_TIME = 100


@contextmanager
def scripted_server(script: Script) -> Iterator[int]:
    """A server that follows a script with everybody who connects, and stops when the test is over."""
    with ExitStack() as open_lines, socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    open_lines.enter_context(line)
                    threading.Thread(target=_follow, args=(script, line), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield int(listening.getsockname()[1])
        # Closing alone does not wake a thread that is accepting.
        listening.shutdown(socket.SHUT_RDWR)


def _follow(script: Script, line: socket.socket) -> None:
    with suppress(OSError):
        script(line)


def says_nothing(line: socket.socket) -> None:
    """Accepts, and never greets."""
    line.recv(1)


def greets_and_falls_silent(line: socket.socket) -> None:
    """Greets, and never answers again."""
    line.sendall(b"220 here\r\n")
    while line.recv(4096):
        pass


def dribbles(line: socket.socket) -> None:
    """Sends a byte every twentieth of a second: each single wait is short, and the whole has no end that matters."""
    for _ in range(_A_LONG_TIME):
        line.sendall(b"2")
        time.sleep(0.05)


def greets_without_end(line: socket.socket) -> None:
    """A greeting of lines that never says which one is its last."""
    for _ in range(_A_LONG_TIME):
        line.sendall(b"220-and another thing\r\n" * 50)
        time.sleep(0.05)


def hangs_up(line: socket.socket) -> None:
    """Accepts and hangs up."""
    line.close()


def has_had_enough_of_us(line: socket.socket) -> None:
    """Greets only to say that there were too many of us."""
    line.sendall(b"421 4.7.0 too many connections from you, come back later\r\n")
    line.recv(4096)


def talks_nonsense(line: socket.socket) -> None:
    """Something else entirely listens on this port."""
    line.sendall(b"\x15\x03\x01\x00\x02\x02\x46\r\n\x00\xff\r\n")
    line.recv(4096)


def takes_the_mail_and_falls_silent(line: socket.socket) -> None:
    """Plays along to the last dot, and never says that it has the mail."""
    _play_along(line)
    line.recv(1)


def takes_the_mail_and_never_says_goodbye(line: socket.socket) -> None:
    """Takes the mail, and answers nothing to "quit"."""
    _play_along(line)
    line.sendall(b"250 taken\r\n")
    while line.recv(4096):
        pass


def offers_tls_and_cannot(line: socket.socket) -> None:
    """Offers STARTTLS, and then speaks plain text into the handshake."""
    line.sendall(b"220 here\r\n")
    line.recv(4096)
    line.sendall(b"250-here\r\n250 STARTTLS\r\n")
    line.recv(4096)
    line.sendall(b"220 go ahead\r\n")
    line.recv(4096)
    line.sendall(b"421 sorry, not today\r\n")


def offers_tls_and_dribbles(line: socket.socket) -> None:
    """Offers STARTTLS, and then dribbles what looks like the beginning of a very long handshake."""
    line.sendall(b"220 here\r\n")
    line.recv(4096)
    line.sendall(b"250-here\r\n250 STARTTLS\r\n")
    line.recv(4096)
    line.sendall(b"220 go ahead\r\n")
    line.sendall(b"\x16\x03\x03\x40\x00")
    for _ in range(_A_LONG_TIME):
        line.sendall(b"\x00")
        time.sleep(0.05)


def tls_is_out_for_a_moment(line: socket.socket) -> None:
    """Offers STARTTLS, and says that it cannot just now."""
    line.sendall(b"220 here\r\n")
    line.recv(4096)
    line.sendall(b"250-here\r\n250 STARTTLS\r\n")
    line.recv(4096)
    line.sendall(b"454 TLS not available due to temporary reason\r\n")
    line.recv(4096)


def _play_along(line: socket.socket) -> None:
    line.sendall(b"220 here\r\n")
    conversation = line.makefile("rb")
    for said in conversation:
        if said == b".\r\n":
            return
        if said.upper().startswith((b"EHLO", b"MAIL", b"RCPT")):
            line.sendall(b"250 yes\r\n")
        if said.upper().startswith(b"DATA"):
            line.sendall(b"354 go on\r\n")


@contextmanager
def nobody_answers_the_door() -> Iterator[int]:
    """A port whose queue is full: whoever connects waits for ever, as behind a firewall that drops in silence."""
    with ExitStack() as waiting, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port = int(listening.getsockname()[1])
        for _ in range(4):
            line = waiting.enter_context(socket.socket())
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", port))
        yield port


def a_port_where_nobody_listens() -> int:
    """A port that refuses."""
    with socket.create_server(("127.0.0.1", 0)) as soon_closed:
        return int(soon_closed.getsockname()[1])
