"""One look at what changed, for all live streams together: in the hub's own thread, never in the loop."""

import logging
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from stepitup.calls import questions
from stepitup.calls.errors import NoSuchCall
from stepitup.ground import clock, heart

# A change is dated when its transaction begins and seen when it commits: look back further than one can last.
_LOOK_BACK = timedelta(seconds=15)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)

Whole = Mapping[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """What one look found. `is_watched` says whether a watch is alive; None when nobody looked."""

    versions: Mapping[UUID, int] = field(default_factory=dict)
    whole: Mapping[UUID, Whole] = field(default_factory=dict)
    is_watched: bool | None = None


class Look:
    """Reads for the hub. `describe` makes of a call what a program is told of it."""

    def __init__(self, describe: Callable[[UUID], Whole]) -> None:
        self._describe = describe

    def at(self, calls: Set[UUID], *, whole: Set[UUID]) -> Seen:
        """The versions of these calls, and all about those that are also in `whole`."""
        versions = dict(questions.changed_since(_EVER, among=calls))
        return Seen(versions, self._all_about(versions.keys() & whole))

    def at_all(self, ours: Set[UUID], *, whole: Set[UUID]) -> Seen:
        """The versions of those of ours that changed lately, and whether a watch is alive."""
        now = clock.now()
        lately = questions.changed_since(now - _LOOK_BACK)
        versions = {call: version for call, version in lately if call in ours}
        return Seen(versions, self._all_about(versions.keys() & whole), heart.is_beating(now))

    def _all_about(self, calls: Set[UUID]) -> dict[UUID, Whole]:
        described = {}
        for call in calls:
            try:
                described[call] = self._describe(call)
            except NoSuchCall:
                continue
            except DatabaseError:
                raise
            except Exception:  # the rim: a call that cannot be told must not silence all the others
                log.exception("a call could not be told to the programs that listen to it")
        return described
