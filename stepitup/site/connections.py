"""Each thread keeps its database connection, and takes a new one when the database was away."""

import threading

from django.db import close_old_connections, connection

from stepitup.site.pulse import Pulse


class Connections:
    """A file that comes back may be another file: a connection from before would go on reading the old one."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._mine = threading.local()

    def renew(self) -> None:
        """By the thread that is about to use its connection."""
        now = self._pulse.recoveries
        if getattr(self._mine, "recoveries", now) != now:
            connection.close()
        self._mine.recoveries = now
        close_old_connections()
