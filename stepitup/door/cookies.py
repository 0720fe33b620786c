"""The few cookies of the door: which call is the caller's, how far they walked, night or day. None names anybody.

`__Host-` binds a cookie to this very host and to TLS; HttpOnly keeps it from scripts; Lax keeps other sites' forms from
using it.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

CALL = "__Host-call"
WALKED = "__Host-walked"
LIGHT = "light"

# A call lives for half a day, a day when two are talking; the words after it are read on the same day.
_A_CALL = timedelta(days=2)
_A_YEAR = timedelta(days=365)


def token_in(request: HttpRequest) -> str:
    """The token of the caller's call, or nothing."""
    return request.COOKIES.get(CALL, "")


def walked_in(request: HttpRequest) -> str:
    """How many questions the caller has walked past, as the cookie says it, or nothing."""
    return request.COOKIES.get(WALKED, "")


def keeps_already(request: HttpRequest, token: str, *, walked: int) -> bool:
    """Whether this phone knows all of it."""
    return token_in(request) == token and walked_in(request) == str(walked)


def keep_call(response: HttpResponse, token: str, *, walked: int) -> None:
    """Let this phone open its call again."""
    _keep(response, CALL, token)
    _keep(response, WALKED, str(walked))


def keep_light(response: HttpResponse, light: str) -> None:
    """Keep the person's own choice of night or day."""
    response.set_cookie(LIGHT, light, max_age=_A_YEAR, httponly=True, samesite="Lax")


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_A_CALL, secure=True, httponly=True, samesite="Lax")
