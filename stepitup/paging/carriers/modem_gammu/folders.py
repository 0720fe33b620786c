"""The folders between this house and the daemon, and a message's one name in all of them.

outbox   what is to be sent; the daemon takes the first by name
sent     what the network took      error   what it refused
inbox    what came in
done     a name for each message that went, without number or text, so that a second try is known
"""

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDERS = ("outbox", "sent", "error", "inbox", "done")
_KEPT = timedelta(days=1)
_LOOK_EVERY = 0.02
# Both stand in a file's name, so nothing that a path would be read from may pass.
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_KEY = re.compile(r"[0-9A-Za-z-]{1,40}")


class Folders:
    """The folders below one place. Everything here raises OSError where the disk will not."""

    def __init__(self, place: Path) -> None:
        self.outbox, self.sent, self.error, self.inbox, self.done = (place / name for name in FOLDERS)
        self._place = place

    def make(self) -> None:
        """Make what is missing, for the owner alone: numbers pass through here."""
        for folder in (self._place, self.outbox, self.sent, self.error, self.inbox, self.done):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, name: str, text: str) -> None:
        """Lay a whole message into the outbox; the daemon never sees half of one."""
        half = self.outbox / f".{name}"
        try:
            # UTF-16 with its mark, the one form that the daemon reads the same under every locale.
            half.write_bytes(f"\ufeff{text}".encode("utf-16-be"))
            half.rename(self.outbox / name)
        except OSError:
            with suppress(OSError):
                half.unlink()
            raise

    def finish(self, name: str, key: str) -> None:
        """A message that went: keep its key, and neither the number in its name nor its text."""
        went = self.done / key
        with suppress(FileNotFoundError):
            (self.sent / name).rename(went)
            os.truncate(went, 0)

    def sweep(self, now: datetime) -> None:
        """Finish what went while nobody looked, drop what lay an hour to no end, forget what went yesterday."""
        for path in self.sent.iterdir():
            self.finish(path.name, key_in(path.name))
        for path in (*self.error.iterdir(), *self.outbox.iterdir(), *self.inbox.iterdir()):
            if _age(path, now) > timedelta(hours=1):
                path.unlink(missing_ok=True)
        for path in self.done.iterdir():
            if _age(path, now) > _KEPT:
                path.unlink(missing_ok=True)

    @contextmanager
    def alone(self, *, until: float) -> Iterator[None]:
        """Nobody else of ours moves a file meanwhile. Raises TimeoutError at `until`, by the monotonic clock."""
        with (self._place / "one-at-a-time").open("w", encoding="ascii") as gate:
            while True:
                try:
                    fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise TimeoutError from None
                    time.sleep(_LOOK_EVERY)
            yield


def name_of(number: str, key: str, at: datetime, *, first: bool) -> str | None:
    """The file name by which the daemon knows where a message goes and which goes first; None for no number."""
    if not (_NUMBER.fullmatch(number) and _KEY.fullmatch(key)):
        return None
    rank = "A" if first else "M"
    return f"OUT{rank}{at.astimezone(UTC):%Y%m%d_%H%M%S}_00_{number}_{key}.txtd"


def key_in(name: str) -> str:
    """The key in a file name of ours."""
    return name.rpartition("_")[2].partition(".")[0] or "unknown"


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return timedelta(0)
