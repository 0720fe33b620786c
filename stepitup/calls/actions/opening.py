"""The press, and everything a caller may tell us afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from stepitup.calls import changes, lives, store, timing
from stepitup.calls.errors import CallIsOver, OpeningKeyUsed
from stepitup.calls.life import CallState, Life, TurnKind
from stepitup.calls.matching import free_for, fresh_seed, match
from stepitup.calls.models import Call
from stepitup.calls.plan import Plan, Step, plan_for
from stepitup.calls.plan_file import teams_plan
from stepitup.calls.told import Told, order_of, seal_order, sealed_columns
from stepitup.ground import bell, statements, timers
from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.ground.receipt import mark_of, words_for
from stepitup.ground.seal import seal
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind

# The day of deletion is told at the press, so it cannot depend on when the call ends: half a day open at the least,
# a day at the most, and a week to complain or to be checked on.
DELETED_AFTER = timedelta(days=8)
_NOTHING_TOLD = Told()
_PRESSED_TWICE = statements.Conflict(over=("opening_mark",))
# One helper, the house's own. If it does not answer the rehearsal has failed, and there is nobody to ask next.
_REHEARSALS_PLAN = Plan((Step((Kind.PEER,), how_many=1, wait=timedelta(hours=1)),))
_REHEARSAL_DELETED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Opened:
    """A call that is open. `token` opens it for its caller; `receipt` brings them back to it with eight words."""

    id: UUID
    token: str
    receipt: str
    is_new: bool
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True)
class Press:
    """What made the press: a key that was fresh with the form, and the body, so that one press makes one call."""

    key: str = ""
    body: str = ""


def call_for_backup(now: datetime, *, press: Press, told: Told = _NOTHING_TOLD) -> Opened:
    """Open a call and page the first helpers, in one transaction.

    1. The same press again gives the same call; with another body it raises OpeningKeyUsed.
    2. Write the call; match, if there is anything to match by.
    3. Write the first pages and the moment of the next step.
    """
    while (row := _write_call(now, press, told)) is None:
        known = _opened_by(press)
        if known is not None:  # else it was closed in this very moment, and its key is free again
            return known
    unsure = _use_wishes(row, told)
    nothing = Life(id=row.pk, opened_at=now)
    plan = _plan_led_by(told.wants)
    begun = changes.begin(nothing, plan, now, kind=TurnKind.FIRST, free=free_for(now, row), new_id=new_id)
    store.keep(now, nothing, begun)
    timers.arm(timing.FORGET, row.pk, row.delete_at)
    return _opened(row.pk, is_new=True, unsure=unsure)


def rehearse(now: datetime) -> Opened:
    """Open a call that nobody needs: the house's own helper is paged, and no other. Deleted minutes later.

    It goes the way of every call: written, paged, answered, closed by the same verbs, under the same locks.
    """
    row = _write_call(now, Press(), _NOTHING_TOLD, delete_at=now + _REHEARSAL_DELETED_AFTER, rehearsal=True)
    assert row is not None, "nobody pressed, so nobody pressed twice"
    nothing = Life(id=row.pk, opened_at=now)
    begun = changes.begin(nothing, _REHEARSALS_PLAN, now, kind=TurnKind.FIRST, free=free_for(now, row), new_id=new_id)
    store.keep(now, nothing, begun)
    timers.arm(timing.FORGET, row.pk, row.delete_at)
    return _opened(row.pk, is_new=True)


def tell(now: datetime, call_id: UUID, told: Told) -> tuple[str, ...]:
    """Take what the caller says while the pages are out; it acts on these at once.

    Returns sentences on never-rules that could not be decided and so left somebody out. Raises CallIsOver.
    """
    row = _open_call(call_id)
    life = lives.read_life(row)
    Call.objects.filter(pk=row.pk).update(**sealed_columns(told), version=F("version") + 1, changed_at=now)
    row.refresh_from_db()
    unsure = _use_wishes(row, told)
    free = free_for(now, row)
    after = life
    if told.wishes is not None:
        after = changes.narrow(after, _allowed(row), now, free=free, new_id=new_id)
    if told.wants is not None:
        after = changes.replan(after, _plan_led_by(told.wants), now, free=free, new_id=new_id)
    store.keep(now, life, after)
    bell.ring("calls", row.pk)
    return unsure


def tell_place(now: datetime, call_id: UUID, place: str) -> None:
    """Keep where the caller says they are, sealed, for their helper; an empty place takes it back."""
    row = _open_call(call_id)
    sealed_place = seal("place", place) if place else None
    Call.objects.filter(pk=row.pk).update(sealed_place=sealed_place, version=F("version") + 1, changed_at=now)
    bell.ring("calls", row.pk)


def take_number_back(now: datetime, call_id: UUID) -> None:
    """Forget the caller's number at once."""
    row = _open_call(call_id)
    Call.objects.filter(pk=row.pk).update(sealed_reach=None, version=F("version") + 1, changed_at=now)
    bell.ring("calls", row.pk)


def come_back(_now: datetime, words: str) -> Opened | None:
    """Find a call by its eight words, however typed; None when there is none. Raises MistypedReceipt."""
    row = Call.objects.filter(receipt_mark=mark_of(words)).only("pk").first()
    return None if row is None else _opened(row.pk, is_new=False)


def _plan_led_by(wants: str | None) -> Plan:
    """The team's plan of this moment; from here on it is frozen onto the turn."""
    return plan_for(wants, teams_plan(team().data))


def _open_call(call_id: UUID) -> Call:
    row = lives.lock(call_id)
    if row.state == CallState.CLOSED.value:
        raise CallIsOver
    return row


def _opened_by(press: Press) -> Opened | None:
    """The open call that this very press opened, before or in this moment."""
    row = Call.objects.filter(opening_mark=fingerprint(press.key)).only("pk", "opening_body_mark").first()
    if row is None:
        return None
    if row.opening_body_mark != _body_mark(press):
        raise OpeningKeyUsed
    return _opened(row.pk, is_new=False)


def _write_call(
    now: datetime, press: Press, told: Told, *, delete_at: datetime | None = None, rehearsal: bool = False
) -> Call | None:
    """Write the call; None where this press has opened one already, be it in this moment."""
    call_id = new_id()
    columns: dict[str, Any] = {
        "id": call_id,
        "state": CallState.WAITING.value,
        "opened_at": now,
        "changed_at": now,
        "delete_at": delete_at or now + DELETED_AFTER,
        "rehearsal": rehearsal,
        "seed": told.ahead.seed if told.ahead else fresh_seed(),
        "token_mark": fingerprint(secret_for("call", call_id)),
        "receipt_mark": mark_of(words_for(call_id)),
        "opening_mark": fingerprint(press.key) if press.key else None,
        "opening_body_mark": _body_mark(press),
        **sealed_columns(told),
    }
    return Call(**columns) if statements.insert(Call, [columns], on_conflict=_PRESSED_TWICE) else None


def _use_wishes(row: Call, told: Told) -> tuple[str, ...]:
    """Match, keep the order alone, and let go of the wishes."""
    if told.wishes is None:
        return ()
    order, unsure = match(row, told.wishes, told.ahead)
    row.sealed_order = seal_order(order)
    statements.update(Call, [({"pk": row.pk}, {"sealed_order": row.sealed_order})])
    return unsure


def _allowed(row: Call) -> frozenset[int]:
    order = order_of(row)
    return frozenset(order.ids if order else ())


def _opened(call_id: UUID, *, is_new: bool, unsure: tuple[str, ...] = ()) -> Opened:
    return Opened(call_id, secret_for("call", call_id), words_for(call_id), is_new, unsure)


def _body_mark(press: Press) -> str:
    """Keyed, because a body may hold names: without the site key nobody can try names against it."""
    return fingerprint(secret_for("opening body", press.body))
