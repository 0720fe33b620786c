"""Mail servers on a port of the test's choice: one that hangs with everybody, and a real one in its place later."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message

from aiosmtpd.controller import Controller

from stepitup.paging.carriers.mail.tests.far_end import Mailbox


class HangingServer:
    """Takes every line and lets go of none. Each second one it lets say its whole mail, and never says "I have it"."""

    def __init__(self) -> None:
        self.lines = 0
        self.took: list[str] = []
        self._guard = threading.Lock()

    def __call__(self, line: socket.socket) -> None:
        """One line: a script for `scripted_server`."""
        with self._guard:
            self.lines += 1
            listens = self.lines % 2 == 0
        if listens:
            self._listen(line)
        line.recv(1)

    def _listen(self, line: socket.socket) -> None:
        line.sendall(b"220 here\r\n")
        for said in line.makefile("rb"):
            if said.lower().startswith(b"message-id:"):
                self.took.append(said.partition(b":")[2].strip().decode())
            if said == b".\r\n":
                return
            if said.upper().startswith((b"EHLO", b"MAIL", b"RCPT")):
                line.sendall(b"250 yes\r\n")
            if said.upper().startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")


@contextmanager
def mail_server_at(port: int) -> Iterator[Mailbox]:
    """A real mail server on this port, and the mailboxes behind it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def ids_of(mails: list[Message]) -> set[str]:
    """The Message-IDs: by them servers and mailboxes know a second try for the same mail."""
    return {str(mail["Message-ID"]) for mail in mails}
