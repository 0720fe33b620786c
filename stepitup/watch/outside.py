"""Telling somebody outside that all went well. If they hear nothing they raise the alarm, also when this house burns.

An errand is done by a hand of its own, outside every transaction. It may fail: the next rehearsal that goes well brings
the next one, and whoever listens outside waits for longer than one.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from stepitup.drills.rehearsal import HEARTBEAT
from stepitup.ground import clock, timers
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.ground.timers import Claimed

LONGEST = 15.0  # after so many seconds the hand is written off, whatever the other side does
_LIMIT = 5.0
# A house that stood still in between does not say "all is well" of a minute long ago.
_WORTH_SAYING = timedelta(minutes=1)

log = logging.getLogger(__name__)


def tell_outside() -> None:
    """Ask for the address that the team wrote down. What comes back is not read, and the address is in no log."""
    ours = team().rehearsal
    if ours is None or not ours.heartbeat_url:
        return
    import httpx  # noqa: PLC0415  a tenth of each start, also of those whom nobody outside listens to

    try:
        with httpx.stream("GET", ours.heartbeat_url, timeout=_LIMIT, follow_redirects=False) as answer:
            if answer.status_code >= httpx.codes.BAD_REQUEST:
                log.warning("the heartbeat outside was answered with %d", answer.status_code)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        log.warning("the heartbeat outside did not get through: %s", type(trouble).__name__)


ERRANDS: Mapping[str, Callable[[], None]] = {HEARTBEAT: tell_outside}


def run(claimed: Claimed, *, holder: str) -> None:
    """Do the errand if it is still true, then let its timer go."""
    if clock.now() - claimed.due_at < _WORTH_SAYING:
        ERRANDS[claimed.kind]()
    deed(_done, claimed, holder)


def _done(_now: datetime, claimed: Claimed, holder: str) -> None:
    timers.done(claimed, holder=holder)
