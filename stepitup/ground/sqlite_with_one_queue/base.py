"""The backend: Django's SQLite, with BEGIN IMMEDIATE behind a fair lock."""

import sqlite3
import threading
from collections import deque
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class FairLock:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def acquire(self) -> None:
        """Wait for one's turn."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        """Hand the lock to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class CursorWrapper(base.SQLiteCursorWrapper):
    """Django's, which looks for the places of values in each statement: here each is looked through once."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The statement as SQLite's driver reads it."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _with_question_marks(query)


@lru_cache(maxsize=512)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


_queues: dict[str, FairLock] = {}
_queues_guard = threading.Lock()


def _queue_for(name: str) -> FairLock:
    with _queues_guard:
        return _queues.setdefault(name, FairLock())


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; its transactions wait in the queue of their database file.

    A file can be deleted or replaced while it is open: SQLite would go on reading and writing the old one, and every
    press that it confirms would be lost. So a connection whose file has gone is not used any more.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds: FairLock | None = None
        self._file: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, and note which file that was."""
        connected: sqlite3.Connection = super().get_new_connection(conn_params)
        self._file = self._file_there()
        return connected

    def create_cursor(self, name: str | None = None) -> CursorWrapper:
        """A cursor that knows its statements again."""
        del name  # SQLite has no cursors on the server's side
        cursor: CursorWrapper = self.connection.cursor(factory=CursorWrapper)
        return cursor

    def is_usable(self) -> bool:
        """Whether the file that this connection reads is still the one that is there."""
        return self._file == self._file_there()

    def _file_there(self) -> tuple[int, int] | None:
        with suppress(OSError):
            found = Path(self.settings_dict["NAME"]).stat()
            return found.st_dev, found.st_ino
        return None

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_usable():
            self.close()
            self.connect()
        queue = _queue_for(str(self.settings_dict["NAME"]))
        queue.acquire()
        self._holds = queue
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        # A commit that fails is followed by a rollback, which leaves the queue.
        super()._commit()  # type: ignore[misc]  # django-stubs leave out the private half of the wrapper
        self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # as above
        finally:
            self._leave_queue()

    def _leave_queue(self) -> None:
        held, self._holds = self._holds, None
        if held is not None:
            held.release()
