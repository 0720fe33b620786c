"""Slow bodies, endless heads, ten megabytes, ten thousand keys, all at once: presses are not delayed by any of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx

from stepitup.site.django_side import THREADS
from tests.nights.program import Program
from tests.nights.team import write_team
from tests.provision.databases import House

_FORM = {"content-type": "application/x-www-form-urlencoded"}
_MANY = 4 * THREADS


def test_presses_are_not_delayed_by_whoever_sends_slowly_or_too_much(house: House) -> None:
    with Program(house.environment, house.data) as program:
        write_team(house, port=program.port)
        with program.start().phone() as rosa, _slow_senders(program), _senders_of_too_much(program) as refusals:
            for _ in range(10):
                began = time.monotonic()
                rosa.presses()
                assert time.monotonic() - began < 2
            assert rosa.get("/").status_code == 200
        assert refusals
        assert set(refusals) == {413}


@contextmanager
def _slow_senders(program: Program) -> Iterator[None]:
    """More of them than there are threads; each has sent half of something and sends no more."""
    with ExitStack() as lines:
        for number in range(_MANY):
            line: socket.socket = lines.enter_context(program.line())
            line.sendall(b"POST /call HTTP/1.1\r\nhost: localhost\r\n")
            if number % 2:
                line.sendall(b"content-length: 50\r\n\r\nopening_key=")
        yield


@contextmanager
def _senders_of_too_much(program: Program) -> Iterator[list[int]]:
    """Two who send ten megabytes or ten thousand keys again and again; what they were told."""
    over, told = threading.Event(), list[int]()

    def send(what: bytes) -> None:
        with program.phone() as phone:
            while not over.is_set():
                try:
                    told.append(phone.post("/call", content=what, headers=_FORM).status_code)
                except httpx.TransportError:
                    continue  # cut off in the midst of its ten megabytes

    too_much = (b"x" * 10_000_000, "&".join(f"k{n}=" for n in range(10_000)).encode())
    senders = [threading.Thread(target=send, args=(what,), daemon=True) for what in too_much]
    for sender in senders:
        sender.start()
    yield told
    over.set()
    for sender in senders:
        sender.join()
