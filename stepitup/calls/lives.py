"""How lives are read from the database: in few questions, however many lives they are.

Whoever means to change a life reads it under the lock of its call.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from stepitup.calls import models
from stepitup.calls.errors import NoSuchCall
from stepitup.calls.life import Asked, CallState, Ending, Life, Seat, SeatState, Turn, TurnKind
from stepitup.calls.plan import Plan, plan_from_json
from stepitup.ground.spelled import spelled
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState

_COLUMNS_OF_A_CALL = tuple(field.attname for field in models.Call._meta.concrete_fields)


def lock(call_id: UUID) -> models.Call:
    """The call's row, ours until commit. Raises NoSuchCall when there is none (any more)."""
    return _the_one(lock_all([call_id]))


def lock_all(call_ids: Collection[UUID]) -> list[models.Call]:
    """The rows of these calls, ours until commit; who locks several does it in this order. Calls that are gone lack."""
    return [_row_of(values) for values in _locked_calls(call_ids)]


def look(call_id: UUID) -> models.Call:
    """The call's row as it is now. Raises NoSuchCall when there is none (any more)."""
    return _the_one([_row_of(values) for values in _calls([call_id])])


def read_life(row: models.Call) -> Life:
    """The whole life behind a call's row."""
    return read_lives([row])[0]


def read_lives(rows: Sequence[models.Call]) -> list[Life]:
    """The whole lives behind these calls' rows: three queries, however many they are."""
    calls = [row.pk for row in rows]
    asked_of: defaultdict[UUID, list[Asked]] = defaultdict(list)
    turns_of: defaultdict[UUID, list[Turn]] = defaultdict(list)
    seats_of: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for turn, page, helper, kind, step, state in _asked_of(calls):
        asked_of[turn].append(Asked(page, helper, Kind(kind), step, PageState(state)))
    for columns in map(_TurnColumns._make, _turns_of(calls)):
        turns_of[columns.call_id].append(_turn(columns, tuple(asked_of[columns.pk])))
    for call, *values in _seats_of(calls):
        seats_of[call].append(_seat(_SeatColumns._make(values)))
    return [_life(row, tuple(turns_of[row.pk]), tuple(seats_of[row.pk])) for row in rows]


def seat_of(row: models.Seat) -> Seat:
    """A seat's row as a value."""
    return _seat(_SeatColumns._make(getattr(row, column) for column in _SeatColumns._fields))


class _TurnColumns(NamedTuple):
    call_id: UUID
    pk: UUID
    number: int
    kind: str
    frozen: str
    opened_at: datetime
    state: str
    step: int
    next_at: datetime | None
    last_step: bool
    hungry: bool


class _SeatColumns(NamedTuple):
    pk: UUID
    turn_id: UUID
    page_id: UUID
    helper_id: int
    kind: str
    opened_at: datetime
    state: str
    joined_at: datetime | None
    ended_at: datetime | None


@spelled
def _locked_calls(ids: Collection[UUID]) -> QuerySet[models.Call, tuple[Any, ...]]:
    return models.Call.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list(*_COLUMNS_OF_A_CALL)


@spelled
def _calls(ids: Collection[UUID]) -> QuerySet[models.Call, tuple[Any, ...]]:
    return models.Call.objects.filter(pk__in=ids).values_list(*_COLUMNS_OF_A_CALL)


@spelled
def _asked_of(calls: Collection[UUID]) -> QuerySet[models.Asked, tuple[UUID, UUID, int, str, int, str]]:
    asked = models.Asked.objects.filter(turn__call__in=calls).order_by("page__opened_at", "page_id")
    return asked.values_list("turn_id", "page_id", "helper_id", "kind", "step", "page__state")


@spelled
def _turns_of(calls: Collection[UUID]) -> QuerySet[models.Turn, tuple[Any, ...]]:
    turns = models.Turn.objects.filter(call__in=calls).annotate(frozen=Cast("plan", TextField()))
    return turns.order_by("number").values_list(*_TurnColumns._fields)


@spelled
def _seats_of(calls: Collection[UUID]) -> QuerySet[models.Seat, tuple[Any, ...]]:
    seats = models.Seat.objects.filter(turn__call__in=calls).order_by("opened_at")
    return seats.values_list("turn__call_id", *_SeatColumns._fields)


def _the_one(rows: Sequence[models.Call]) -> models.Call:
    if not rows:
        raise NoSuchCall
    return rows[0]


def _row_of(values: tuple[Any, ...]) -> models.Call:
    return models.Call.from_db(DEFAULT_DB_ALIAS, _COLUMNS_OF_A_CALL, values)


def _life(row: models.Call, turns: tuple[Turn, ...], seats: tuple[Seat, ...]) -> Life:
    return Life(
        id=row.pk,
        opened_at=row.opened_at,
        turns=turns,
        seats=seats,
        closed_at=row.closed_at,
        ending=Ending(row.ending) if row.ending else None,
        suggested=Kind(row.suggested) if row.suggested else None,
    )


def _turn(columns: _TurnColumns, asked: tuple[Asked, ...]) -> Turn:
    return Turn(
        id=columns.pk,
        number=columns.number,
        kind=TurnKind(columns.kind),
        plan=_frozen(columns.frozen),
        opened_at=columns.opened_at,
        state=CallState(columns.state),
        step=columns.step,
        next_at=columns.next_at,
        last_step=columns.last_step,
        hungry=columns.hungry,
        asked=asked,
    )


@lru_cache(maxsize=256)
def _frozen(plan: str) -> Plan:
    """Most calls have the same plan frozen onto them: the same text is read once."""
    return plan_from_json(json.loads(plan))


def _seat(columns: _SeatColumns) -> Seat:
    return Seat(
        id=columns.pk,
        turn=columns.turn_id,
        page=columns.page_id,
        helper=columns.helper_id,
        kind=Kind(columns.kind),
        opened_at=columns.opened_at,
        state=SeatState(columns.state),
        joined_at=columns.joined_at,
        ended_at=columns.ended_at,
    )
