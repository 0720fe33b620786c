"""The helper's side: a page can only be answered; the seat it gives opens what the caller chose to show."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from ninja import Router, Status

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.errors import NoSuchPage, PageIsOver
from stepitup.door.api import problems
from stepitup.door.api.keys import KEY_IN_WORDS, key_of
from stepitup.door.api.problems import Problem
from stepitup.door.api.said import Declined, HandOff, Nothing
from stepitup.door.api.shapes import page_shape, seat_shape, seated_shape, shape_of_a_test
from stepitup.door.api.told import PageShape, SeatedShape, SeatShape
from stepitup.door.this_device import as_this_device_may_see
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging.tests_of_ways import tried_by_key

router = Router(tags=["pages and seats"])

_NOTHING, _JUST_NO = Nothing(), Declined()


@router.get("/pages/{key}", response=PageShape)
def look(request: HttpRequest, key: str) -> PageShape:
    """A page as it stands. Looking changes nothing. A test says that it is one: nobody is waiting."""
    tried = tried_by_key(key)
    return shape_of_a_test(tried) if tried else page_shape(calls.page_seen(key))


@router.post("/pages/{key}/reached", response=PageShape)
def reached(request: HttpRequest, key: str, said: Nothing = _NOTHING) -> PageShape:
    """It reached me: the one answer that a test takes. On any other page it takes nothing and ends nothing."""
    tried = tried_by_key(key)
    if tried is not None:
        deed(actions.it_reached_me, tried.id)
    return look(request, key)


@router.post("/pages/{key}/acknowledge", response=SeatedShape, openapi_extra=KEY_IN_WORDS)
def acknowledge(request: HttpRequest, key: str, said: Nothing = _NOTHING) -> SeatedShape:
    """Take it. With an Idempotency-Key the same press gives the same seat again."""
    with _a_test_says_so(key):
        seated = deed(actions.acknowledge, key, press=key_of(request) or secrets.token_urlsafe(16))
    sees, _closed = as_this_device_may_see(request, calls.as_helper_sees(seated.secret), seated.secret)
    return seated_shape(seated, sees)


@router.post("/pages/{key}/decline", response={204: None})
def decline(request: HttpRequest, key: str, said: Declined = _JUST_NO) -> Status[None]:
    """Say no; the next helper is asked at once. On a page that was taken it hands the call back."""
    with _a_test_says_so(key):
        deed(actions.decline, key, i_was_there=said.i_was_there)
    return Status(204, None)


@router.get("/seats/{seat}", response=SeatShape)
def sit(request: HttpRequest, seat: str) -> SeatShape:
    """What the helper may see. Before the limits were read: only that somebody is waiting."""
    return _seat(request, seat)


@router.post("/seats/{seat}/joined", response=SeatShape)
def joined(request: HttpRequest, seat: str, said: Nothing = _NOTHING) -> SeatShape:
    """The two are in contact."""
    deed(actions.joined, seat)
    return _seat(request, seat)


@router.post("/seats/{seat}/hand-back", response=SeatShape)
def hand_back(request: HttpRequest, seat: str, said: Nothing = _NOTHING) -> SeatShape:
    """The helper cannot after all; the search goes on at once."""
    deed(actions.hand_back, seat)
    return _seat(request, seat)


@router.post("/seats/{seat}/finished", response=SeatShape)
def finished(request: HttpRequest, seat: str, said: Nothing = _NOTHING) -> SeatShape:
    """The helper's part is done."""
    deed(actions.finished, seat)
    return _seat(request, seat)


@router.post("/seats/{seat}/not-a-call-for-backup", response=SeatShape)
def not_a_call_for_backup(request: HttpRequest, seat: str, said: Nothing = _NOTHING) -> SeatShape:
    """A slip or a prank: the call ends kindly."""
    deed(actions.not_a_call_for_backup, seat)
    return _seat(request, seat)


@router.post("/seats/{seat}/hand-off", response=SeatShape)
def hand_off(request: HttpRequest, seat: str, said: HandOff) -> SeatShape:
    """Suggest a further kind of backup; it comes only if the caller says yes."""
    deed(actions.hand_off, seat, kind=Kind(said.kind))
    return _seat(request, seat)


@contextmanager
def _a_test_says_so(key: str) -> Iterator[None]:
    """Asked only where there was nothing to take: no real page waits for the question whether it is a test."""
    try:
        yield
    except (NoSuchPage, PageIsOver):
        if tried_by_key(key) is None:
            raise
        raise Problem(problems.IS_A_TEST) from None


def _seat(request: HttpRequest, seat: str) -> SeatShape:
    """A program is no enrolled device: where the team has a root key, what a caller left stays closed to it."""
    sees, _closed = as_this_device_may_see(request, calls.as_helper_sees(seat), seat)
    return seat_shape(sees)
