"""The sender: lays a message into the daemon's outbox and waits until it went, was refused, or time is up."""

import errno
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stepitup.paging.carriers.modem_gammu.folders import Folders, name_of
from stepitup.paging.carriers.modem_gammu.inbox import Arrived, Garbage, arrived
from stepitup.paging.carriers.text_twilio.words import in_one_text
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then, Words

# A modem sends one message after another, four seconds each or so: more of them waiting would only be out of time.
AT_ONCE = 4
_LOOK_EVERY = 0.05
# Behind an answer that goes out, nobody waits: it goes first, and its file has the same name in every try.
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST = frozenset({Words.PAGE, Words.COORDINATOR, NoticeWords.YOURS})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class Modem:
    """Text messages through `gammu-smsd` on this machine.

    What is handed over has left the modem: a daemon that hangs takes files and sends nothing, so the outbox alone
    proves nothing. What it has not sent in time is taken out again, so that no page arrives hours late.
    """

    name = "text"
    at_once = AT_ONCE
    takes_replies = True

    def __init__(
        self,
        place: Path,
        *,
        time_limit: timedelta = timedelta(seconds=30),
        doubtful: timedelta = timedelta(seconds=8),
    ) -> None:
        self.time_limit = time_limit
        self._folders = Folders(place)
        self._doubtful = min(doubtful, time_limit)
        self._silent = threading.Event()

    def send(self, page: Outgoing) -> str:
        """Send it, and return its key. Raises CannotSend."""
        return self.send_within(page, self.time_limit.total_seconds())

    def send_within(self, page: Outgoing, seconds: float) -> str:
        """The same within so many seconds. Raises CannotSend."""
        name = name_of(page.to, page.key, page.at, first=page.words in _FIRST)
        if name is None:
            raise CannotSend("number", Then.UNREACHABLE) from None
        try:
            self._send(name, page, seconds=seconds)
        except TimeoutError:
            raise CannotSend("modem silent", Then.NEXT_WAY) from None
        except OSError as trouble:
            # Without its text: it names a file, and the file is named by the number.
            raise CannotSend("disk full" if trouble.errno in _NO_ROOM else "modem folder", Then.NEXT_WAY) from None
        return page.key

    def answer(self, number: str, text: str, *, key: str) -> None:
        """Let something go back to a number that wrote to us, once for each key; nobody waits for it to leave.

        Raises OSError.
        """
        name = name_of(number, key, _ANY_DAY, first=True)
        if name is None:
            return
        self._folders.make()
        with self._folders.alone(until=time.monotonic() + self.time_limit.total_seconds()):
            if not self._is_known(name, key):
                self._folders.put(name, text)

    def arrived(self, now: datetime) -> Iterator[Arrived | Garbage]:
        """What came in, the oldest first. Raises OSError."""
        self._folders.make()
        return arrived(self._folders.inbox, now)

    def sweep(self, now: datetime) -> None:
        """Forget what has had its day. Raises OSError."""
        with self._folders.alone(until=time.monotonic() + self.time_limit.total_seconds()):
            self._folders.sweep(now)

    def _send(self, name: str, page: Outgoing, *, seconds: float) -> None:
        until = time.monotonic() + min(self._patience(), seconds)
        self._folders.make()
        with self._folders.alone(until=until):
            if not self._is_known(name, page.key):
                self._folders.put(name, in_one_text(page.text, page.link))
        while not self._went(name, page.key):
            if time.monotonic() >= until:
                self._give_up(name, page.key)
                return
            time.sleep(_LOOK_EVERY)
        self._silent.clear()

    def _patience(self) -> float:
        """A modem that was silent just now is not waited for as long again by each page that follows."""
        return (self._doubtful if self._silent.is_set() else self.time_limit).total_seconds()

    def _is_known(self, name: str, key: str) -> bool:
        # The daemon moves a file in one step from left to right: looked for in this order, it is never missed.
        ours = self._folders
        return any(path.exists() for path in (ours.outbox / name, ours.sent / name, ours.error / name, ours.done / key))

    def _went(self, name: str, key: str) -> bool:
        """Whether it left the modem. Raises CannotSend where the network refused it."""
        ours = self._folders
        if (ours.outbox / name).exists():
            return False
        ours.finish(name, key)
        if (ours.done / key).exists():
            return True
        with suppress(FileNotFoundError):
            (ours.error / name).unlink()
        self._silent.clear()
        raise CannotSend("modem refused it", Then.NEXT_WAY) from None

    def _give_up(self, name: str, key: str) -> None:
        """Take it back. Where it went at this very moment, it went."""
        try:
            (self._folders.outbox / name).unlink()
        except FileNotFoundError:
            if self._went(name, key):
                return
        self._silent.set()
        raise TimeoutError
