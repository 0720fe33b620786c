"""A provider and a modem of our own, either behind the other: the second takes over, and replies come from both."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from stepitup.paging.carriers.modem_gammu import route
from stepitup.paging.carriers.modem_gammu.folders import Folders, key_in
from stepitup.paging.carriers.modem_gammu.route import ByModem
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.carriers.modem_gammu.tests.far_end import a_daemon, keys_sent
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import Provider, provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.text_twilio.tests.far_end import NIGHT, page_to
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")

SAM = "+15125550104"


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as there:
        yield there


@contextmanager
def a_modem_that_sends(place: Path) -> Iterator[None]:
    """What the daemon does with its files, without the daemon: these tests are about who takes over."""
    folders, ended = Folders(place), threading.Event()
    folders.make()

    def send() -> None:
        while not ended.wait(0.002):
            for path in folders.outbox.glob("OUT*"):
                with suppress(FileNotFoundError):
                    path.rename(folders.sent / path.name)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def waiting(place: Path) -> list[str]:
    return [key_in(path.name) for path in (place / "outbox").glob("OUT*")]


@pytest.mark.fault("500s for an hour")
def test_where_the_provider_is_down_the_modem_takes_over_at_once(ours: Provider) -> None:
    ours.misbehaves = peer.refuses(500)
    page = page_to(SAM)
    with a_daemon() as daemon:
        text = Text(ours.settings(), Modem(daemon.place), wall=lambda: NIGHT)
        assert text.send(page) == page.key
        assert keys_sent(daemon.place) == [page.key]


def test_where_the_modem_goes_first_the_provider_sees_nothing(ours: Provider, tmp_path: Path) -> None:
    with a_modem_that_sends(tmp_path):
        page = page_to(SAM)
        assert Text(Modem(tmp_path), ours.settings(), wall=lambda: NIGHT).send(page) == page.key
    assert ours.travelled == []


@pytest.mark.fault("hangs on read")
def test_a_modem_that_stays_silent_is_left_and_its_page_taken_back(
    ours: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ByModem, "too_long", 0.2)
    text = Text(Modem(tmp_path), ours.settings(), wall=lambda: NIGHT)
    began = time.monotonic()
    text.send(page_to(SAM))
    assert 0.2 <= time.monotonic() - began < 1.5
    assert len(ours.taken) == 1
    assert waiting(tmp_path) == [], "it does not go a second time when the modem wakes"
    again = time.monotonic()
    text.send(page_to(SAM))
    assert time.monotonic() - again < 0.2, "only the first page found it out"


@pytest.mark.fault("delivered twice")
def test_a_modem_that_is_back_goes_first_again(ours: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ByModem, "too_long", 0.1)
    hands = [0.0]
    text = Text(Modem(tmp_path), ours.settings(), wall=lambda: NIGHT, clock=lambda: hands[0])
    text.send(page_to(SAM))
    hands[0] = ByModem.ask_every
    with a_modem_that_sends(tmp_path):
        beside = page_to(SAM)
        text.send(beside)
        for thread in [one for one in threading.enumerate() if one.name == "is it well?"]:
            thread.join(timeout=2)
        assert keys_sent(tmp_path) == [beside.key], "this one went twice: nothing else can be asked of a modem"
        text.send(page_to(SAM))
    assert len(ours.taken) == 2


def test_a_modem_that_is_silent_still_is_not_taken_for_well(
    ours: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ByModem, "too_long", 0.1)
    monkeypatch.setattr(route, "_TRIED_FOR", 0.05)
    hands = [0.0]
    text = Text(Modem(tmp_path), ours.settings(), wall=lambda: NIGHT, clock=lambda: hands[0])
    text.send(page_to(SAM))
    hands[0] = ByModem.ask_every
    text.send(page_to(SAM))
    for thread in [one for one in threading.enumerate() if one.name == "is it well?"]:
        thread.join(timeout=2)
    assert not text._watched[0].health().is_well(hands[0])
    assert waiting(tmp_path) == []


@pytest.mark.fault("rate limited")
def test_a_modem_takes_few_at_once_and_whoever_comes_then_does_not_wait_for_it(
    ours: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ByModem, "at_once", 1)
    text = Text(Modem(tmp_path), ours.settings(), wall=lambda: NIGHT)
    first = threading.Thread(target=text.send, args=(page_to(SAM),))
    first.start()
    while not (tmp_path / "outbox").exists() or not waiting(tmp_path):
        time.sleep(0.002)
    began = time.monotonic()
    text.send(page_to(SAM))
    assert time.monotonic() - began < 1
    assert len(ours.taken) == 1
    with a_modem_that_sends(tmp_path):
        first.join()
    assert len(ours.taken) == 1, "the first stayed with the modem"


@pytest.mark.fault("number recycled to a stranger")
def test_a_number_that_said_stop_to_the_provider_gets_no_text_by_the_modem(ours: Provider, tmp_path: Path) -> None:
    ours.knows_nobody[SAM] = 21610
    with pytest.raises(CannotSend) as refused:
        Text(ours.settings(), Modem(tmp_path), wall=lambda: NIGHT).send(page_to(SAM))
    assert refused.value.then is Then.UNREACHABLE
    assert not (tmp_path / "outbox").exists()


def test_whoever_stands_behind_is_asked_and_nobody_is_written_to(ours: Provider, tmp_path: Path) -> None:
    with provider() as first, provider() as wrong:
        wrong.misbehaves, wrong.only_for_messages = peer.refuses(401, 20003), False
        text = Text(first.settings(), ours.settings(), wrong.settings(), Modem(tmp_path))
        at = "the provider at 127.0.0.1:"
        reserves = [(f"{at}{ours.port}", True), (f"{at}{wrong.port}", False), ("the modem", None)]
        assert text.reserves() == reserves
        assert first.taken == ours.taken == []


@pytest.mark.fault("wrong credentials")
def test_both_down_ends_in_words(ours: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ByModem, "too_long", 0.1)
    ours.misbehaves = peer.refuses(401, 20003)
    modem = Modem(tmp_path, doubtful=Text(ours.settings()).time_limit / 100)
    modem._silent.set()
    with pytest.raises(CannotSend) as refused:
        Text(modem, ours.settings(), wall=lambda: NIGHT).send(page_to(SAM))
    assert refused.value.then is Then.NEXT_WAY
    assert refused.value.why == "modem silent"
