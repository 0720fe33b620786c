"""The team's own words, read again in this process when somebody changed them in another."""

import logging
import threading

from django.db import DatabaseError, connection

from stepitup.ground import bell, set_up
from stepitup.ground.errors import GroundTrouble

_LOOK_AGAIN_AFTER = 30.0  # the net under the bell

log = logging.getLogger(__name__)


class TeamWords:
    """A thread that waits for the bell. A database that is away leaves the words as they were."""

    def __init__(self) -> None:
        self._bell = bell.Waiter(set_up.BELL)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="team-words", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop within a moment."""
        self._stopping.set()
        self._bell.wake()
        self._thread.join(timeout=3)

    def _keep(self) -> None:
        with bell.hearing(self._bell.hear):
            while not self._stopping.is_set():
                try:
                    set_up.read_again()
                except (DatabaseError, GroundTrouble):
                    log.info("the team's words could not be read again; they stay as they were")
                    connection.close()
                self._bell.wait(_LOOK_AGAIN_AFTER)
        connection.close()
