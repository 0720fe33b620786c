"""What of a caller opens on the device in the helper's hand, where the team has a root key.

Nobody is ever locked out of their seat. On a phone that is not enrolled a helper still joins, hands back, is rung by
the caller or by the house, and can carry the seat to the phone that is enrolled. What stays closed there: the number,
the place, what the caller chose to show. Above that stand:

1. Where neither a team number nor the house brings the two together, the number is shown all the same.
2. Where a life is in danger, one press shows where the caller is.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from stepitup.calls.shown import SeatSees
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.team import team
from stepitup.roster.devices import questions
from stepitup.roster.devices.proof import words_of_seat

_COOKIE = "__Host-device"
_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Closed:
    """What a screen must say that it does not show."""

    number: bool = False
    place: bool = False
    shown: bool = False
    words: str = ""

    def __bool__(self) -> bool:
        return self.number or self.place or self.shown


def as_this_device_may_see(
    request: HttpRequest, sees: SeatSees, secret: str, *, in_danger: bool = False
) -> tuple[SeatSees, Closed]:
    """The seat as this device may show it, and what it keeps closed."""
    root = team().root_key
    if not root or _is_enrolled(request, sees.helper, secret, root=root):
        return sees, Closed()
    closed = Closed(
        number=sees.number is not None and (bool(sees.team_number) or sees.may_join_by_ring),
        place=bool(sees.place) and not in_danger,
        shown=bool(sees.shown or sees.in_common),
        words=words_of_seat(fingerprint(secret)),
    )
    open_here = replace(
        sees,
        number=None if closed.number else sees.number,
        place="" if closed.place else sees.place,
        shown=(),
        in_common=(),
    )
    return open_here, closed


def prove(request: HttpRequest, sees: SeatSees, secret: str) -> HttpResponse:
    """This device shows that it is the helper's own; it is remembered for this one seat."""
    said = {name: request.POST.get(name, "")[:200] for name in ("key", "proof")}
    device = questions.opens_seat(sees.helper, root=team().root_key, seat_mark=fingerprint(secret), **said)
    if device is None:
        return HttpResponse(status=403)
    response = HttpResponse(status=204)
    response.set_cookie(_COOKIE, _remembered(device, secret), max_age=_KEPT, secure=True, httponly=True, samesite="Lax")
    return response


def _is_enrolled(request: HttpRequest, helper: int, secret: str, *, root: str) -> bool:
    number, _, _mac = request.COOKIES.get(_COOKIE, "").partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return False
    return request.COOKIES[_COOKIE] == _remembered(int(number), secret) and questions.is_still_enrolled(
        int(number), helper=helper, root=root
    )


def _remembered(device: int, secret: str) -> str:
    return f"{device}.{secret_for('device at seat', f'{device} {fingerprint(secret)}')}"
