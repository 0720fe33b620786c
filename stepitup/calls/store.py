"""How the difference between two lives is kept.

A verb reads a life (`lives`) under the call's lock, lets a pure function of `changes` say what becomes of it, and
`keep` writes only what differs. A turn is taken by one conditional UPDATE; whoever changed no row was second.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from stepitup.calls import models, timing
from stepitup.calls.errors import SomeoneHasIt
from stepitup.calls.life import Asked, CallState, Life, Seat, Turn
from stepitup.calls.plan import plan_as_json
from stepitup.calls.reaching import reach_by
from stepitup.calls.tallying import missed_steps
from stepitup.ground import bell, statements
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.vocabulary import Kind
from stepitup.paging import actions as paging
from stepitup.paging.facts import NewPage, PageState, Reach, Words
from stepitup.roster import questions as roster
from stepitup.tally import actions as tally
from stepitup.tally.actions import Counted

Change = tuple[Life, Life]  # a life before, and after

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


def keep(now: datetime, before: Life, after: Life, *, press_mark: str = "") -> None:
    """Write what differs between two lives, arm and disarm their timers, and ring for whoever watches.

    Raises SomeoneHasIt when another took the turn meanwhile, CannotSit when the helper sits with somebody else.
    """
    keep_all(now, [(before, after)], press_mark=press_mark)


def keep_all(now: datetime, lives: Iterable[Change], *, press_mark: str = "") -> None:
    """`keep` for several calls, in as few statements as for one."""
    changed = [(before, after) for before, after in lives if before != after]
    if not changed:
        return
    # First, because here a turn is taken: whoever is second hears so before anything else is written.
    _keep_turns(changed)
    _keep_pages(now, changed)
    for before, after in changed:
        _keep_seats(before, after, press_mark=press_mark)
    _keep_calls(now, [after for _before, after in changed])
    timing.keep_timers(now, changed)
    _count(now, changed)
    bell.ring_all("calls", [after.id for _before, after in changed])
    if any(timing.wakes_the_watch(before, after) for before, after in changed):
        bell.ring("timers", "several")


def _count(now: datetime, changed: Iterable[Change]) -> None:
    for before, after in changed:
        if before.closed_at is None and after.closed_at is not None:
            tally.count(now, Counted.MISSED_STEP, missed_steps(after))


def _keep_calls(now: datetime, lives: Iterable[Life]) -> None:
    for closed in (False, True):
        rows = [({"pk": life.id}, _call_columns(now, life)) for life in lives if (life.closed_at is not None) is closed]
        statements.update(models.Call, rows, count_up="version")


def _call_columns(now: datetime, life: Life) -> dict[str, object]:
    return {
        "state": life.state.value,
        "changed_at": now,
        "closed_at": life.closed_at,
        "ending": life.ending or "",
        "suggested": life.suggested or "",
        **({} if life.closed_at is None else _BLANK),
    }


def _keep_turns(changed: Sequence[Change]) -> None:
    new, other = list[statements.Values](), list[tuple[Turn, Turn]]()
    for before, after in changed:
        known = {turn.id: turn for turn in before.turns}
        new += [_turn_row(after, turn) for turn in after.turns if turn.id not in known]
        other += [(known[turn.id], turn) for turn in after.turns if turn.id in known]
    statements.insert(models.Turn, new)
    for columns in (_columns, _columns_with_plan):
        rows = [
            ({"pk": turn.id, "state": was.state.value}, columns(turn))
            for was, turn in other
            if columns(was) != columns(turn) and (columns is _columns) is (was.plan == turn.plan)
        ]
        if statements.update(models.Turn, rows) != len(rows):
            raise SomeoneHasIt


def _keep_pages(now: datetime, changed: Sequence[Change]) -> None:
    # Ended before new ones are written: the database lets no helper hold two that are open.
    for state in PageState:
        ended = [page for before, after in changed for page in _became(state, before, after)]
        if ended:
            paging.settle(now, ended, state)
    for before, after in changed:
        known = {one.page for one in before.everyone_asked()}
        for turn in after.turns:
            _write_pages(now, turn, [one for one in turn.asked if one.page not in known])
    _repeat_pages(now, changed)


def _became(state: PageState, before: Life, after: Life) -> list[UUID]:
    """The pages that are in this state now and were in another."""
    known = {one.page: one.state for one in before.everyone_asked()}
    return [
        one.page for one in after.everyone_asked() if one.state is state and known.get(one.page, state) is not state
    ]


def _write_pages(now: datetime, turn: Turn, new: list[Asked]) -> None:
    if not new:
        return
    ways = roster.ways_of([one.helper for one in new])
    pages = [NewPage(one.page, one.helper, _words_for(one), _reaches(ways.get(one.helper, ()))) for one in new]
    written = paging.write_pages(now, pages)
    statements.insert(models.Asked, [_asked_row(turn, one) for one in new if one.helper in written])


def _asked_row(turn: Turn, one: Asked) -> statements.Values:
    return {
        "page_id": one.page,
        "turn_id": turn.id,
        "helper_id": one.helper,
        "kind": one.kind.value,
        "step": one.step,
    }


def _repeat_pages(now: datetime, changed: Sequence[Change]) -> None:
    """A step that repeats sends the pages that are still open once more."""
    again = [page for before, after in changed for page in _asked_again(before, after)]
    if again:
        paging.repeat_pages(now, again)


def _asked_again(before: Life, after: Life) -> Iterator[UUID]:
    known = {turn.id: turn for turn in before.turns}
    for turn in after.turns:
        was = known.get(turn.id)
        if was is not None and turn.last_step and turn.state is CallState.WAITING and was.next_at != turn.next_at:
            already = {one.page for one in was.asked}
            yield from (one.page for one in turn.open_pages if one.page in already)


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


def _columns_with_plan(turn: Turn) -> dict[str, object]:
    return _columns(turn) | {"plan": plan_as_json(turn.plan)}


def _turn_row(life: Life, turn: Turn) -> statements.Values:
    return {
        "id": turn.id,
        "call_id": life.id,
        "number": turn.number,
        "opened_at": turn.opened_at,
        **_columns_with_plan(turn),
    }


def _words_for(one: Asked) -> Words:
    return Words.COORDINATOR if one.kind is Kind.COORDINATOR else Words.PAGE


def _reaches(ways: Iterable[roster.WayFacts]) -> tuple[Reach, ...]:
    return tuple(reach_by(way) for way in ways)
