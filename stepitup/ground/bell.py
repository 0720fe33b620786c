"""The bell: whoever changed something rings after commit; whoever waits wakes and reads again.

It carries topic and id only, never a fact. In one process it is a function call; between processes PostgreSQL's
LISTEN/NOTIFY. A bell may be missed (a listener restarts), so every listener also looks again every second or two.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction

Hear = Callable[[str, str], None]

log = logging.getLogger(__name__)

CHANNEL = "stepitup_bell"
_listeners: set[Hear] = set()
_guard = threading.Lock()


def ring(topic: str, about: object) -> None:
    """Tell every listener, once this transaction is committed, that `about` has changed."""
    ring_all(topic, [about])


def ring_all(topic: str, about: Iterable[object]) -> None:
    """`ring` for several, in one statement."""
    rings = [f"{topic} {one}" for one in about]
    # At once, because PostgreSQL itself keeps it back until the commit, and drops it where there is none.
    if rings and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, said) FROM unnest(%s::text[]) AS said", [CHANNEL, rings])
    for ringing in rings:
        transaction.on_commit(partial(tell, *ringing.split(" ", 1)))


@contextmanager
def hearing(hear: Hear) -> Iterator[None]:
    """Be told of every ring while inside. `hear(topic, id)` runs in the ringer's thread: it must be quick."""
    with _guard:
        _listeners.add(hear)
    try:
        yield
    finally:
        with _guard:
            _listeners.discard(hear)


class Waiter:
    """For a thread that sleeps until the bell rings for one of its topics."""

    def __init__(self, *topics: str) -> None:
        self._topics = frozenset(topics)
        self._rung = threading.Event()

    def hear(self, topic: str, _about: str) -> None:
        """Wake if it is one of ours."""
        if topic in self._topics:
            self._rung.set()

    def wake(self) -> None:
        """Wake now."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Sleep until a ring, or so many seconds."""
        self._rung.wait(max(seconds, 0))
        self._rung.clear()


def tell(topic: str, about: str) -> None:
    """Tell every listener of this process. For `ring`, and for whoever heard another process ring."""
    with _guard:
        listeners = tuple(_listeners)
    for hear in listeners:
        try:
            hear(topic, about)
        except Exception:  # the rim: whoever rang has committed, and the others want to hear it too
            log.exception("somebody who listens to the bell broke")
