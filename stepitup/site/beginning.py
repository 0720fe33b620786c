"""The first minutes: make the database ready, then begin to watch. A database that is still away is waited for."""

import logging
import threading
from collections.abc import Callable

from django.db import OperationalError, connection

from stepitup.site.pulse import Pulse
from stepitup.watch.loop import Watch

TRY_AGAIN_AFTER = 1.0

log = logging.getLogger(__name__)


class Beginning:
    """After a power cut we may be up before the database: the numbers are served meanwhile."""

    def __init__(self, prepare: Callable[[], None], *, pulse: Pulse, watch: Watch) -> None:
        self._prepare = prepare
        self._pulse = pulse
        self._watch = watch
        self._is_watching = False
        self._stopping = threading.Event()
        self._later = threading.Thread(target=self._begin_later, name="beginning", daemon=True)

    def begin(self) -> None:
        """Begin now if the database answers, else as soon as it does."""
        if not self._begun():
            log.warning("the database does not answer; serving the numbers until it does")
            self._later.start()

    def end(self) -> None:
        """Stop watching, or stop waiting for the database."""
        self._stopping.set()
        if self._later.is_alive():
            self._later.join(timeout=3)
        if self._is_watching:
            self._watch.stop()

    def _begin_later(self) -> None:
        while not self._stopping.wait(TRY_AGAIN_AFTER) and not self._begun_at_last():
            pass
        connection.close()

    def _begun_at_last(self) -> bool:
        try:
            return self._begun()
        except Exception:  # the rim: if this thread ends, nobody ever begins to watch, and presses page nobody
            log.exception("the database could not be made ready; trying again in a second")
            connection.close()
            return False

    def _begun(self) -> bool:
        try:
            self._prepare()
        except OperationalError:
            self._pulse.doubt()
            connection.close()
            return False
        self._watch.start()
        self._is_watching = True
        return True
