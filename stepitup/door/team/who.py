"""Who opens a signed-in screen, and whether it is for them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.navigation import SETTING_UP
from stepitup.door.team.screens import see, team_screen
from stepitup.roster.sign_in.facts import Me, Role
from stepitup.roster.sign_in.models import Account
from stepitup.roster.sign_in.questions import who_is

__all__ = ["Me", "Role", "for_whom", "whoever"]

SIGN_IN = "/team/sign-in"
WAYS_TO_SIGN_IN = "/team/security"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TheirView = Callable[Concatenate[HttpRequest, Me, P], HttpResponse]


def for_whom(*roles: Role, setting_up: bool = False) -> Callable[[TheirView[P]], View[P]]:
    """Open a screen for these roles only (none named: for everybody who is signed in).

    The view gets `Me` as its second argument. `setting_up`: also for somebody who has just come by an invitation and
    has no passkey yet.
    """

    def guard(view: TheirView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            me = whoever(request)
            if me is None:
                return _sign_in_first(request)
            if request.session.get(SETTING_UP) and not setting_up:
                return see(WAYS_TO_SIGN_IN)
            if not me.roles or (roles and not me.has(*roles)):
                return team_screen(request, me, "team/not_for_you.html", status=HTTPStatus.FORBIDDEN)
            return view(request, me, *args, **kwargs)

        return guarded

    return guard


def whoever(request: HttpRequest) -> Me | None:
    """Whoever is signed in; None for a stranger."""
    account = request.user
    return who_is(account) if isinstance(account, Account) and account.is_active else None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Sign in, then come back to the screen that was asked for. A press is not repeated."""
    came_from = f"?next={quote(request.path)}" if request.method == "GET" else ""
    return see(SIGN_IN + came_from)
