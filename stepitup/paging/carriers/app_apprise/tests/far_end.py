"""The other end of another app: a server on this machine that takes messages as ntfy does, and as JSON."""

import datetime as dt
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from stepitup.ground.keys import new_id
from stepitup.ground.team import AppSettings
from stepitup.paging.carriers.app_apprise.sender import App
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import page_text

GENEROUS = dt.timedelta(seconds=15)


class Server(ThreadingHTTPServer):
    """Takes messages; a topic called `nobody` is forbidden, and `elsewhere` sends on to another address."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arrived: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.path)
        if "elsewhere" in self.path or b"elsewhere" in body:
            self.send_response(307)
            self.send_header("Location", "/sent-on")
            self.end_headers()
            return
        if b"nobody" in body or "nobody" in self.path:
            self.send_error(403)
            return
        self.server.heads.append(str(self.headers))
        self.server.arrived.append(json.loads(body))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def app_server() -> Iterator[Server]:
    """A real server on a free port."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes the line, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def app_at(port: int, *, limit: dt.timedelta = GENEROUS) -> App:
    """The carrier of a team whose own gateway this is."""
    return App(AppSettings(own_servers=f"127.0.0.1:{port}"), time_limit=limit)


class AppFarEnd:
    """Helpers' phones with ntfy on them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._port = server.port
        self.carrier = app_at(server.port)

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's topic."""
        return page_to(f"ntfy://127.0.0.1:{self._port}/topic-{helper}", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to a topic that is forbidden."""
        return page_to(f"ntfy://127.0.0.1:{self._port}/nobody")

    def seen(self) -> list[str]:
        """The texts on all phones."""
        return [one["message"] for one in self._server.arrived]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        pairs = zip(self._server.heads, self._server.arrived, strict=True)
        return [f"{head} {json.dumps(body)}" for head, body in pairs]

    @contextmanager
    def hanging(self, limit: dt.timedelta) -> Iterator[App]:
        """A server that takes the line and says nothing, in the place of the one that answers."""
        with silent_server() as port:
            yield _Elsewhere(limit=limit, port=port)


class _Elsewhere(App):
    """The carrier, on a night on which another server stands at the address."""

    def __init__(self, *, limit: dt.timedelta, port: int) -> None:
        super().__init__(AppSettings(own_servers=f"127.0.0.1:{port}"), time_limit=limit)
        self._port = port

    def send(self, page: Outgoing) -> str:
        return super().send(page_to(f"ntfy://127.0.0.1:{self._port}/topic-4", key=page.key))


@contextmanager
def app_far_end() -> Iterator[AppFarEnd]:
    """The whole far end of another app."""
    with app_server() as server:
        yield AppFarEnd(server)


def page_to(address: str, *, helper: int = 4, key: str = "") -> Outgoing:
    """A page on its way to this app."""
    page = new_id()
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="app",
        to=address,
        words=Words.PAGE,
        text=page_text(Words.PAGE, link_to(page)),
        link=link_to(page),
        key=key or new_id().hex,
        at=dt.datetime(2026, 3, 1, 3, 4, tzinfo=dt.UTC),
    )
