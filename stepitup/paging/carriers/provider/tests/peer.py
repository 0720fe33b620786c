"""The other end of text and voice: a real HTTP server on this machine that speaks the provider's protocol.

It answers as Twilio does, knows no second try by its key (as Twilio does not), and misbehaves when told to.
"""

import base64
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stepitup.ground.team import ProviderSettings

ACCOUNT, TOKEN, SENDER = "AC00000000000000000000000000000001", "not a real token", "+15125550100"
NOBODY = "+15125550199"

Form = dict[str, str]
Misbehave = Callable[["Asked"], None]


class Provider:
    """What this provider has taken, and how it behaves. `misbehaves` answers in its place while it is set."""

    def __init__(self) -> None:
        self.taken: list[Form] = []
        self.travelled: list[str] = []
        self.looked_up = self.asked_how_it_does = 0
        self.lines = 0
        self.was_asked_how_it_does = threading.Event()
        self.misbehaves: Misbehave | None = None
        self.only_for_messages = True
        self.knows_nobody = {NOBODY: 21211}
        self.port = 0
        self._guard = threading.Lock()

    def settings(self, **others: str) -> ProviderSettings:
        """How a team writes this provider into its file."""
        words = {"account": ACCOUNT, "token": TOKEN, "sender": SENDER, "registered": "10DLC", **others}
        return ProviderSettings(**{"base_url": f"http://127.0.0.1:{self.port}", **words})

    def take(self, form: Form) -> dict[str, Any]:
        """A message or a ring is ours from here on."""
        with self._guard:
            self.taken.append(form)
            return {"sid": f"SM{len(self.taken):032}", "status": "queued", "error_code": None}

    @property
    def texts(self) -> list[str]:
        """The texts on all phones, one for each message: this provider sends whatever it is given."""
        return [form["Body"] for form in self.taken]


class Asked(BaseHTTPRequestHandler):
    """One question to the provider."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """A line is opened; it is kept for further questions, as real providers keep theirs."""
        self.provider.lines += 1
        super().setup()

    def do_POST(self) -> None:
        """Create a message or a ring."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        self.provider.travelled.append(f"{self.path}\n{self.headers}\n{body}")
        if self.provider.misbehaves:
            self.provider.misbehaves(self)
        elif not self._is_ours():
            self.says(401, {"code": 20003, "message": "Authenticate", "status": 401})
        elif code := self.provider.knows_nobody.get(self.form["To"]):
            self.says(400, {"code": code, "message": f"The number {self.form['To']} is not valid", "status": 400})
        else:
            self.says(201, self.provider.take(self.form))

    def do_GET(self) -> None:
        """List what was taken, or say that all is well."""
        asked = urlsplit(self.path)
        if asked.path.endswith(f"/{ACCOUNT}.json"):
            self.provider.asked_how_it_does += 1
        if self.provider.misbehaves and not self.provider.only_for_messages:
            self.provider.misbehaves(self)
            return
        if asked.path.endswith("/Messages.json"):
            self.provider.looked_up += 1
            to = parse_qs(asked.query)["To"][0]
            found = [
                {"sid": f"SM{number:032}", "body": form["Body"], "to": to}
                for number, form in enumerate(self.provider.taken, 1)
                if form["To"] == to
            ]
            self.says(200, {"messages": found[::-1]})
            return
        self.says(200, {"sid": ACCOUNT, "status": "active"})
        self.provider.was_asked_how_it_does.set()

    def says(self, status: int, told: object, **headers: str) -> None:
        """Answer whole."""
        body = json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""

    def _is_ours(self) -> bool:
        right = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {right}" and f"/Accounts/{ACCOUNT}/" in self.path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 200

    def handle_error(self, *_args: object) -> None:
        """Whoever hung up has their reasons."""


@contextmanager
def provider(secured_by: ssl.SSLContext | None = None) -> Iterator[Provider]:
    """A provider that is up, and well until told otherwise."""
    ours = Provider()
    handler = type("AskedOfOurs", (Asked,), {"provider": ours})
    with _Server(("127.0.0.1", 0), handler) as server:
        ours.port = server.server_address[1]
        if secured_by:
            server.socket = secured_by.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        served = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        served.start()
        try:
            yield ours
        finally:
            server.shutdown()


# How it misbehaves.


def refuses(status: int, code: int = 0, **headers: str) -> Misbehave:
    """Answers with a status of trouble, and with a code of its own where there is one."""
    return lambda asked: asked.says(status, {"code": code} if code else "<html>trouble</html>", **headers)


def takes_it_and_says_nothing(asked: Asked) -> None:
    """The message is sent; the answer never comes."""
    asked.provider.take(asked.form)
    _wait_for_the_end(asked)


def hangs(asked: Asked) -> None:
    """Nothing is taken, nothing is said."""
    _wait_for_the_end(asked)


def takes_it_and_says_half(asked: Asked) -> None:
    """The first line and half a table, and then the line is cut."""
    asked.provider.take(asked.form)
    asked.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"sid": "SM00')
    asked.wfile.flush()
    asked.connection.shutdown(socket.SHUT_RDWR)
    asked.close_connection = True


def takes_it_and_hangs_up(asked: Asked) -> None:
    """The message is sent; the line is cut before a word of the answer."""
    asked.provider.take(asked.form)
    asked.connection.shutdown(socket.SHUT_RDWR)
    asked.close_connection = True


def answers_and_hangs_up_a_moment_later(asked: Asked) -> None:
    """The message is sent and answered; then the line ends, though nothing said that it would."""
    asked.says(201, asked.provider.take(asked.form))
    asked.close_connection = True


def hangs_up_on_a_kept_line(asked: Asked) -> None:
    """The first question on each line is answered; the next one is cut off unread."""
    if getattr(asked, "was_asked", False):
        asked.connection.shutdown(socket.SHUT_RDWR)
        asked.close_connection = True
        return
    asked.was_asked = True  # type: ignore[attr-defined]  # this line's own memory
    asked.says(201, asked.provider.take(asked.form))


def dribbles(asked: Asked) -> None:
    """A byte every twentieth of a second: each single wait is short, and the whole has no end that matters."""
    never = threading.Event()
    with suppress(OSError):
        asked.wfile.write(b"HTTP/1.1 201 Created\r\n")
        for _ in range(200):
            asked.wfile.write(b"x")
            asked.wfile.flush()
            never.wait(0.05)
    asked.close_connection = True


def _wait_for_the_end(asked: Asked) -> None:
    """Until whoever asked has hung up; never for ever, so that a broken guard fails and does not hang."""
    asked.connection.settimeout(5)
    with suppress(OSError):
        asked.connection.recv(1)
    asked.close_connection = True
