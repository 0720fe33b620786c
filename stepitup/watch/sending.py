"""Sending one page: ask once more whether it may go, hand it to its carrier, note what came of it.

Three parts, because only the middle one may take long, and it must not hold a transaction or a connection meanwhile.
"""

from datetime import datetime

from stepitup.calls import actions as calls
from stepitup.calls import questions
from stepitup.ground import clock, timers
from stepitup.ground.deeds import deed
from stepitup.ground.timers import Claimed
from stepitup.paging import actions as paging
from stepitup.paging.errors import AttemptForgotten
from stepitup.paging.facts import Outcome, Outgoing, StandingState
from stepitup.paging.questions import prepare
from stepitup.roster import actions as roster


def make_ready(claimed: Claimed, *, holder: str) -> Outgoing | None:
    """What to hand to the carrier; None when the page is over, or its helper may not be paged any more."""
    page = prepare(int(claimed.subject))
    if page is not None and questions.may_still_go(clock.now(), page.page):
        return page
    deed(_drop, claimed, holder, page)
    return None


def note(claimed: Claimed, outcome: Outcome, *, holder: str) -> None:
    """Record what came of it; if no way to this helper is left, the next helper is asked in the same transaction."""
    deed(_note, claimed, outcome, holder)


def _drop(now: datetime, claimed: Claimed, holder: str, page: Outgoing | None) -> None:
    if page is not None:
        calls.page_fell_through(now, page.page)
    timers.done(claimed, holder=holder)


def _note(now: datetime, claimed: Claimed, outcome: Outcome, holder: str) -> None:
    if outcome.then is not None:
        calls.hold_call_of(int(claimed.subject))
    try:
        standing = paging.record(now, int(claimed.subject), outcome)
    except AttemptForgotten:
        timers.done(claimed, holder=holder)
        return
    if standing.unreachable_way is not None:
        roster.mark_unreachable(now, standing.unreachable_way)
    if standing.state is StandingState.FELL_THROUGH:
        calls.page_fell_through(now, standing.page)
    timers.done(claimed, holder=holder)
