"""Whether the house may ring helper and caller together, and whom the provider is to ring then."""

import hmac
from collections.abc import Collection
from uuid import UUID

from stepitup.calls.life import SeatState
from stepitup.calls.models import Call, Seat
from stepitup.calls.reaching import reach_by
from stepitup.calls.readings import words_may_pass
from stepitup.calls.told import number_of
from stepitup.ground.keys import secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.paging.facts import Reach
from stepitup.roster import questions as roster

_RING = "voice"


def may_join_by_ring(row: Call, helper: int) -> bool:
    """Whether the house can ring both: it has a provider of voice, the helper a phone, the caller gave a number."""
    return _RING in carriers.in_use() and number_of(row) is not None and bool(rings_of(helper))


def ways_for_a_link(helpers: Collection[int]) -> dict[int, list[Reach]]:
    """By which ways a link reaches these helpers, in this house."""
    ours = set(carriers.in_use()) - {_RING}
    found = roster.ways_of(helpers)
    return {helper: [reach_by(way) for way in found[helper] if way.carrier in ours] for helper in helpers}


def can_only_be_rung(helper: int) -> bool:
    """Whether no link reaches this helper: they come to a caller by a ring that joins the two, or not at all."""
    return not ways_for_a_link({helper})[helper] and bool(rings_of(helper))


def is_rung_alone(key: str) -> bool:
    """The same of the helper whose ring this is."""
    seat = seat_by_ring(key)
    return seat is not None and can_only_be_rung(seat.helper_id)


def helper_of_ring(key: str) -> int | None:
    """Whose ring this is."""
    seat = seat_by_ring(key)
    return None if seat is None else seat.helper_id


def number_to_join(key: str) -> str | None:
    """The caller's number for whoever answers this ring; None once the seat is left or the number taken back."""
    seat = seat_by_ring(key)
    if seat is None or seat.state != SeatState.ACTIVE.value:
        return None
    row = seat.turn.call
    number = number_of(row) if words_may_pass(row, Kind(seat.kind)) else None
    return number.phone if number else None


def key_of(seat: UUID) -> str:
    """What stands in the address that the provider asks: which seat, and that we wrote it. Nothing is kept for it."""
    return f"{seat.hex}{secret_for('join by ring', seat)[:22]}"


def rings_of(helper: int) -> list[Reach]:
    """The helper's ways that ring."""
    ways = roster.ways_of([helper])[helper]
    return [reach_by(way) for way in ways if way.carrier == _RING]


def seat_by_ring(key: str) -> Seat | None:
    """The seat whose ring this is; None for a key that we did not write, or of a seat that is deleted."""
    try:
        seat = UUID(key[:32])
    except ValueError:
        return None
    if not hmac.compare_digest(key.encode(), key_of(seat).encode()):
        return None
    return Seat.objects.select_related("turn__call").filter(pk=seat).first()
