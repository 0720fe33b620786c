"""Who sits: found by the secret in the form, or by the cookie. The walk works where cookies are blocked."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from stepitup.calls import questions as calls
from stepitup.calls.errors import NoSuchSeat
from stepitup.calls.shown import SeatSees
from stepitup.door.this_device import Closed, as_this_device_may_see

SEAT = "__Host-seat"
# Set when a page is looked at; if the press brings it back, the phone keeps cookies and may be sent to /seat.
_KEEPS_COOKIES = "__Host-keeps"
FIELD = "seat"
_LONGEST_SECRET = 100
# Two who are talking are left alone for a day; the questions afterwards are read on the same day.
_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Sitting:
    """Somebody with a seat. `by_cookie`: plain links find the seat too; else every form brings the secret."""

    secret: str
    by_cookie: bool
    sees: SeatSees
    closed: Closed


def sitting_at(request: HttpRequest, *, secret: str = "") -> Sitting | None:
    """Who sent this, if they sit or sat. What the form brings counts before the cookie: it is what they looked at.

    `secret` is for the first screen after the press, before any form could bring it.
    """
    in_cookie = seat_in_cookie(request)
    for found in (secret, _secret_in_form(request), in_cookie):
        sees = _seen_with(found)
        if sees is not None:
            in_danger = request.method == "POST" and "in_danger" in request.POST
            here, closed = as_this_device_may_see(request, sees, found, in_danger=in_danger)
            return Sitting(found, by_cookie=found == in_cookie, sees=here, closed=closed)
    return None


def seat_in_cookie(request: HttpRequest) -> str:
    """The secret of the seat this phone keeps, or nothing."""
    return request.COOKIES.get(SEAT, "")


def brought_secret(request: HttpRequest) -> bool:
    """Whether the form itself brings the secret: no other site could make it do so."""
    return bool(_secret_in_form(request))


def ask_whether_cookies_are_kept(response: HttpResponse) -> None:
    """A cookie that says nothing: it only shows whether the phone brings it back."""
    _keep(response, _KEEPS_COOKIES, "yes", kept=timedelta(hours=1))


def keeps_cookies(request: HttpRequest) -> bool:
    """Whether this phone brought back a cookie of ours."""
    return _KEEPS_COOKIES in request.COOKIES or SEAT in request.COOKIES


def keep_seat(response: HttpResponse, secret: str) -> None:
    """Let this phone open its seat again."""
    _keep(response, SEAT, secret, kept=_KEPT)


def forget_seat(response: HttpResponse) -> None:
    """Let this phone forget the seat."""
    _keep(response, SEAT, "", kept=timedelta(0))


def _secret_in_form(request: HttpRequest) -> str:
    return request.POST.get(FIELD, "") if request.method == "POST" else ""


def _seen_with(secret: str) -> SeatSees | None:
    if not secret or len(secret) > _LONGEST_SECRET or not secret.isascii():
        return None
    try:
        return calls.as_helper_sees(secret)
    except NoSuchSeat:
        return None


def _keep(response: HttpResponse, name: str, value: str, *, kept: timedelta) -> None:
    response.set_cookie(name, value, max_age=kept, secure=True, httponly=True, samesite="Lax")
