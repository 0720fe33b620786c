"""A test page was answered: no call is behind it, and a way of reaching somebody counts from now on."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from stepitup.paging import tests_of_ways
from stepitup.paging.facts import WayTried
from stepitup.roster import actions as roster
from stepitup.roster.errors import NoSuchWay


def it_reached_me(now: datetime, page_id: UUID) -> WayTried | None:
    """The test was answered, by its link, by text or by key, and whatever was answered: its way works.

    Returns what became of the test where this is its first answer; None for a second one, or when the test is over.
    """
    tried = tests_of_ways.it_reached_me(now, page_id)
    if tried is None:
        return None
    with suppress(NoSuchWay):  # taken off the roster while the test was out: nothing is left to confirm
        roster.mark_reachable(now, tried.way)
    return tried
