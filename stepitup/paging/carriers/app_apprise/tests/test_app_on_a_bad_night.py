"""Another app on a night when its server is broken: the library says yes or no, and each no is the next way."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest

from stepitup.ground.team import AppSettings
from stepitup.paging.carriers.app_apprise.sender import App
from stepitup.paging.carriers.app_apprise.tests.far_end import app_at, page_to
from stepitup.paging.carriers.mail.tests.far_end import Certificates
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")

Mood = Callable[[BaseHTTPRequestHandler], None]
REFUSED = ("app refused it", Then.NEXT_WAY)
QUICK = 2.0


def says(status: int) -> Mood:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        asked.send_header("Content-Length", "0")
        asked.send_header("Retry-After", "3600")
        asked.end_headers()

    return answer


def says_half(asked: BaseHTTPRequestHandler) -> None:
    """The first words of a yes, and then the line is cut."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    asked.wfile.flush()
    asked.connection.shutdown(socket.SHUT_RDWR)


class Moody(ThreadingHTTPServer):
    """A server of an app that answers as it is told to."""

    daemon_threads = True

    def __init__(self, mood: Mood) -> None:
        self.mood, self.asked = mood, 0
        self.heard: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Asked)

    def handle_error(self, *_args: object) -> None:
        """A line that was cut is no news."""


class _Asked(BaseHTTPRequestHandler):
    server: Moody

    def do_POST(self) -> None:
        self.server.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += 1
        self.server.mood(self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def server(mood: Mood, *, secured_by: ssl.SSLContext | None = None) -> Iterator[Moody]:
    with Moody(mood) as moody:
        if secured_by:
            moody.socket = secured_by.wrap_socket(moody.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=moody.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield moody
        finally:
            moody.shutdown()


def refusal(app: App, address: str) -> tuple[str, Then]:
    """Send, and return why not; at once, because the next way waits for it."""
    began = time.monotonic()
    with pytest.raises(CannotSend) as refused:
        app.send(page_to(address))
    assert time.monotonic() - began < QUICK
    return refused.value.why, refused.value.then


def by(moody: Moody, scheme: str = "json") -> tuple[App, str]:
    port = int(moody.server_address[1])
    return app_at(port), f"{scheme}://127.0.0.1:{port}/hook"


@pytest.mark.fault("500s for an hour")
def test_a_server_that_is_broken_is_asked_once_and_used_again_when_it_is_well() -> None:
    with server(says(500)) as moody:
        app, address = by(moody)
        assert refusal(app, address) == REFUSED
        assert moody.asked == 1
        moody.mood = says(200)
        app.send(page_to(address))


@pytest.mark.fault("delivered twice")
def test_a_second_try_is_known_and_after_a_crash_brings_the_same_words_with_the_same_link() -> None:
    with server(says(200)) as moody:
        app, address = by(moody)
        page = page_to(address)
        app.send(page)
        app.send(page)
        assert moody.asked == 1
        by(moody)[0].send(page)  # another process, that knows nothing of the first
    assert len(moody.heard) == 2
    assert len({json.loads(body)["message"] for body in moody.heard}) == 1
    assert page.link in moody.heard[0].decode()


@pytest.mark.fault("rate limited")
def test_a_server_that_wants_an_hours_rest_is_left_for_the_next_way() -> None:
    with server(says(429)) as moody:
        assert refusal(*by(moody)) == REFUSED
        assert moody.asked == 1


@pytest.mark.fault("wrong credentials")
@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_holds_no_more_is_the_next_way(status: int) -> None:
    with server(says(status)) as moody:
        assert refusal(*by(moody)) == REFUSED


@pytest.mark.fault("half an answer")
def test_a_yes_that_breaks_off_does_not_count_as_one() -> None:
    with server(says_half) as moody:
        assert refusal(*by(moody)) == REFUSED


@pytest.mark.fault("TLS broken")
def test_a_server_with_a_strangers_certificate_gets_no_word(tmp_path: Path) -> None:
    with server(says(200), secured_by=Certificates(tmp_path).for_the_server()) as moody:
        assert refusal(*by(moody, "jsons")) == REFUSED
        assert moody.asked == 0


@pytest.mark.fault("DNS gone")
def test_a_name_that_nobody_finds_is_the_next_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_args: object, **_words: object) -> NoReturn:
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    app = App(AppSettings(), time_limit=timedelta(seconds=5))
    assert refusal(app, "json://app.example/hook") == REFUSED
