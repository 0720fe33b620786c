"""The other end of the modem: the real gammu-smsd with its own dummy phone, and the helpers' phones as files."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stepitup.ground.keys import new_id
from stepitup.paging.carriers.modem_gammu.folders import Folders, key_in
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import page_text
from tests.provision.folders import throwaway_folder
from tests.provision.gammu import Program, program

PATIENCE = 10.0
NIGHT = dt.datetime(2026, 3, 1, 3, 4, tzinfo=dt.UTC)

# As docs/modem.md writes it, but for the phone, and in more of a hurry.
_CONFIGURATION = """\
[gammu]
model = dummy
connection = none
device = {phone}
gammuloc = /dev/null

[smsd]
service = files
commtimeout = 0
loopsleep = 0
receivefrequency = 1
statusfrequency = 0
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
deliveryreport = sms
inboxformat = detail
inboxpath = {place}/inbox/
outboxpath = {place}/outbox/
sentsmspath = {place}/sent/
errorsmspath = {place}/error/
"""
_ARRIVES = """\
[SMSBackup000]
SMSC = "+12025550100"
PDU = {pdu}
DateTime = {at:%Y%m%dT%H%M%S}
State = UnRead
Number = "{number}"
Name = ""
Text00 = {text}
Coding = Unicode
Folder = 1
Length = {length}
Class = -1
ReplySMSC = False
RejectDuplicates = False
ReplaceMessage = 0
MessageReference = 0
"""


class Daemon:
    """A running gammu-smsd, and what the network of its dummy phone took."""

    def __init__(self, place: Path, *, configuration: str = _CONFIGURATION) -> None:
        self.place = place
        self._phone = place.parent / f"{place.name}-phone"
        self._phone.mkdir(exist_ok=True)
        Folders(place).make()
        self._file = self._phone / "smsdrc"
        self._file.write_text(configuration.format(place=place, phone=self._phone))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is there when it has made its phone's folders."""
        daemon: Program = program()
        self._process = subprocess.Popen(
            [str(daemon.path), "--config", str(self._file)],
            env={**os.environ, **daemon.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for((self._phone / "sms" / "1").exists)

    def stop(self) -> None:
        """Stop it, also where it hangs."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGCONT)
        self._process.kill()
        self._process.wait()
        self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It is alive and does nothing: a modem pulled out, a network gone, a driver stuck."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def somebody_sends(self, number: str, *parts: str, at: dt.datetime = NIGHT, pdu: str = "Deliver") -> None:
        """A text arrives at the phone, in one part or several; or (`Status_Report`) what the network says of ours."""
        sections = [
            _ARRIVES.format(pdu=pdu, at=at, number=number, text=part.encode("utf-16-be").hex(), length=len(part))
            for part in parts
        ]
        inbox = self._phone / "sms" / "1"
        free = next(place for place in range(1, 99) if not (inbox / str(place)).exists())
        half = inbox / f".{free}"
        half.write_text("\n".join(one.replace("000]", f"{n:03}]") for n, one in enumerate(sections)))
        half.rename(inbox / str(free))


def wait_for(done: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Look until it is so. A daemon tells nobody when it is done."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "the daemon did not do it in time"
        time.sleep(0.02)


class ModemFarEnd:
    """The helpers' phones: what the real daemon sent, read where it put what it has sent."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self.carrier = _Seeing(daemon.place, time_limit=dt.timedelta(seconds=PATIENCE))

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's phone."""
        return page_to(f"+1512555{helper:04}", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to something that is no number."""
        return page_to("next door", helper=4)

    def seen(self) -> list[str]:
        """The texts on all phones."""
        return [text for _name, text in self.carrier.went]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        return [f"{name} {text}" for name, text in self.carrier.went]

    @contextmanager
    def hanging(self, limit: dt.timedelta) -> Iterator[Modem]:
        """A daemon that is alive and does nothing."""
        with self._daemon.hanging():
            yield Modem(self._daemon.place, time_limit=limit)


class _Folders(Folders):
    """Looks at what the daemon has sent in the moment before it is forgotten."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.went: list[tuple[str, str]] = []
        self._guard = threading.Lock()

    def finish(self, name: str, key: str) -> None:
        with self._guard, suppress(FileNotFoundError):  # two workers may look at one message
            text = (self.sent / name).read_bytes().decode("utf-16")
            super().finish(name, key)
            if text:
                self.went.append((name, text))


class _Seeing(Modem):
    """The carrier as it is, and a list of what its phone company took."""

    def __init__(self, place: Path, *, time_limit: dt.timedelta) -> None:
        super().__init__(place, time_limit=time_limit)
        seeing = _Folders(place)
        self._folders, self.went = seeing, seeing.went


@contextmanager
def a_daemon() -> Iterator[Daemon]:
    """A daemon of its own in folders of its own."""
    folder = throwaway_folder("modem")
    daemon = Daemon(folder / "modem")
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def modem_far_end() -> Iterator[ModemFarEnd]:
    """The whole far end of the modem."""
    with a_daemon() as daemon:
        yield ModemFarEnd(daemon)


def page_to(number: str, *, helper: int = 4) -> Outgoing:
    """A page on its way to this number."""
    page = new_id()
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="text",
        to=number,
        words=Words.PAGE,
        text=page_text(Words.PAGE, link_to(page), takes_replies=True),
        link=link_to(page),
        key=new_id().hex,
        at=NIGHT,
    )


def keys_sent(place: Path) -> list[str]:
    """The keys of what went, also where nobody has looked yet."""
    folders = Folders(place)
    return sorted(
        [key_in(path.name) for path in folders.sent.iterdir()] + [path.name for path in folders.done.iterdir()]
    )
