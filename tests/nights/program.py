"""`python -m stepitup run`, to be started, stopped, killed and started again on the same folder and port."""

import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx

from tests.rooms.site_process import NO_TLS

PATIENCE = 30.0


@dataclass(frozen=True)
class Pressed:
    """A call that the house has confirmed."""

    id: str
    token: str


class Program:
    """One house. What it says goes to a file, so that no pipe ever fills up and holds it."""

    def __init__(self, environment: Mapping[str, str], data: Path, *, port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.address = f"http://localhost:{self.port}"
        self._environment = dict(environment)
        self._log = data / "what-it-said.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: object) -> None:
        """However the test went, no process is left behind."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def start(self) -> Self:
        """Start, and wait until it answers."""
        self.begin()
        return self.is_up()

    def is_up(self) -> Self:
        """Wait until it answers."""
        until(self._answers, what=f"the house did not answer: {self.said()}")
        return self

    def begin(self, *words: str) -> None:
        """Start, and wait for nothing."""
        command = [sys.executable, "-m", "stepitup", "run", "--port", str(self.port), "--data", str(self.data), *words]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """`kill -9`: no time to put anything down."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask it to stop, as a system does; for how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=PATIENCE)
        return time.monotonic() - began

    def gives_up(self) -> str:
        """It must end by itself, without success; what it said."""
        assert self.process.wait(timeout=PATIENCE) == 1, self.said()
        return self.said()

    def said(self) -> str:
        """Everything it said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process of the last start."""
        assert self._process is not None, "not started yet"
        return self._process

    def phone(self) -> "Phone":
        """A phone that was never here before."""
        return Phone(base_url=self.address, timeout=20, **NO_TLS)

    def line(self) -> socket.socket:
        """A bare line to it, for those who do not behave."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said()
        try:
            return httpx.get(f"{self.address}/healthz", timeout=1, **NO_TLS).status_code == 200
        except httpx.TransportError:
            return False


class Phone(httpx.Client):
    """Somebody with a phone, and a program on it that presses for them."""

    def presses(self, key: str = "") -> Pressed:
        """Press once, and be told that it counted."""
        answer = self.post("/api/v1/calls", headers={"Idempotency-Key": key or secrets.token_urlsafe(16)}, json={})
        assert answer.status_code == 201, answer.text
        return Pressed(answer.json()["id"], answer.json()["token"])

    def looks_at(self, call: Pressed) -> dict[str, Any]:
        """How the call stands."""
        answer = self.get(f"/api/v1/calls/{call.id}", headers=_bearer(call))
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def screen_of(self, call: Pressed) -> httpx.Response:
        """The caller's own screen."""
        return self.get("/call", headers={"cookie": f"__Host-call={call.token}"})

    def is_ready(self) -> bool:
        """Whether the house says that it can do its work."""
        return self.get("/readyz").status_code == 200


def until(comes_true: Callable[[], bool], *, what: str, within: float = PATIENCE) -> float:
    """Wait until it comes true; how many seconds that took. Fails with `what` otherwise."""
    began = time.monotonic()
    while not comes_true():
        assert time.monotonic() - began < within, what
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _bearer(call: Pressed) -> dict[str, str]:
    return {"Authorization": f"Bearer {call.token}"}
