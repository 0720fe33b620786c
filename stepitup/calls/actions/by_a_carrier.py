"""What a carrier says afterwards of a page that it took."""

from datetime import datetime

from stepitup.calls.actions.by_time import hold_call_of, page_fell_through
from stepitup.calls.actions.lost_ways import lose_way
from stepitup.paging import delivery, questions
from stepitup.paging.facts import Outcome, StandingState


def note_delivery(now: datetime, key: str, outcome: Outcome) -> None:
    """It arrived (which is not yet an answer), or it did not: then the next way goes at once, or the next helper.

    `key` is the attempt's own. A key that nobody knows any more changes nothing.
    """
    attempt = questions.attempt_by_key(key)
    if attempt is None:
        return
    if outcome.then is not None:
        hold_call_of(attempt)
    standing = delivery.note_delivery(now, key, outcome)
    if standing is None:
        return
    if standing.unreachable_way is not None:
        lose_way(now, standing.unreachable_way)
    if standing.state is StandingState.FELL_THROUGH:
        page_fell_through(now, standing.page)
