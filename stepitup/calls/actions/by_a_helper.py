"""What a helper does with a page and with a seat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from stepitup.calls import changes, lives, matching, store
from stepitup.calls.actions.by_the_caller import change
from stepitup.calls.errors import AnsweredElsewhere, CannotSit, LimitsNotRead, NoSuchPage, NoSuchSeat, PageIsOver
from stepitup.calls.life import Ending, Life, Seat, SeatState
from stepitup.calls.models import Asked, Call
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.plan import SITTING
from stepitup.calls.readings import words_may_pass
from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging import questions as paging
from stepitup.paging.facts import PageState
from stepitup.roster import actions as roster_actions
from stepitup.roster import questions as roster

SeatChange = Callable[[Life, Seat, changes.Free], Life]


@dataclass(frozen=True)
class Seated:
    """A helper has the call. `secret` alone opens the caller's details."""

    secret: str
    kind: Kind


def acknowledge(now: datetime, key: str, *, press: str) -> Seated:
    """Take the call to which this page belongs; exactly one helper does.

    1. The same press again (a double tap, an answer lost on the way) gives the same seat again; another's does not.
    2. Ask once more whether this helper is fit and allowed.
    3. Take the turn by one conditional update; release everybody else who was asked.

    Raises NoSuchPage, PageIsOver, SomeoneHasIt, AnsweredElsewhere, CannotSit.
    """
    asked = _asked_by(key)
    row = lives.lock(asked.turn.call_id)
    life = lives.read_life(row)
    mine = SeatRow.objects.filter(page=asked.page_id).first()
    if mine is not None:
        return _same_seat(mine, press)
    kind = _sits_as(now, row, asked)
    seat_id = new_id()
    after = changes.acknowledge(life, asked.page_id, now, seat_id=seat_id, kind=kind)
    try:
        # A savepoint: in a transaction in which PostgreSQL has refused a row, it takes no further statement.
        with transaction.atomic():
            store.keep(now, life, after, press_mark=fingerprint(press))
    except IntegrityError as twice:
        raise CannotSit(str(_ALREADY_WITH_SOMEBODY)) from twice
    return Seated(secret_for("seat", seat_id), kind)


def decline(now: datetime, key: str, *, i_was_there: bool = False) -> None:
    """Say no; the next helper is asked at once. `i_was_there` needs no more words and is not written down.

    On a page that this helper had taken it hands the call back. Raises NoSuchPage.
    """
    del i_was_there  # a no is a no for the whole call; the reason would be one more thing to hold about that night
    asked = _asked_by(key)
    seat = SeatRow.objects.filter(page=asked.page_id, state=SeatState.ACTIVE.value).first()
    if seat is not None:
        _leave(now, seat)
        return
    _say_no(now, asked)


def joined(now: datetime, secret: str) -> None:
    """The helper says that the two are in contact. Raises LimitsNotRead, NoSuchSeat, SeatIsOver."""
    seat = _seat_by(secret)
    row = lives.lock(seat.turn.call_id)
    if not words_may_pass(row, Kind(seat.kind)):
        raise LimitsNotRead
    _change_seat(now, seat, lambda life, mine, _free: changes.joined(life, mine, now))
    roster_actions.note_talk(now, seat.helper_id)


def hand_back(now: datetime, secret: str) -> None:
    """The helper cannot after all; the call opens again at once. Raises NoSuchSeat, SeatIsOver."""
    _leave(now, _seat_by(secret))


def rang_off(now: datetime, secret: str) -> None:
    """The helper left the line without a word on how it goes on: others are asked. Raises NoSuchSeat, SeatIsOver."""
    _change_seat(
        now, _seat_by(secret), lambda life, mine, free: changes.rang_off(life, mine, now, free=free, new_id=new_id)
    )


def finished(now: datetime, secret: str) -> None:
    """The helper's part is done. Raises NoSuchSeat, SeatIsOver."""
    _change_seat(
        now, _seat_by(secret), lambda life, mine, free: changes.finish(life, mine, now, free=free, new_id=new_id)
    )


def rest_until(now: datetime, secret: str, until: datetime) -> None:
    """After a hard contact: no page before `until`, and a no to one that came meanwhile. No reason is asked.

    Raises NoSuchSeat.
    """
    helper = _seat_by(secret).helper_id
    for asked in Asked.objects.select_related("turn").filter(helper=helper, page__state=PageState.OPEN.value):
        _say_no(now, asked)
    roster_actions.rest_until(now, helper, until)


def not_a_call_for_backup(now: datetime, secret: str) -> None:
    """A slip or a prank: the call ends kindly; whoever needs somebody presses again. Raises NoSuchSeat, SeatIsOver."""
    seat = _seat_by(secret)
    _must_be_active(seat)
    change(now, seat.turn.call_id, lambda life, _free: changes.close(life, now, ending=Ending.NOT_A_CALL))


def hand_off(now: datetime, secret: str, *, kind: Kind) -> None:
    """Suggest a further kind of backup; it comes only if the caller says yes. Raises NoSuchSeat, SeatIsOver."""
    _change_seat(now, _seat_by(secret), lambda life, mine, _free: changes.suggest(life, mine, kind))


_ALREADY_WITH_SOMEBODY = gettext_lazy("You are already with somebody. Thank you: another helper will take this one.")
_ONLY_COORDINATES = gettext_lazy("This page asks you to find a helper. Only a certified helper can sit with a caller.")


def _asked_by(key: str) -> Asked:
    page = paging.page_by_key(key)
    if page is None:
        raise NoSuchPage
    asked = Asked.objects.select_related("turn").filter(page=page.id).first()
    if asked is None:
        raise PageIsOver
    return asked


def _say_no(now: datetime, asked: Asked) -> None:
    change(
        now,
        asked.turn.call_id,
        lambda life, free: changes.decline(life, asked.page_id, now, free=free, new_id=new_id),
    )


def _same_seat(mine: SeatRow, press: str) -> Seated:
    if mine.press_mark != fingerprint(press):
        raise AnsweredElsewhere
    return Seated(secret_for("seat", mine.pk), Kind(mine.kind))


def _sits_as(now: datetime, row: Call, asked: Asked) -> Kind:
    """As which kind this helper sits. The third time fitness is asked: a page may be minutes old."""
    why_not = None if row.rehearsal else roster.why_not_fit(now, asked.helper_id)
    if why_not is not None:
        raise CannotSit(why_not.told_to_them())
    if not matching.may_be_asked(now, row, asked.helper_id):
        raise PageIsOver
    if SeatRow.objects.filter(helper=asked.helper_id, state=SeatState.ACTIVE.value).exists():
        raise CannotSit(str(_ALREADY_WITH_SOMEBODY))
    kind = Kind(asked.kind)
    if kind in SITTING:
        return kind
    kinds = roster.kinds_of(asked.helper_id)
    sitting = next((kind for kind in SITTING if kind in kinds), None)
    if sitting is None:
        raise CannotSit(str(_ONLY_COORDINATES))
    return sitting


def _seat_by(secret: str) -> SeatRow:
    row = SeatRow.objects.select_related("turn").filter(secret_mark=fingerprint(secret)).first()
    if row is None:
        raise NoSuchSeat
    return row


def _must_be_active(seat: SeatRow) -> None:
    changes.must_be_active(lives.seat_of(seat))


def _leave(now: datetime, seat: SeatRow) -> None:
    _change_seat(now, seat, lambda life, mine, free: changes.hand_back(life, mine, now, free=free, new_id=new_id))


def _change_seat(now: datetime, seat: SeatRow, what: SeatChange) -> None:
    change(now, seat.turn.call_id, lambda life, free: what(life, _mine(life, seat.pk), free))


def _mine(life: Life, seat_id: UUID) -> Seat:
    return next(seat for seat in life.seats if seat.id == seat_id)
