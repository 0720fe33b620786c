"""A whole night by a modem of one's own: the page goes, the answer comes, the link goes back. The daemon is real."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from stepitup.calls.life import CallState
from stepitup.door.replies import by_modem
from stepitup.door.replies.by_modem import take_what_came
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.seal import seal
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.carriers.modem_gammu.tests.far_end import Daemon, ModemFarEnd, a_daemon, wait_for
from stepitup.paging.models import Attempt
from stepitup.paging.questions import prepare
from stepitup.paging.sending import hand_over
from stepitup.roster.models import Way
from stepitup.roster.reading import ADDRESS
from stepitup.site.modem_ear import ModemEar
from tests.rooms.calls_house import NIGHT, hire, life_of, press

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

SAM = "+15125550143"


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with a_daemon() as running:
        yield running


@pytest.fixture
def phone(daemon: Daemon) -> Iterator[ModemFarEnd]:
    """Sam's phone, at the other end of this house's modem."""
    far_end = ModemFarEnd(daemon)
    with clock.use(HandClock(NIGHT)), carriers.use(far_end.carrier):
        yield far_end


def sam_is_paged() -> UUID:
    hire("Sam")
    Way.objects.update(address_sealed=seal(ADDRESS, SAM))
    call = press()
    (attempt,) = Attempt.objects.all()
    (page,) = prepare([attempt.pk])
    outcome = hand_over(page)
    assert outcome.then is None, outcome.why
    deed(paging.record, attempt.pk, outcome)
    return call.id


def replies(daemon: Daemon, phone: ModemFarEnd, *said: str, number: str = SAM) -> None:
    """This is typed and sent, travels through the daemon, and is taken."""
    daemon.somebody_sends(number, *said)
    wait_for(lambda: take_what_came(phone.carrier))
    assert not list((daemon.place / "inbox").iterdir()), "nothing that anybody wrote stays on the disk"


def last_text(phone: ModemFarEnd) -> str:
    """The newest text on Sam's phone. Answers leave by themselves: what went is looked at when the house sweeps."""

    def came() -> bool:
        phone.carrier.sweep(clock.now())
        return len(phone.seen()) > 1

    wait_for(came)
    return phone.seen()[-1]


def test_sam_replies_1_and_gets_the_link_to_his_seat(daemon: Daemon, phone: ModemFarEnd) -> None:
    call = sam_is_paged()
    replies(daemon, phone, "1")
    assert life_of(call).state is CallState.ACKNOWLEDGED
    assert "/s/" in last_text(phone)


def test_a_long_no_in_two_parts_is_one_no(daemon: Daemon, phone: ModemFarEnd) -> None:
    call = sam_is_paged()
    replies(daemon, phone, "No, I am with my kids and ", "cannot talk tonight")
    assert life_of(call).state is CallState.WAITING
    assert last_text(phone).startswith("Thank you for saying so")


@pytest.mark.fault("number recycled to a stranger")
def test_a_stranger_learns_nothing(daemon: Daemon, phone: ModemFarEnd) -> None:
    call = sam_is_paged()
    replies(daemon, phone, "who is this?", number="+15125550199")
    phone.carrier.sweep(clock.now())
    assert life_of(call).state is CallState.WAITING
    assert len(phone.seen()) == 1, "only Sam's page"


def test_the_networks_own_word_is_no_answer(daemon: Daemon, phone: ModemFarEnd) -> None:
    call = sam_is_paged()
    daemon.somebody_sends(SAM, "1", pdu="Status_Report")
    wait_for(lambda: take_what_came(phone.carrier))
    assert life_of(call).state is CallState.WAITING


@pytest.mark.fault("accepted and never delivered")
@pytest.mark.parametrize(
    ("word", "note", "state"),
    [("Delivered", "arrived", "handed over"), ("Failed", "not arrived", "failed"), ("Pending", "", "handed over")],
)
def test_what_the_network_says_is_noted_with_the_page(
    daemon: Daemon, phone: ModemFarEnd, word: str, note: str, state: str
) -> None:
    sam_is_paged()
    daemon.somebody_sends(SAM, word, pdu="Status_Report")
    wait_for(lambda: take_what_came(phone.carrier))
    attempt = Attempt.objects.get()
    assert (attempt.note, attempt.state) == (note, state)


def test_killed_after_the_deed_and_before_the_answer_it_answers_the_same_once(
    daemon: Daemon, phone: ModemFarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = sam_is_paged()
    daemon.somebody_sends(SAM, "1")
    with monkeypatch.context() as cut:
        cut.setattr(phone.carrier, "answer", _cut)
        wait_for(lambda: _breaks(phone))
    assert life_of(call).state is CallState.ACKNOWLEDGED
    assert take_what_came(phone.carrier) == 1, "the file is still there"
    assert "/s/" in last_text(phone)


def test_while_the_database_is_away_the_reply_waits(
    daemon: Daemon, phone: ModemFarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = sam_is_paged()
    daemon.somebody_sends(SAM, "1")
    with monkeypatch.context() as away:
        away.setattr(by_modem, "deed", _away)
        wait_for(lambda: _breaks(phone))
    assert life_of(call).state is CallState.WAITING
    assert take_what_came(phone.carrier) == 1
    assert life_of(call).state is CallState.ACKNOWLEDGED


def test_rubbish_is_dropped_and_nothing_of_it_is_logged(
    daemon: Daemon, phone: ModemFarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    (daemon.place / "inbox" / f"IN20260301_030400_00_{SAM}_00.txt").write_bytes(b"secret words of a stranger")
    with clock.use(HandClock(clock.now() + timedelta(days=3650))):
        assert take_what_came(phone.carrier) == 0
    assert not list((daemon.place / "inbox").iterdir())
    said = " ".join(line.getMessage() for line in caplog.records)
    assert "no message" in said
    assert not any(word in said for word in ("secret", SAM, "IN2026"))


@pytest.mark.django_db(transaction=True)
def test_the_ear_hears_and_goes_on_hearing_after_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Semaphore(0)
    troubles = [OSError("the disk"), DatabaseError("away"), ValueError("+15125550143")]

    def look(_modem: object) -> int:
        looked.release()
        if troubles:
            raise troubles.pop()
        return 0

    monkeypatch.setattr("stepitup.site.modem_ear.take_what_came", look)
    monkeypatch.setattr("stepitup.site.modem_ear._AFTER_TROUBLE", 0.01)
    carriers._modem.cache_clear()
    ear = ModemEar(carriers._modem(tmp_path))
    ear.start()
    for _ in range(4):
        assert looked.acquire(timeout=5)
    ear.stop()


def test_trouble_is_logged_without_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def look(_modem: object) -> int:
        raise ValueError(SAM)

    monkeypatch.setattr("stepitup.site.modem_ear.take_what_came", look)
    ear = ModemEar(carriers._modem(tmp_path))
    assert ear._look(sweep=False) > 1
    assert "ValueError" in caplog.text
    assert SAM not in caplog.text
    connection.close()


def _breaks(phone: ModemFarEnd) -> bool:
    try:
        take_what_came(phone.carrier)
    except (DatabaseError, OSError):
        return True
    return False


def _cut(*_words: object, **_more: object) -> None:
    raise OSError("killed here")


def _away(*_words: object) -> None:
    raise DatabaseError("away")
