"""Sending through the real daemon: what leaves the modem, what a bad night does to it, and what stays on the disk."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stepitup.paging.carriers.modem_gammu import sender
from stepitup.paging.carriers.modem_gammu.folders import Folders, name_of
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.carriers.modem_gammu.tests.far_end import (
    NIGHT,
    PATIENCE,
    Daemon,
    ModemFarEnd,
    a_daemon,
    keys_sent,
    page_to,
    wait_for,
)
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then, Words

SAM = "+15125550143"
SOON = timedelta(seconds=0.3)


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with a_daemon() as running:
        yield running


def refusal(modem: Modem, page: Outgoing) -> tuple[str, Then]:
    with pytest.raises(CannotSend) as refused:
        modem.send(page)
    assert refused.value.__suppress_context__, "a traceback would show the file, and the file's name the number"
    return refused.value.why, refused.value.then


def everything_below(place: Path) -> str:
    files = [path for path in place.rglob("*") if path.is_file()]
    return " ".join(f"{path.name} {path.read_bytes().decode('utf-16-be', 'replace')}" for path in files)


def test_what_is_handed_over_has_left_the_modem(daemon: Daemon) -> None:
    page = page_to(SAM)
    assert Modem(daemon.place).send(page) == page.key
    assert keys_sent(daemon.place) == [page.key]


def test_nothing_of_a_page_that_went_stays_on_the_disk(daemon: Daemon) -> None:
    page = page_to(SAM)
    Modem(daemon.place).send(page)
    left = everything_below(daemon.place)
    assert page.key in left
    assert not any(word in left for word in (SAM, "Can you", page.link))


@pytest.mark.fault("delivered twice")
def test_a_message_that_went_while_our_own_process_was_dead_is_not_sent_again(daemon: Daemon) -> None:
    page, modem = page_to(SAM), Modem(daemon.place)
    name = name_of(page.to, page.key, page.at, first=True)
    assert name
    Folders(daemon.place).put(name, page.text)  # and there the process was killed
    wait_for(lambda: keys_sent(daemon.place) == [page.key])
    modem.send(page)
    assert keys_sent(daemon.place) == [page.key]


@pytest.mark.parametrize(
    "number", ["", "5125550143", "+1 512 555 0143", "sam@fire.example", "+1512_555", "../../etc", "+0"]
)
def test_what_is_no_number_in_the_rosters_form_is_not_sent_to(tmp_path: Path, number: str) -> None:
    assert refusal(Modem(tmp_path), page_to(number)) == ("number", Then.UNREACHABLE)
    assert not list(tmp_path.rglob("*")), "no folder, no file"


def test_pages_go_before_words_that_can_wait(tmp_path: Path) -> None:
    page = name_of(SAM, "b", NIGHT, first=True)
    word = name_of(SAM, "a", NIGHT - timedelta(days=1), first=False)
    assert page
    assert word
    assert sorted([word, page]) == [page, word], "the daemon takes the first by name"


def test_pages_answers_and_the_link_to_a_seat_go_first_and_all_else_behind_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modem, laid = Modem(tmp_path), list[str]()
    monkeypatch.setattr(modem._folders, "put", lambda name, _text: laid.append(name[:4]))
    for words in (Words.PAGE, Words.COORDINATOR, NoticeWords.YOURS, Words.TEST, NoticeWords.HOUSE_IN_TROUBLE):
        with pytest.raises(CannotSend):
            modem.send(replace(page_to(SAM), words=words))
    modem.answer(SAM, "Thank you.", key="reply-1")
    assert laid == ["OUTA", "OUTA", "OUTA", "OUTM", "OUTM", "OUTA"]


@pytest.mark.parametrize("where", ["outbox", "sent", "error", "done"])
def test_what_lies_in_any_of_the_folders_is_not_laid_out_a_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    modem, page, laid = Modem(tmp_path, time_limit=timedelta(seconds=0.01)), page_to(SAM), list[str]()
    Folders(tmp_path).make()
    for key, at in ((page.key, page.at), ("reply-1", sender._ANY_DAY)):
        name = name_of(SAM, key, at, first=True)
        assert name
        (tmp_path / where / (key if where == "done" else name)).write_text("")
    monkeypatch.setattr(modem._folders, "put", lambda name, _text: laid.append(name))
    with suppress(CannotSend):
        modem.send(page)
    modem.answer(SAM, "Thank you.", key="reply-1")
    assert laid == []


# Bad nights.


@pytest.mark.fault("hangs on read")
def test_a_daemon_that_hangs_costs_its_limit_and_the_page_never_goes_late(daemon: Daemon) -> None:
    page = page_to(SAM)
    with daemon.hanging():
        began = time.monotonic()
        assert refusal(Modem(daemon.place, time_limit=SOON), page) == ("modem silent", Then.NEXT_WAY)
        assert time.monotonic() - began < PATIENCE
        assert not list((daemon.place / "outbox").iterdir()), "taken back: at breakfast nobody waits any more"


def test_what_goes_at_the_very_moment_at_which_it_is_given_up_went(tmp_path: Path) -> None:
    modem, page, folders = Modem(tmp_path), page_to(SAM), Folders(tmp_path)
    name = name_of(page.to, page.key, page.at, first=True)
    assert name
    folders.make()
    (folders.sent / name).write_text(page.text)
    modem._give_up(name, page.key)
    assert keys_sent(tmp_path) == [page.key]
    assert not modem._silent.is_set()


def test_after_one_silence_the_next_page_does_not_wait_as_long(tmp_path: Path) -> None:
    modem = Modem(tmp_path, time_limit=timedelta(seconds=0.6), doubtful=timedelta(seconds=0.1))
    took = []
    for _ in range(2):
        began = time.monotonic()
        refusal(modem, page_to(SAM))
        took.append(time.monotonic() - began)
    assert took[1] < 0.5 < took[0]


@pytest.mark.fault("500s for an hour")
def test_when_the_modem_is_back_it_has_its_whole_time_again(tmp_path: Path) -> None:
    daemon = Daemon(tmp_path / "modem")
    modem = Modem(daemon.place, time_limit=timedelta(seconds=PATIENCE), doubtful=SOON)
    modem._silent.set()
    threading.Timer(0.05, daemon.start).start()
    try:
        wait_for(lambda: daemon._process and _went(modem))
        assert not modem._silent.is_set()
    finally:
        daemon.stop()


def _went(modem: Modem) -> bool:
    try:
        modem.send(page_to(SAM))
    except CannotSend:
        return False
    return True


def test_a_full_disk_is_told_in_words_and_leaves_nothing_behind(tmp_path: Path) -> None:
    page = page_to(SAM)
    name = name_of(page.to, page.key, page.at, first=True)
    Folders(tmp_path).make()
    (tmp_path / "outbox" / f".{name}").symlink_to("/dev/full")
    assert refusal(Modem(tmp_path), page) == ("disk full", Then.NEXT_WAY)
    assert not list((tmp_path / "outbox").iterdir())


def test_a_folder_that_is_none_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "modem").write_text("a file")
    assert refusal(Modem(tmp_path / "modem"), page_to(SAM)) == ("modem folder", Then.NEXT_WAY)


@pytest.mark.fault("rate limited")
def test_what_the_network_refused_goes_the_next_way(tmp_path: Path) -> None:
    modem, page = Modem(tmp_path, time_limit=timedelta(seconds=PATIENCE)), page_to(SAM)
    threading.Thread(target=_refuse_the_first, args=(tmp_path,)).start()
    assert refusal(modem, page) == ("modem refused it", Then.NEXT_WAY)
    assert SAM not in everything_below(tmp_path)


@pytest.mark.fault("wrong credentials")
def test_a_card_that_may_not_send_costs_each_page_a_moment_and_nothing_stays_behind(tmp_path: Path) -> None:
    modem = Modem(tmp_path, time_limit=timedelta(seconds=PATIENCE))
    modem._silent.set()
    for _page in range(2):
        threading.Thread(target=_refuse_the_first, args=(tmp_path,)).start()
        assert refusal(modem, page_to(SAM)) == ("modem refused it", Then.NEXT_WAY)
    assert not modem._silent.is_set(), "it speaks: the next page has its whole time"
    assert not list((tmp_path / "error").iterdir())


def _refuse_the_first(place: Path) -> None:
    """What the daemon does with a message that the network would not take; its dummy phone takes everything."""
    wait_for(lambda: list((place / "outbox").glob("OUT*")) if (place / "outbox").exists() else None)
    for path in (place / "outbox").glob("OUT*"):
        path.rename(place / "error" / path.name)


def test_the_sweep_forgets_what_was_left_lying(tmp_path: Path) -> None:
    folders, tomorrow = Folders(tmp_path), datetime.now(UTC) + timedelta(days=2)
    folders.make()
    name = name_of(SAM, "k1", NIGHT, first=True)
    assert name
    (folders.sent / name).write_text("went while nobody looked")
    (folders.error / name).write_text("refused while nobody looked")
    folders.sweep(datetime.now(UTC))
    assert keys_sent(tmp_path) == ["k1"]
    assert "nobody looked" not in everything_below(folders.done)
    folders.sweep(tomorrow)
    assert not everything_below(tmp_path).replace("one-at-a-time", "").strip()


def test_an_answer_to_a_reply_goes_once_however_often_it_is_given(daemon: Daemon) -> None:
    modem = Modem(daemon.place)
    for _ in range(2):
        modem.answer(SAM, "Thank you.", key="reply-1")
        wait_for(lambda: keys_sent(daemon.place) == ["reply-1"])
    modem.answer("VERIZON", "Thank you.", key="reply-2")  # nobody to write to
    assert keys_sent(daemon.place) == ["reply-1"]


def test_a_notice_waits_behind_pages_and_is_sent_like_one(daemon: Daemon) -> None:
    notice = replace(page_to(SAM), words=Words.TEST)
    Modem(daemon.place).send(notice)
    assert keys_sent(daemon.place) == [notice.key]


def test_the_far_end_sees_the_text_as_it_was_written(daemon: Daemon) -> None:
    far_end = ModemFarEnd(daemon)
    far_end.carrier.send(replace(page_to(SAM), text="Sí — ¿puedes? 100 % Ω", link=""))
    assert far_end.seen() == ["Sí — ¿puedes? 100 % Ω"]
