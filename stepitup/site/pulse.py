"""The database's pulse: felt only after something went wrong, and then every second until it beats again.

A house without trouble is never asked. Whoever meets trouble says `doubt()`; a thread of its own tries the database
over a fresh connection. While it does not answer, the router shows the screen with the numbers at once, and takes no
thread for a press that would hang.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

PATIENCE = 0.8
TRY_AGAIN_AFTER = 1.0

log = logging.getLogger(__name__)


def touch_the_database() -> None:
    """Begin to write and read one row, over a fresh connection; what a press needs, and nothing is changed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations LIMIT 1")
            cursor.fetchone()
    finally:
        connection.close()


class Pulse:
    """Whether the database answers, as far as is known. Safe to ask from any thread."""

    def __init__(self, touch: Callable[[], None] = touch_the_database) -> None:
        self._touch = touch
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._well = True
        self._touching_since: float | None = None
        self.recoveries = 0
        self._thread = threading.Thread(target=self._feel, name="pulse", daemon=True)

    def start(self) -> None:
        """Be ready to be asked."""
        self._thread.start()

    def stop(self) -> None:
        """Feel no more."""
        self._stopping.set()
        self._wake.set()

    @property
    def is_well(self) -> bool:
        """Whether the database answers. A touch that hangs counts as no answer."""
        since = self._touching_since
        return self._well and (since is None or time.monotonic() - since < PATIENCE)

    def doubt(self) -> None:
        """Something went wrong that the database may be the cause of: feel."""
        if self._touching_since is None:
            self._touching_since = time.monotonic()
        self._wake.set()

    @property
    def is_being_felt(self) -> bool:
        """Whether the answer to a doubt is still awaited."""
        return self._touching_since is not None

    def _feel(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            while not self._stopping.is_set() and not self._answers():
                self._wake.wait(TRY_AGAIN_AFTER)
                self._wake.clear()

    def _answers(self) -> bool:
        self._touching_since = time.monotonic()
        try:
            self._touch()
        except Exception as trouble:  # noqa: BLE001  the rim: if this thread ends, the house stays in trouble for ever
            self._note(well=False)
            log.warning("the database does not answer (%s); trying again every second", type(trouble).__name__)
            return False
        self._note(well=True)
        return True

    def _note(self, *, well: bool) -> None:
        if well and not self._well:
            self.recoveries += 1
            log.warning("the database answers again")
        self._well = well
        self._touching_since = None
