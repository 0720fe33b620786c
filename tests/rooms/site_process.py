"""The real program, started as a newcomer starts it, and asked over real HTTP."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import httpx

PATIENCE = 30.0


class Plain(TypedDict):
    """What is said to httpx for a line without TLS."""

    verify: bool
    trust_env: bool


# Our own machine speaks none. To read the world's certificates for each line anew takes longer than most questions.
NO_TLS: Plain = {"verify": False, "trust_env": False}


@dataclass(frozen=True)
class Running:
    """A running house: where it answers, and its process."""

    address: str
    port: int
    process: subprocess.Popen[str]
    data: Path

    def client(self, **headers: str) -> httpx.Client:
        """Somebody with a browser that keeps no cookies."""
        return httpx.Client(base_url=self.address, timeout=20, headers=headers, **NO_TLS)

    def stop(self) -> float:
        """Ask it to stop as a system does; how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)
        return time.monotonic() - began

    def raw(self) -> socket.socket:
        """A bare line to it, for those who do not behave."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


@contextmanager
def running(environment: Mapping[str, str], data: Path, *words: str) -> Iterator[Running]:
    """Start `stepitup run --demo` and wait until it answers; stop it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "stepitup", "run", "--demo", "--port", str(port), "--data", str(data), *words]
    process = subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    house = Running(f"http://localhost:{port}", port, process, data)
    try:
        _wait_until_it_answers(house)
        yield house
    finally:
        if process.poll() is None:
            house.stop()
        assert process.stdout is not None, "it is a pipe"
        process.stdout.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_until_it_answers(house: Running) -> None:
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        assert house.process.poll() is None, house.process.communicate()[0]
        try:
            httpx.get(f"{house.address}/healthz", timeout=1, **NO_TLS)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the house did not answer in time")


@dataclass(frozen=True)
class Caller:
    """Rosa, with the cookie of her call."""

    cookie: str

    @property
    def token(self) -> str:
        """The secret itself, as a program would hold it."""
        return self.cookie.partition("=")[2]


def press(client: httpx.Client) -> Caller:
    """Rosa presses once on the first screen."""
    key = re.search(r'name="opening_key" value="([^"]+)"', client.get("/").text)
    assert key, "the first screen has no press"
    answer = client.post("/call", data={"opening_key": key[1]})
    assert answer.status_code in {200, 302, 303}, answer.text
    kept = re.search(r"__Host-call=[^;]+", "; ".join(answer.headers.get_list("set-cookie")))
    assert kept, "no cookie for the call"
    return Caller(kept[0])


@contextmanager
def listening(house: Running, address: str, *, patience: float = 20, **headers: str) -> Iterator["Events"]:
    """Hold a live stream open."""
    wait = httpx.Timeout(10, read=patience)
    with httpx.Client(base_url=house.address, timeout=wait, **NO_TLS) as client:
        with client.stream("GET", address, headers=headers) as answer:
            yield Events(answer)


class Events:
    """What comes on a live stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()

    def next(self) -> tuple[int, dict[str, Any]]:
        """The next change: its version and what was told."""
        version, latest = -1, time.monotonic() + 10
        for line in self._lines:
            assert time.monotonic() < latest, "nothing but heartbeats came"
            if line.startswith("id: "):
                version = int(line.removeprefix("id: "))
            if line.startswith("data: ") and version >= 0:
                told: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return version, told
        raise AssertionError("the stream ended")

    def is_silent(self) -> bool:
        """Whether nothing but heartbeats comes for as long as the listener has patience."""
        try:
            for line in self._lines:
                if line.startswith("id: "):
                    return False
        except httpx.ReadTimeout:
            return True
        raise AssertionError("the stream ended")


def pause(process: int) -> None:
    """Let a process hang, as a machine without memory does."""
    os.kill(process, signal.SIGSTOP)


def resume(process: int) -> None:
    """Let it go on."""
    os.kill(process, signal.SIGCONT)
