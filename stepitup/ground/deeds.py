"""A deed: one verb in one transaction, with the time read once.

Every action of every room takes `now` first and expects to stand inside a transaction. An entrance writes
`deed(calls.stand_down, call_id)`; actions use each other by plain calls with the same `now`.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from stepitup.ground import clock

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

# A deadlock, a serialization failure, a lock waited for too long: the other transaction went first, ours has changed
# nothing and may try again.
_WORTH_ANOTHER_TRY = frozenset({"40P01", "40001", "55P03"})
_TRIES = 5


def deed(verb: Callable[Concatenate[datetime, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `verb(now, *args, **kwargs)` in one transaction and return what it returns.

    Raises whatever the verb raises, after rolling back; a deadlock is tried again.
    """
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                return verb(clock.now(), *args, **kwargs)
        except OperationalError as trouble:
            if left == 0 or not _may_try_again(trouble):
                raise
            log.info("another deed went first; trying again")
    raise AssertionError("unreachable: the last try returns or raises")


def one_at_a_time(gate: int) -> None:
    """Wait until no other transaction holds this gate; hold it until commit.

    SQLite writes one transaction at a time anyway. On PostgreSQL an advisory lock makes "who is free to be paged?"
    and "page them" one step, so that two calls cannot both count on the same helper.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [gate])


def _may_try_again(trouble: OperationalError) -> bool:
    return getattr(trouble.__cause__, "sqlstate", None) in _WORTH_ANOTHER_TRY
