"""The backend: Django's SQLite, with BEGIN IMMEDIATE behind a fair lock."""

import threading
from collections import deque
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


_queues: dict[str, FairLock] = {}
_queues_guard = threading.Lock()


def _queue_for(name: str) -> FairLock:
    with _queues_guard:
        return _queues.setdefault(name, FairLock())


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; its transactions wait in the queue of their database file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds: FairLock | None = None

    def _start_transaction_under_autocommit(self) -> None:
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
