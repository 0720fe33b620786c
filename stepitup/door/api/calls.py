"""The caller's side: press, say more, read the limits, step up, stand down."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.actions import Opened, Press
from stepitup.calls.errors import LimitsChanged
from stepitup.calls.matching import matched_ahead
from stepitup.calls.told import Told
from stepitup.door.api.keys import KEY_IN_WORDS, key_of
from stepitup.door.api.said import Answer, Changed, Nothing, Pressed, ReadLimits
from stepitup.door.api.shapes import opened_shape, shape
from stepitup.door.api.told import CallShape, ChangedCallShape, OpenedShape
from stepitup.door.api.whose import CallToken, call_at
from stepitup.ground.deeds import deed

router = Router(tags=["calls"])
bearer = CallToken()

_NOTHING, _NOTHING_PRESSED, _NOTHING_CHANGED = Nothing(), Pressed(), Changed()


@router.post("/calls", response={201: OpenedShape}, openapi_extra=KEY_IN_WORDS)
def call_for_backup(request: HttpRequest, said: Pressed = _NOTHING_PRESSED) -> Status[OpenedShape]:
    """Call for backup: helpers are paged at once. Send an Idempotency-Key; pressing twice makes one call."""
    press = Press(key_of(request), said.model_dump_json(exclude_unset=True))
    opened = deed(_open, press, matched_ahead(said.told()), said.limits_version)
    return Status(201, opened_shape(opened, calls.as_caller_sees(opened.id)))


@router.get("/calls/{call_id}", response=CallShape, auth=bearer)
def look(request: HttpRequest, call_id: str) -> CallShape:
    """How the call stands."""
    return _shaped(call_at(request, call_id))


@router.patch("/calls/{call_id}", response=ChangedCallShape, auth=bearer)
def tell(request: HttpRequest, call_id: str, said: Changed = _NOTHING_CHANGED) -> ChangedCallShape:
    """Say more while the pages are out; it acts on these at once. A never-rule stays for the length of the call."""
    call = call_at(request, call_id)
    before = calls.as_caller_sees(call)
    told = said.told(before.situation)
    if told.wants == before.wants:
        told = replace(told, wants=None)  # said again, it must not begin the search anew
    unsure = deed(_tell, call, matched_ahead(told, call), said)
    return ChangedCallShape(**_shaped(call), unsure=list(unsure))


@router.post("/calls/{call_id}/limits-read", response={204: None}, auth=bearer)
def limits_read(request: HttpRequest, call_id: str, said: ReadLimits) -> Status[None]:
    """The caller read the limits. Before this no word passes in either direction."""
    deed(actions.limits_read, call_at(request, call_id), version=said.version)
    return Status(204, None)


@router.post("/calls/{call_id}/step-up", response=CallShape, auth=bearer)
def step_up(request: HttpRequest, call_id: str, said: Nothing = _NOTHING) -> CallShape:
    """More, now: the next kind of backup."""
    call = call_at(request, call_id)
    deed(actions.step_up, call)
    return _shaped(call)


@router.post("/calls/{call_id}/not-this-person", response=CallShape, auth=bearer)
def not_this_person(request: HttpRequest, call_id: str, said: Nothing = _NOTHING) -> CallShape:
    """Somebody else, please. No reason is asked."""
    call = call_at(request, call_id)
    deed(actions.not_this_person, call)
    return _shaped(call)


@router.post("/calls/{call_id}/hand-off", response=CallShape, auth=bearer)
def answer_suggestion(request: HttpRequest, call_id: str, said: Answer) -> CallShape:
    """The caller's yes or no to the further kind of backup that their helper suggests."""
    call = call_at(request, call_id)
    deed(actions.answer_suggestion, call, yes=said.yes)
    return _shaped(call)


@router.post("/calls/{call_id}/stand-down", response=CallShape, auth=bearer)
def stand_down(request: HttpRequest, call_id: str, said: Nothing = _NOTHING) -> CallShape:
    """The caller needs nobody any more. Doing it twice changes nothing."""
    call = call_at(request, call_id)
    deed(actions.stand_down, call)
    return _shaped(call)


def _open(now: datetime, press: Press, told: Told, limits_version: str | None) -> Opened:
    """Open the call; the limits count as read if these were read before. Others are due, and never delay a page."""
    opened = actions.call_for_backup(now, press=press, told=told)
    if limits_version:
        with suppress(LimitsChanged):
            actions.limits_read(now, opened.id, version=limits_version)
    return opened


def _tell(now: datetime, call: UUID, told: Told, said: Changed) -> tuple[str, ...]:
    if said.takes_number_back:
        actions.take_number_back(now, call)
    if said.place is not None:
        actions.tell_place(now, call, said.place)
    return actions.tell(now, call, told)


def _shaped(call: UUID) -> CallShape:
    return shape(calls.as_caller_sees(call))
