"""Who stands at the door with a call: found by the token in the form, or by the cookie."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from stepitup.calls import questions as calls
from stepitup.calls.errors import NoSuchCall
from stepitup.door import cookies

# The hidden field by which the walk goes on where cookies are blocked.
FIELD = "call"
_LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Caller:
    """Somebody with a call. `by_cookie`: the phone keeps our cookie, so that plain links find the call too."""

    call: UUID
    token: str
    by_cookie: bool


def caller_at(request: HttpRequest) -> Caller | None:
    """The caller who sent this, or None. What the form brings counts before the cookie: it is what they looked at."""
    in_form, in_cookie = _token_in_form(request), cookies.token_in(request)
    for token in (in_form, in_cookie):
        call = _call_with(token)
        if call is not None:
            return Caller(call, token, by_cookie=token == in_cookie)
    return None


def brought_token(request: HttpRequest) -> bool:
    """Whether the form itself brings a token."""
    return bool(_token_in_form(request))


def _token_in_form(request: HttpRequest) -> str:
    return request.POST.get(FIELD, "") if request.method == "POST" else ""


def _call_with(token: str) -> UUID | None:
    if not token or len(token) > _LONGEST_TOKEN or not token.isascii():
        return None
    try:
        return calls.call_with(token)
    except NoSuchCall:
        return None
