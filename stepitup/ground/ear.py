"""The ear: hears what other processes ring, by PostgreSQL's NOTIFY. A house whose database is a file never opens it."""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from stepitup.ground.bell import CHANNEL, tell

log = logging.getLogger(__name__)


def conninfo_of(settings: Mapping[str, Any]) -> str:
    """The PostgreSQL of these settings as one line, for the bell's own connection."""
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{word: settings[name] for word, name in named.items() if settings[name]})


class Ear:
    """Hears what other processes ring, on a PostgreSQL connection of its own; reconnects for as long as it lives."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="ear", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop within a second."""
        self._stop.set()
        self._thread.join(timeout=3)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self._hear_until_stopped()
            except psycopg.Error:
                log.warning("the bell's connection broke; listening again in a second")
                time.sleep(1)

    def _hear_until_stopped(self) -> None:
        # A line that died without a word would leave the ear deaf for hours: the system asks after seconds of silence.
        with psycopg.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=2,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
        ) as line:
            line.execute(f"LISTEN {CHANNEL}")
            while not self._stop.is_set():
                for note in line.notifies(timeout=0.5):
                    topic, _, about = note.payload.partition(" ")
                    tell(topic, about)
