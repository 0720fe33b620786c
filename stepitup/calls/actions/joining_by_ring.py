"""A ring that joins the two: the house rings the helper, then the caller, and neither sees the other's number.

A helper whom no link reaches has no screen for it: their ring begins by itself when the caller has read the limits, and
what a screen would ask afterwards is asked on the line: at once when it has ended, and once more some minutes later.
Who presses no key then has left: a caller is not said to be with somebody who is not there.
"""

from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls.actions.by_a_helper import finished, hand_back, joined, rang_off
from stepitup.calls.errors import LimitsNotRead, NoSuchSeat, SeatIsOver
from stepitup.calls.joining import can_only_be_rung, key_of, may_join_by_ring, rings_of, seat_by_ring
from stepitup.calls.life import SeatState
from stepitup.calls.models import Seat
from stepitup.calls.readings import words_may_pass
from stepitup.ground import timers
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import NoticeWords
from stepitup.paging.links import afterwards_link, joining_link
from stepitup.paging.notices import write_notice

# The helper's phone rings for 24 seconds, the caller's for as long, and who picks up has twice six for a key; a notice
# may wait a moment for its line. The end of a ring is told earlier, in most cases.
_A_RING_TAKES = timedelta(seconds=75)

ASKED_AGAIN, OVER = "ring asked again", "ring over"
# Long enough to put the kettle on; short enough that a caller whose line broke is not alone for long.
_A_WHILE = timedelta(minutes=5)
# The line is cut then, so it has ended, also where nobody told us.
LONGEST_TALK = timedelta(hours=4)


def join_by_ring(now: datetime, secret: str) -> None:
    """Let the helper's phone ring, and the caller's after it. Only where the caller gave a number and read the limits.

    Pressed twice it rings once. Raises NoSuchSeat, SeatIsOver, LimitsNotRead.
    """
    seat = Seat.objects.select_related("turn__call").filter(secret_mark=fingerprint(secret)).first()
    if seat is None:
        raise NoSuchSeat
    if seat.state != SeatState.ACTIVE.value:
        raise SeatIsOver
    if not words_may_pass(seat.turn.call, Kind(seat.kind)):
        raise LimitsNotRead
    _ring_both(now, seat)


def ring_who_has_no_screen(now: datetime, call: UUID) -> None:
    """The caller has read the limits, or a helper came who waits for that: whoever has no button for it is rung."""
    waiting = Seat.objects.filter(turn__call=call, state=SeatState.ACTIVE.value, joined_at__isnull=True)
    for seat in waiting.select_related("turn__call"):
        if can_only_be_rung(seat.helper_id) and words_may_pass(seat.turn.call, Kind(seat.kind)):
            _ring_both(now, seat)


def joined_by_ring(now: datetime, key: str) -> bool:
    """The caller has pressed 1: the two are in contact. False where they may not be, or not any more."""
    seat = _active(key)
    if seat is None or not words_may_pass(seat.turn.call, Kind(seat.kind)):
        return False
    joined(now, secret_for("seat", seat.pk))
    if can_only_be_rung(seat.helper_id):
        _is_asked_again(seat.pk, now + LONGEST_TALK)
    return True


def goes_on_by_ring(now: datetime, key: str) -> None:
    """The helper wants to be joined with the caller again, and says so on the line."""
    seat = _active(key)
    if seat is not None:
        _is_asked_again(seat.pk, now + LONGEST_TALK)


def ring_has_ended(now: datetime, key: str) -> None:
    """From now on it may be rung again. Whoever has no screen is asked by a ring how it goes on, and rung once more."""
    seat = _active(key)
    if seat is None:
        return
    Seat.objects.filter(pk=seat.pk).update(rings_until=None)
    if seat.joined_at is None or not can_only_be_rung(seat.helper_id):
        return
    over = timers.armed_for(OVER, seat.pk)
    if over is None or over > now + 2 * _A_WHILE:
        _ask_how_it_goes_on(now, seat)
        _is_asked_again(seat.pk, now + _A_WHILE)


def ask_again(now: datetime, seat_id: UUID) -> None:
    """They were asked by a ring and pressed no key: perhaps they did not hear it."""
    seat = _still_there(seat_id)
    if seat is not None:
        _ask_how_it_goes_on(now, seat)


def nobody_says_how_it_goes_on(now: datetime, seat_id: UUID) -> None:
    """They pressed no key the second time either: whoever they were with is not left alone with that."""
    if _still_there(seat_id) is not None:
        rang_off(now, secret_for("seat", seat_id))


def pass_on_by_ring(now: datetime, key: str) -> bool:
    """The helper cannot go on, and says so on the line. False where they have left already."""
    seat = _active(key)
    if seat is not None:
        hand_back(now, secret_for("seat", seat.pk))
    return seat is not None


def done_by_ring(now: datetime, key: str) -> bool:
    """The helper's part is done, and they say so on the line. False where they have left already."""
    seat = _active(key)
    if seat is not None:
        finished(now, secret_for("seat", seat.pk))
    return seat is not None


def _ring_both(now: datetime, seat: Seat) -> None:
    if not may_join_by_ring(seat.turn.call, seat.helper_id):
        return
    # One conditional update: whoever pressed second changes no row, and it rings once.
    quiet = Seat.objects.filter(pk=seat.pk).exclude(rings_until__gt=now)
    if quiet.update(rings_until=now + _A_RING_TAKES):
        write_notice(now, NoticeWords.JOIN_BY_RING, rings_of(seat.helper_id), link=joining_link(key_of(seat.pk)))


def _ask_how_it_goes_on(now: datetime, seat: Seat) -> None:
    rings = rings_of(seat.helper_id)
    write_notice(now, NoticeWords.JOIN_BY_RING, rings, link=afterwards_link(key_of(seat.pk)))


def _is_asked_again(seat: UUID, at: datetime) -> None:
    """At this moment, if they say nothing before; and some minutes later they have left."""
    timers.arm_each([(ASKED_AGAIN, seat, at), (OVER, seat, at + _A_WHILE)])


def _still_there(seat: UUID) -> Seat | None:
    return Seat.objects.filter(pk=seat, state=SeatState.ACTIVE.value, joined_at__isnull=False).first()


def _active(key: str) -> Seat | None:
    seat = seat_by_ring(key)
    return seat if seat is not None and seat.state == SeatState.ACTIVE.value else None
