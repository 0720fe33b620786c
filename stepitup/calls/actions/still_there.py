"""A helper who said nothing for long after the two came together: are they still with them, or was it forgotten?

While they sit nobody else gets them, so they are asked: once, by a notice that ends nothing. Who is still talking lets
it lie, and who forgot finishes with one press. No seat ends by this: only the two know whether they still talk.
"""

from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls.actions.ways_in import make_way_in
from stepitup.calls.joining import ways_for_a_link
from stepitup.calls.life import SeatState
from stepitup.calls.models import Seat
from stepitup.calls.timing import STILL_THERE
from stepitup.ground import timers
from stepitup.paging.facts import NoticeWords
from stepitup.paging.links import way_in_link
from stepitup.paging.notices import write_notice
from stepitup.roster import questions as roster

_LATER = timedelta(hours=1)


def ask_whether_still_there(now: datetime, seat_id: UUID) -> None:
    """Ask by the ways that take a link; the link opens this very seat.

    1. Whoever could not be paged now anyhow, off duty, in quiet hours or on a break, is asked when they can.
    2. Whoever can only be rung has been asked on the line.
    """
    seat = Seat.objects.filter(pk=seat_id, state=SeatState.ACTIVE.value, joined_at__isnull=False).first()
    if seat is None:
        return
    if roster.why_not_fit(now, seat.helper_id) is not None:
        timers.arm(STILL_THERE, seat_id, now + _LATER)
        return
    ways = ways_for_a_link({seat.helper_id})[seat.helper_id]
    key = make_way_in(now, seat.page_id, f"still there {seat_id}") if ways else None
    if key is not None:
        write_notice(now, NoticeWords.STILL_THERE, ways, link=way_in_link(key))
