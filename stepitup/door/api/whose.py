"""Whose call it is: found by the bearer token. A wrong one is told so kindly."""

from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from stepitup.calls import questions as calls
from stepitup.calls.errors import NoSuchCall
from stepitup.door.api.problems import NO_SUCH_CALL, Problem

_LONGEST = 100


class CallToken(HttpBearer):
    """The token that opened with the call."""

    def authenticate(self, _request: HttpRequest, token: str) -> UUID | None:
        """The call that this token opens, or None."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        try:
            return calls.call_with(token)
        except NoSuchCall:
            return None


def call_at(request: HttpRequest, call_id: str) -> UUID:
    """The call in the address, if the token opens that very one. Raises Problem."""
    opened: UUID = request.auth  # type: ignore[attr-defined]  # django-ninja puts there what CallToken found
    if call_id != str(opened):
        raise Problem(NO_SUCH_CALL)
    return opened
