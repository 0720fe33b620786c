"""On SQLite one process serves a data folder, and a second is refused in words."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepitup.site.errors import AlreadyRunning


@contextmanager
def the_only_one(data: Path) -> Iterator[None]:
    """Hold the data folder while inside. Raises AlreadyRunning. The lock ends with the process, however it ends."""
    with (data / "one-process-at-a-time").open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise AlreadyRunning(data) from taken
        yield
