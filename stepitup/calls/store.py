"""How a life is read from the database and how the difference between two lives is kept.

A verb reads a life under the call's lock, lets a pure function of `changes` say what becomes of it, and `keep` writes
only what differs. A turn is taken by one conditional UPDATE; whoever changed no row was second.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from stepitup.calls import models, timing
from stepitup.calls.errors import NoSuchCall, SomeoneHasIt
from stepitup.calls.life import Asked, CallState, Ending, Life, Seat, SeatState, Turn, TurnKind
from stepitup.calls.plan import plan_as_json, plan_from_json
from stepitup.calls.tallying import missed_steps
from stepitup.ground import bell
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging import actions as paging
from stepitup.paging.facts import NewPage, PageState, Reach, Words
from stepitup.roster import questions as roster
from stepitup.tally import actions as tally
from stepitup.tally.actions import Counted

# What a closed call must not keep: everything sealed, and the mark of the press, so that the same form can press anew.
_BLANK = {
    "sealed_situation": None,
    "sealed_order": None,
    "sealed_shown": None,
    "sealed_reach": None,
    "sealed_place": None,
    "opening_mark": None,
    "opening_body_mark": "",
    "wants": "",
}


def lock(call_id: UUID) -> models.Call:
    """The call's row, ours until commit. Raises NoSuchCall when there is none (any more)."""
    row = models.Call.objects.select_for_update().filter(pk=call_id).first()
    if row is None:
        raise NoSuchCall
    return row


def read_life(row: models.Call) -> Life:
    """The whole life behind a call's row."""
    asked = models.Asked.objects.filter(turn__call=row).select_related("page").order_by("page__opened_at", "page_id")
    pages_of: dict[UUID, list[Asked]] = {}
    for one in asked:
        pages_of.setdefault(one.turn_id, []).append(_asked(one))
    turns = tuple(_turn(turn, tuple(pages_of.get(turn.pk, ()))) for turn in row.turns.order_by("number"))
    seats = tuple(seat_of(seat) for seat in models.Seat.objects.filter(turn__call=row).order_by("opened_at"))
    return Life(
        id=row.pk,
        opened_at=row.opened_at,
        turns=turns,
        seats=seats,
        closed_at=row.closed_at,
        ending=Ending(row.ending) if row.ending else None,
        suggested=Kind(row.suggested) if row.suggested else None,
    )


def seat_of(row: models.Seat) -> Seat:
    """A seat's row as a value."""
    return Seat(
        id=row.pk,
        turn=row.turn_id,
        page=row.page_id,
        helper=row.helper_id,
        kind=Kind(row.kind),
        opened_at=row.opened_at,
        state=SeatState(row.state),
        joined_at=row.joined_at,
        ended_at=row.ended_at,
    )


def keep(now: datetime, before: Life, after: Life, *, press_mark: str = "") -> None:
    """Write what differs between two lives, arm and disarm their timers, and ring for whoever watches.

    Raises SomeoneHasIt when another took the turn meanwhile, CannotSit when the helper sits with somebody else.
    """
    if before == after:
        return
    _keep_turns(before, after)
    _keep_pages(now, before, after)
    _keep_seats(before, after, press_mark=press_mark)
    _keep_call(now, after)
    timing.keep_timers(now, before, after)
    _count(now, before, after)
    bell.ring("calls", after.id)
    if timing.wakes_the_watch(before, after):
        bell.ring("timers", after.id)


def _count(now: datetime, before: Life, after: Life) -> None:
    if before.closed_at is None and after.closed_at is not None:
        tally.count(now, Counted.MISSED_STEP, missed_steps(after))


def _keep_call(now: datetime, after: Life) -> None:
    closed = after.closed_at is not None
    models.Call.objects.filter(pk=after.id).update(
        state=after.state.value,
        version=F("version") + 1,
        changed_at=now,
        closed_at=after.closed_at,
        ending=after.ending or "",
        suggested=after.suggested or "",
        **(_BLANK if closed else {}),
    )


def _keep_turns(before: Life, after: Life) -> None:
    known = {turn.id: turn for turn in before.turns}
    new = [turn for turn in after.turns if turn.id not in known]
    models.Turn.objects.bulk_create(
        [
            models.Turn(
                id=turn.id,
                call_id=after.id,
                **_columns(turn),
                number=turn.number,
                plan=plan_as_json(turn.plan),
                opened_at=turn.opened_at,
            )
            for turn in new
        ]
    )
    for turn in after.turns:
        was = known.get(turn.id)
        if was is None or (_columns(was) == _columns(turn) and was.plan == turn.plan):
            continue
        columns = _columns(turn) | ({"plan": plan_as_json(turn.plan)} if was.plan != turn.plan else {})
        if not models.Turn.objects.filter(pk=turn.id, state=was.state.value).update(**columns):
            raise SomeoneHasIt


def _keep_pages(now: datetime, before: Life, after: Life) -> None:
    known = {one.page: one.state for one in before.everyone_asked()}
    for state in PageState:
        ended = [
            one.page for one in after.everyone_asked() if one.state is state and known.get(one.page, state) is not state
        ]
        if ended:
            paging.settle(now, ended, state)
    for turn in after.turns:
        _write_pages(now, turn, [one for one in turn.asked if one.page not in known])
    _repeat_pages(now, before, after)


def _write_pages(now: datetime, turn: Turn, new: list[Asked]) -> None:
    if not new:
        return
    ways = roster.ways_of([one.helper for one in new])
    pages = [NewPage(one.page, one.helper, _words_for(one), _reaches(ways.get(one.helper, ()))) for one in new]
    written = paging.write_pages(now, pages)
    models.Asked.objects.bulk_create(
        [
            models.Asked(page_id=one.page, turn_id=turn.id, helper_id=one.helper, kind=one.kind, step=one.step)
            for one in new
            if one.helper in written
        ]
    )


def _repeat_pages(now: datetime, before: Life, after: Life) -> None:
    """A step that repeats sends the pages that are still open once more."""
    known = {turn.id: turn for turn in before.turns}
    for turn in after.turns:
        was = known.get(turn.id)
        if was is not None and turn.last_step and turn.state is CallState.WAITING and was.next_at != turn.next_at:
            already = {one.page for one in was.asked}
            paging.repeat_pages(now, [one.page for one in turn.open_pages if one.page in already])


def _keep_seats(before: Life, after: Life, *, press_mark: str) -> None:
    known = {seat.id: seat for seat in before.seats}
    for seat in after.seats:
        was = known.get(seat.id)
        if was is None:
            _take_seat(seat, press_mark=press_mark)
        elif was != seat:
            models.Seat.objects.filter(pk=seat.id).update(
                state=seat.state.value, joined_at=seat.joined_at, ended_at=seat.ended_at
            )


def _take_seat(seat: Seat, *, press_mark: str) -> None:
    models.Seat.objects.create(
        id=seat.id,
        turn_id=seat.turn,
        page_id=seat.page,
        helper_id=seat.helper,
        kind=seat.kind.value,
        state=seat.state.value,
        secret_mark=fingerprint(secret_for("seat", seat.id)),
        press_mark=press_mark,
        opened_at=seat.opened_at,
    )


def _columns(turn: Turn) -> dict[str, object]:
    return {
        "kind": turn.kind.value,
        "state": turn.state.value,
        "step": turn.step,
        "next_at": turn.next_at,
        "last_step": turn.last_step,
        "hungry": turn.hungry,
    }


def _turn(row: models.Turn, asked: tuple[Asked, ...]) -> Turn:
    return Turn(
        id=row.pk,
        number=row.number,
        kind=TurnKind(row.kind),
        plan=plan_from_json(row.plan),
        opened_at=row.opened_at,
        state=CallState(row.state),
        step=row.step,
        next_at=row.next_at,
        last_step=row.last_step,
        hungry=row.hungry,
        asked=asked,
    )


def _asked(row: models.Asked) -> Asked:
    return Asked(row.page_id, row.helper_id, Kind(row.kind), row.step, PageState(row.page.state))


def _words_for(one: Asked) -> Words:
    return Words.COORDINATOR if one.kind is Kind.COORDINATOR else Words.PAGE


def _reaches(ways: Iterable[roster.WayFacts]) -> tuple[Reach, ...]:
    return tuple(Reach(way.id, way.carrier, way.address) for way in ways)
