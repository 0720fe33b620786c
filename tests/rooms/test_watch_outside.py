"""Whoever listens outside may hang, refuse or be gone: nobody in the house waits for them, and the next is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
import pytest
from pytest_django import Settings

from stepitup.drills.rehearsal import HEARTBEAT, THE_HOUSE
from stepitup.ground import bell, clock, heart, timers
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.team import RehearsalSettings, Team
from stepitup.watch import loop, outside
from tests.rooms.calls_house import hire_peers, press
from tests.rooms.watch_house import Carrier, soon, watching

pytestmark = pytest.mark.django_db(transaction=True)


class Somebody:
    """They take each line and never say a word, or have nobody at the door."""

    def __init__(self, listening: socket.socket) -> None:
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}/beat"
        self.lines: list[socket.socket] = []
        self._listening = listening

    def takes_a_line(self) -> bool:
        """Whether one more has come."""
        try:
            line, _ = self._listening.accept()
        except BlockingIOError:
            return False
        self.lines.append(line)
        return True


@contextmanager
def somebody() -> Iterator[Somebody]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        them = Somebody(listening)
        try:
            yield them
        finally:
            for line in them.lines:
                line.close()


def beat_is_due(now: datetime) -> None:
    timers.arm(HEARTBEAT, THE_HOUSE, now)
    bell.ring("timers", HEARTBEAT)


def test_one_who_hangs_delays_no_page_and_the_next_beat_has_a_hand_of_its_own(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "LONGEST", 0.4)
    monkeypatch.setattr(outside, "_LIMIT", 60.0)  # as with one who drips a letter a second
    monkeypatch.setattr(loop, "_CLERKS", 1)
    monkeypatch.setattr(loop, "_BEAT_EVERY", 0.05)
    monkeypatch.setattr(loop, "_RENEW_EVERY", 0.1)
    hire_peers(3)
    with watching(text := Carrier("text")), somebody() as them:
        settings.TEAM = Team(rehearsal=RehearsalSettings(5, them.address))
        deed(beat_is_due)
        soon(them.takes_a_line, what="nobody outside was asked")
        press()
        assert soon(lambda: len(text.took) == 3, what="pages wait for somebody outside") < 2
        before = clock.now()
        soon(lambda: (heart.last_beat() or before) > before, what="the only clerk waits for somebody outside")
        deed(beat_is_due)
        soon(them.takes_a_line, what="one hand that hangs holds up every beat to come")


def test_one_who_is_gone_costs_nothing_and_leaves_no_timer(settings: Settings) -> None:
    with somebody() as them:
        address = them.address
    settings.TEAM = Team(rehearsal=RehearsalSettings(5, address))
    with watching(Carrier("text")):
        deed(beat_is_due)
        soon(lambda: not Timer.objects.filter(kind=HEARTBEAT).exists(), what="the errand does not end")


# --- what is said to them, and what is heard of it -------------------------------------------------------------------


def tell(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, status: int, address: str = "http://a.example/b"
) -> list[str]:
    """Which addresses are asked where whoever listens answers so, and sends us elsewhere."""
    asked = list[str]()

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(status, headers={"location": "http://elsewhere.example/"})

    @contextmanager
    def stream(method: str, url: str, *, timeout: float, follow_redirects: bool) -> Iterator[httpx.Response]:
        assert 0 < timeout < outside.LONGEST, "the hand is not written off while the line is merely slow"
        with (
            httpx.Client(transport=httpx.MockTransport(answers)) as client,
            client.stream(method, url, follow_redirects=follow_redirects) as answer,
        ):
            yield answer

    monkeypatch.setattr(httpx, "stream", stream)
    settings.TEAM = Team(rehearsal=RehearsalSettings(5, address))
    outside.tell_outside()
    return asked


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("status", "says"), [(200, ""), (302, ""), (404, "answered with 404"), (500, "answered with 500")]
)
def test_a_no_is_logged_by_its_number_and_a_way_elsewhere_is_not_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, status: int, says: str
) -> None:
    assert tell(settings, monkeypatch, status) == ["http://a.example/b"]
    assert says in caplog.text
    assert bool(caplog.text) is bool(says)
    assert "a.example" not in caplog.text


@pytest.mark.only_on("sqlite")
def test_an_address_that_is_none_ends_in_words(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert tell(settings, monkeypatch, 200, "http://secret.example:beat/") == []
    assert "did not get through: InvalidURL" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.only_on("sqlite")
def test_where_nobody_listens_outside_nothing_is_said(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    for rehearsal in (None, RehearsalSettings(5, "")):
        settings.TEAM = Team(rehearsal=rehearsal)
        outside.tell_outside()
    assert caplog.text == ""
