"""The link that opens a seat once: for whoever said yes by text or by key, and for another phone of whoever sits."""

from datetime import datetime
from uuid import UUID

from stepitup.calls.actions.by_a_helper import Seated
from stepitup.calls.errors import NoSuchSeat, SeatIsOver, WayInUsed
from stepitup.calls.life import SeatState
from stepitup.calls.models import Seat, WayIn
from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging.links import way_in_key


def make_way_in(now: datetime, page: UUID, mark: str) -> str | None:
    """A fresh key to the seat that was taken by this page; those before it that were not used open nothing any more.

    None when that helper does not sit any more.
    """
    seat = Seat.objects.filter(page=page, state=SeatState.ACTIVE.value).first()
    if seat is None:
        return None
    key = way_in_key(mark)
    WayIn.objects.filter(seat=seat, used_at__isnull=True).delete()
    WayIn.objects.create(seat=seat, key_fingerprint=fingerprint(key), made_at=now)
    return key


def open_elsewhere(now: datetime, secret: str) -> str:
    """A fresh key to this very seat, for another phone of whoever sits there; this phone keeps it too.

    Raises NoSuchSeat, SeatIsOver.
    """
    seat = Seat.objects.filter(secret_mark=fingerprint(secret)).first()
    if seat is None:
        raise NoSuchSeat
    key = make_way_in(now, seat.page_id, str(new_id()))
    if key is None:
        raise SeatIsOver
    return key


def come_in(now: datetime, key: str, *, press: str) -> Seated:
    """Open the seat by its link, once. The same press again (a lost answer) gives the same seat again.

    Raises NoSuchSeat, SeatIsOver, WayInUsed.
    """
    mark = fingerprint(press)
    found = WayIn.objects.select_related("seat").filter(key_fingerprint=fingerprint(key)).first()
    if found is None:
        raise NoSuchSeat
    if found.seat.state != SeatState.ACTIVE.value:
        raise SeatIsOver
    unused = WayIn.objects.filter(pk=found.pk, used_at__isnull=True)
    if (
        not unused.update(used_at=now, press_mark=mark)
        and not WayIn.objects.filter(pk=found.pk, press_mark=mark).exists()
    ):
        raise WayInUsed
    return Seated(secret_for("seat", found.seat_id), Kind(found.seat.kind))
