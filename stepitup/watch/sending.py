"""Sending one page: ask once more whether it may go, hand it to its carrier, note what came of it.

Three parts, because only the middle one may take long, and it must not hold a transaction or a connection meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stepitup.calls import actions as calls
from stepitup.calls import questions
from stepitup.ground import clock, timers
from stepitup.ground.deeds import deed
from stepitup.ground.timers import Claimed
from stepitup.paging import actions as paging
from stepitup.paging import tests_of_ways
from stepitup.paging.errors import AttemptForgotten
from stepitup.paging.facts import Outcome, Outgoing, StandingState
from stepitup.paging.notices import is_notice, prepare_notices, record_notice
from stepitup.paging.questions import prepare


@dataclass(frozen=True)
class Ready:
    """Pages to hand to the carrier; and timers to drop, with the page whose helper may not be paged any more."""

    to_send: tuple[tuple[Claimed, Outgoing], ...]
    to_drop: tuple[tuple[Claimed, UUID | None], ...]


def make_ready(batch: Sequence[Claimed]) -> Ready:
    """Look once at all of these: what is to be sent, and whose page is over or must not go any more."""
    if batch and is_notice(batch[0].kind):
        return _notices_ready(batch)
    pages = {page.attempt: page for page in prepare([int(claimed.subject) for claimed in batch])}
    now = clock.now()
    may_go = questions.may_still_go(now, {page.page for page in pages.values()})
    may_go |= tests_of_ways.may_still_go(now, pages.values())
    to_send, to_drop = list[tuple[Claimed, Outgoing]](), list[tuple[Claimed, UUID | None]]()
    for claimed in batch:
        page = pages.get(int(claimed.subject))
        if page is not None and page.page in may_go:
            to_send.append((claimed, page))
        else:
            to_drop.append((claimed, page.page if page else None))
    return Ready(tuple(to_send), tuple(to_drop))


def drop(claimed: Claimed, page: UUID | None, *, holder: str) -> None:
    """Let this timer go; a page that is open and may not go has fallen through."""
    deed(_drop, claimed, page, holder)


def note(claimed: Claimed, outcome: Outcome, *, holder: str) -> None:
    """Record what came of it; if no way to this helper is left, the next helper is asked in the same transaction."""
    deed(_note, claimed, outcome, holder)


def note_together(batch: Sequence[tuple[Claimed, Outcome]], *, holder: str) -> None:
    """Record of several pages, which their carriers have all taken, that it is so: one commit for all."""
    deed(_note_together, batch, holder)


def _notices_ready(batch: Sequence[Claimed]) -> Ready:
    """Notices ask no leave: whoever they are for has said yes or stop already. (A batch is all of one kind.)"""
    notices = {notice.attempt: notice for notice in prepare_notices([int(claimed.subject) for claimed in batch])}
    to_send = tuple((one, notices[int(one.subject)]) for one in batch if int(one.subject) in notices)
    return Ready(to_send, tuple((one, None) for one in batch if int(one.subject) not in notices))


def _drop(now: datetime, claimed: Claimed, page: UUID | None, holder: str) -> None:
    if page is not None:
        calls.page_fell_through(now, page)
    timers.done(claimed, holder=holder)


def _note(now: datetime, claimed: Claimed, outcome: Outcome, holder: str) -> None:
    if is_notice(claimed.kind):
        record_notice(now, int(claimed.subject), outcome)
        timers.done(claimed, holder=holder)
        return
    # Whatever failed may ask the next helper, and that needs the call: after its page, two would wait for each other.
    if outcome.then is not None:
        calls.hold_call_of(int(claimed.subject))
    try:
        standing = paging.record(now, int(claimed.subject), outcome)
    except AttemptForgotten:
        timers.done(claimed, holder=holder)
        return
    if standing.unreachable_way is not None:
        calls.lose_way(now, standing.unreachable_way)
    if standing.state is StandingState.FELL_THROUGH:
        calls.page_fell_through(now, standing.page)
    timers.done(claimed, holder=holder)


def _note_together(now: datetime, batch: Sequence[tuple[Claimed, Outcome]], holder: str) -> None:
    # For a call nothing follows from a page that was taken, so no call is held here.
    paging.record_all(now, {int(claimed.subject): outcome for claimed, outcome in batch})
    timers.done_all([claimed for claimed, _outcome in batch], holder=holder)
