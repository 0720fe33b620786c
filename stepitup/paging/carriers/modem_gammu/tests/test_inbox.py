"""What comes in through the real daemon: replies, long ones, the network's word on ours, and rubbish."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stepitup.paging.carriers.modem_gammu.inbox import Arrived, Garbage, arrived, one_form
from stepitup.paging.carriers.modem_gammu.tests.far_end import NIGHT, Daemon, a_daemon, wait_for

SAM = "+15125550143"


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with a_daemon() as running:
        yield running


def came(daemon: Daemon, how_many: int = 1) -> list[Arrived]:
    inbox = daemon.place / "inbox"
    wait_for(lambda: len(list(arrived(inbox, datetime.now(UTC)))) == how_many)
    return [one for one in arrived(inbox, datetime.now(UTC)) if isinstance(one, Arrived)]


def test_a_reply_comes_with_its_number_and_its_words(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "1")
    (reply,) = came(daemon)
    assert (reply.number, reply.said, reply.is_report) == (SAM, "1", False)


def test_words_in_any_letters_come_as_they_were_typed(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "Sí, ahora mismo 👍")
    assert came(daemon)[0].said == "Sí, ahora mismo 👍"


def test_a_long_reply_in_three_parts_is_one(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "yes I can take it ", "but give me two minutes ", "to park")
    (reply,) = came(daemon)
    assert reply.said == "yes I can take it but give me two minutes to park"


def test_the_word_of_the_network_on_our_own_text_is_no_reply(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "Delivered", pdu="Status_Report")
    assert came(daemon)[0].is_report


def test_what_a_modem_hands_over_twice_is_one_reply(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "1")
    came(daemon)
    daemon.somebody_sends(SAM, "1")  # it could not delete it from the card
    daemon.somebody_sends(SAM, "1", at=NIGHT + timedelta(seconds=1))
    first, again, another = came(daemon, 3)
    assert first.id == again.id
    assert another.id != first.id


@pytest.mark.fault("clock skew in signatures")
def test_a_reply_counts_from_when_it_came_whatever_the_networks_clock_says(daemon: Daemon) -> None:
    daemon.somebody_sends(SAM, "1", at=datetime(1999, 1, 1, tzinfo=UTC))
    assert abs(came(daemon)[0].at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("+15125550143", SAM),
        ("15125550143", SAM),
        ("5125550143", SAM),
        ("(512) 555-0143", SAM),
        ("+34600123456", "+34600123456"),
        ("22000", "22000"),
        ("VERIZON", "VERIZON"),
        ("", ""),
    ],
)
def test_a_number_is_known_however_the_network_writes_it(written: str, meant: str) -> None:
    assert one_form(written) == meant


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\x00\xff\xfe" * 30,
        b"1",
        b"[SMSBackup000]\n",
        b'[SMSBackup000]\nPDU = Deliver\nNumber = "+1"\nCoding = Default\n',
        b"[SMSBackup000]\nPDU = Deliver\nDateTime = x\nNumber = a\nText00 = 00zz\n",
        b"[SMSBackup000\n= =\n" * 9,
        b"x" * 200_000,
    ],
)
def test_rubbish_is_waited_for_a_little_and_then_known_as_rubbish(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "IN20260301_030400_00_+15125550143_00.txt").write_bytes(rubbish)
    now = datetime.now(UTC)
    assert list(arrived(tmp_path, now)) == [], "it may be half written"
    assert [type(one) for one in arrived(tmp_path, now + timedelta(seconds=9))] == [Garbage]
