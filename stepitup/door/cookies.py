"""The few cookies of the door: which call is the caller's, how far they walked, which press was last offered, night or
day. None names anybody.

`__Host-` binds a cookie to this very host and to TLS; HttpOnly keeps it from scripts; Lax keeps other sites' forms from
using it.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

CALL = "__Host-call"
WALKED = "__Host-walked"
PRESS = "__Host-press"
LIGHT = "light"

# A call lives for half a day, a day when two are talking; the words after it are read on the same day.
_A_CALL = timedelta(days=2)
# Long enough to go back in a tunnel and press again; then nothing tells that a button was looked at.
_A_PRESS = timedelta(minutes=15)
_A_YEAR = timedelta(days=365)


def token_in(request: HttpRequest) -> str:
    """The token of the caller's call, or nothing."""
    return request.COOKIES.get(CALL, "")


def walked_in(request: HttpRequest) -> str:
    """How many questions the caller has walked past, as the cookie says it, or nothing."""
    return request.COOKIES.get(WALKED, "")


def press_in(request: HttpRequest) -> str:
    """The key of the button that this phone was shown last, or nothing."""
    return request.COOKIES.get(PRESS, "")


def keeps_already(request: HttpRequest, token: str, *, walked: int) -> bool:
    """Whether this phone knows all of it."""
    return token_in(request) == token and walked_in(request) == str(walked)


def keep_call(response: HttpResponse, token: str, *, walked: int) -> None:
    """Let this phone open its call again."""
    _keep(response, CALL, token)
    _keep(response, WALKED, str(walked))


def keep_press(response: HttpResponse, key: str) -> None:
    """Let this phone know its button again: pressed twice, with an answer lost between, it must make one call."""
    _keep(response, PRESS, key, _A_PRESS)


def keep_light(response: HttpResponse, light: str) -> None:
    """Keep the person's own choice of night or day."""
    response.set_cookie(LIGHT, light, max_age=_A_YEAR, httponly=True, samesite="Lax")


def _keep(response: HttpResponse, name: str, value: str, how_long: timedelta = _A_CALL) -> None:
    response.set_cookie(name, value, max_age=how_long, secure=True, httponly=True, samesite="Lax")
