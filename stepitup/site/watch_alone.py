"""`stepitup watch`: only the watch, as one of several on PostgreSQL."""

import argparse
import signal
import sys
import threading
from types import FrameType

from django.conf import settings
from django.db import connection

from stepitup.ground.ear import Ear, conninfo_of
from stepitup.site.errors import OnlyWithPostgreSQL
from stepitup.watch.loop import Watch


def do(_options: argparse.Namespace) -> int:
    """Watch until stopped. Raises OnlyWithPostgreSQL."""
    if connection.vendor != "postgresql":
        raise OnlyWithPostgreSQL
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    ear, watch = Ear(conninfo_of(settings.DATABASES["default"])), Watch(alone=False)
    ear.start()
    watch.start()
    sys.stdout.write("Watching. Stop with Ctrl+C.\n")
    sys.stdout.flush()
    stopping.wait()
    watch.stop()
    ear.stop()
    return 0
