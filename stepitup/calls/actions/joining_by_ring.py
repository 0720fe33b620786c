"""A ring that joins the two: the house rings the helper, then the caller, and neither sees the other's number."""

from datetime import datetime

from stepitup.calls.errors import LimitsNotRead, NoSuchSeat, SeatIsOver
from stepitup.calls.joining import key_of, may_join_by_ring, rings_of
from stepitup.calls.life import SeatState
from stepitup.calls.models import Seat
from stepitup.calls.readings import words_may_pass
from stepitup.ground.keys import fingerprint
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import NoticeWords
from stepitup.paging.links import joining_link
from stepitup.paging.notices import write_notice


def join_by_ring(now: datetime, secret: str) -> None:
    """Let the helper's phone ring, and the caller's after it. Only where the caller gave a number and read the limits.

    Raises NoSuchSeat, SeatIsOver, LimitsNotRead.
    """
    seat = Seat.objects.select_related("turn__call").filter(secret_mark=fingerprint(secret)).first()
    if seat is None:
        raise NoSuchSeat
    if seat.state != SeatState.ACTIVE.value:
        raise SeatIsOver
    if not words_may_pass(seat.turn.call, Kind(seat.kind)):
        raise LimitsNotRead
    if may_join_by_ring(seat.turn.call, seat.helper_id):
        write_notice(now, NoticeWords.JOIN_BY_RING, rings_of(seat.helper_id), link=joining_link(key_of(seat.pk)))
