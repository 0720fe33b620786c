"""Listens to a modem of one's own: looks into its inbox twice a second, for as long as the house lives."""

import logging
import threading

from django.db import connection

from stepitup.door.replies.by_modem import take_what_came
from stepitup.ground import clock
from stepitup.paging.carriers.modem_gammu.sender import Modem

_LOOK_EVERY = 0.5
_AFTER_TROUBLE = 5.0
_SWEEP_EVERY = 4  # looks: an answer holds a number and a link, and must not lie about

log = logging.getLogger(__name__)


class ModemEar:
    """One thread that hears what helpers write to the house's own number."""

    def __init__(self, modem: Modem) -> None:
        self._modem = modem
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="modem's ear", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more; what was not taken yet is taken after the next start."""
        self._stopping.set()
        self._thread.join(timeout=3)

    def _listen(self) -> None:
        looks, pause = 0, 0.0
        while not self._stopping.wait(pause):
            pause = self._look(sweep=looks % _SWEEP_EVERY == 0)
            looks += 1
        connection.close()

    def _look(self, *, sweep: bool) -> float:
        """Take what came; return for how many seconds one may sleep."""
        try:
            take_what_came(self._modem)
            if sweep:
                self._modem.sweep(clock.now())
        except Exception as trouble:  # noqa: BLE001  the rim: a deaf house would be worse, whatever this was
            # Without its text and its traceback: either may hold a number.
            log.warning("the modem's inbox cannot be worked through (%s); looking again", type(trouble).__name__)
        else:
            return _LOOK_EVERY
        connection.close()
        return _AFTER_TROUBLE
