"""The other end of a notice: a push service on this machine (RFC 8030 over TLS), and browsers that open what came."""

import datetime as dt
import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from stepitup.ground.keys import new_id
from stepitup.ground.team import PushSettings, team
from stepitup.paging.carriers.mail.tests.far_end import Certificates
from stepitup.paging.carriers.push import identity
from stepitup.paging.carriers.push.sender import Push
from stepitup.paging.carriers.push.tests.browser import Browser, from_base64url
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import page_text

NAME = "push.example"
SETTINGS = PushSettings(contact="pages@lodge12.example")


HALF = 1  # the line is cut in the middle of the answer


@dataclass(frozen=True)
class Came:
    """One message as it came to the push service."""

    browser: str
    headers: dict[str, str]
    sealed: bytes


class Service(ThreadingHTTPServer):
    """Takes messages for browsers; `says` answers instead where a browser is named in it."""

    daemon_threads = True

    def __init__(self, certificates: Certificates) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.socket = certificates.for_the_server().wrap_socket(self.socket, server_side=True)
        self.came: list[Came] = []
        self.says: dict[str, int] = {}

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def endpoint(self, browser: str) -> str:
        """Where messages for this browser go."""
        return f"https://{NAME}:{self.port}/wp/{browser}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that was cut is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        sealed = self.rfile.read(int(self.headers["Content-Length"]))
        browser = self.path.removeprefix("/wp/")
        status = self.server.says.get(browser) or self._judge(sealed)
        if status == HALF:
            self.wfile.write(b"HTTP/1.1 201 Crea")
            return
        if status == 201:
            self.server.came.append(Came(browser, {name.lower(): said for name, said in self.headers.items()}, sealed))
        self.send_response(status)
        self.send_header("Location", "https://elsewhere.example/m/1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _judge(self, sealed: bytes) -> int:
        """As a push service judges: a lifetime, a coding, a signature of whoever the browser subscribed to."""
        if "TTL" not in self.headers or self.headers["Content-Encoding"] != "aes128gcm" or len(sealed) > 4096:
            return 400
        scheme, _, said = self.headers["Authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in said.split(","))
        if scheme != "vapid" or parts["k"] != identity.public_key():
            return 403
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(parts["k"]))
        try:
            told = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=f"https://{NAME}")
        except jwt.PyJWTError:
            return 403
        lasts = dt.datetime.fromtimestamp(told["exp"], tz=dt.UTC) - dt.datetime.now(dt.UTC)
        right = told["sub"] == f"mailto:{SETTINGS.contact}" and lasts < dt.timedelta(hours=24)
        return 201 if right else 403

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def push_service(certificates: Certificates) -> Iterator[Service]:
    """A real push service on a free port."""
    with Service(certificates) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()


class PushFarEnd:
    """Helpers' browsers, behind a push service."""

    def __init__(self, service: Service, certificates: Certificates) -> None:
        self.service = service
        self._certificates = certificates
        self._browsers: dict[str, Browser] = {}
        service.says["nobody"] = 410
        self.carrier = self.push()

    def push(self, *, limit: dt.timedelta = dt.timedelta(seconds=5), inside: bool = True) -> Push:
        """The carrier, with this machine for the whole net."""
        return Push(
            SETTINGS,
            time_limit=limit,
            trust=self._certificates.for_the_carrier(),
            resolve=lambda _host, _port: ["127.0.0.1"],
            inside=inside,
        )

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's browser."""
        return self.page_to(f"browser-{helper}", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to a browser that unsubscribed."""
        return self.page_to("nobody")

    def page_to(self, browser: str, *, helper: int = 4, endpoint: str = "") -> Outgoing:
        """A page to this browser."""
        keys = self._browsers.setdefault(browser, Browser())
        return page_to(keys.subscription(endpoint or self.service.endpoint(browser)), helper=helper)

    def contents(self) -> list[bytes]:
        """What the browsers opened."""
        return [self._browsers[one.browser].opens(one.sealed) for one in self.service.came]

    def seen(self) -> list[str]:
        """The notices on all screens: one for each place it leads to, as the browser's own script shows them."""
        told = {said["p"]: said for said in map(json.loads, self.contents())}
        house = team().public_url.rstrip("/")
        return [page_text(Words(said["w"]), f"{house}{said['p']}") for said in told.values()]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went, and what was sealed in it."""
        pairs = zip(self.service.came, self.contents(), strict=True)
        return [f"{one.headers} {told.decode()}" for one, told in pairs]

    def elsewhere(self, port: int, *, limit: dt.timedelta) -> Push:
        """The carrier, on a night on which something else stands at the service's address."""
        return _Elsewhere(self.push(limit=limit), was=self.service.port, now=port)

    @contextmanager
    def hanging(self, limit: dt.timedelta) -> Iterator[Push]:
        """A service that takes the line and says nothing."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            yield self.elsewhere(int(listening.getsockname()[1]), limit=limit)


class _Elsewhere(Push):
    """The carrier, on a night on which another service stands at the address."""

    def __init__(self, push: Push, *, was: int, now: int) -> None:
        self.__dict__.update(push.__dict__)
        self._was, self._now = str(was), str(now)

    def send(self, page: Outgoing) -> str:
        return super().send(_with(page, to=page.to.replace(self._was, self._now)))


def _with(page: Outgoing, *, to: str) -> Outgoing:
    return Outgoing(**{**page.__dict__, "to": to})


@contextmanager
def push_far_end() -> Iterator[PushFarEnd]:
    """The whole far end of notices."""
    with tempfile.TemporaryDirectory() as folder:
        certificates = Certificates(Path(folder), name_of_server=NAME)
        with push_service(certificates) as service:
            yield PushFarEnd(service, certificates)


def page_to(address: str, *, helper: int = 4) -> Outgoing:
    """A page on its way to this browser."""
    page = new_id()
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="push",
        to=address,
        words=Words.PAGE,
        text=page_text(Words.PAGE, link_to(page)),
        link=link_to(page),
        key=new_id().hex,
        at=dt.datetime(2026, 3, 1, 3, 4, tzinfo=dt.UTC),
    )
