"""Screens about the whole team are not for a coordinator who looks after one agency's people."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role, TheirView, View, for_whom

P = ParamSpec("P")


def for_the_whole_team(*roles: Role) -> Callable[[TheirView[P]], View[P]]:
    """Like `for_whom`; whoever is bound to one agency is told whom to ask."""

    def guard(view: TheirView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, me: Me, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if me.agency is not None:
                return team_screen(request, me, "team/not_for_one_agency.html", status=HTTPStatus.FORBIDDEN)
            return view(request, me, *args, **kwargs)

        return for_whom(*roles)(guarded)

    return guard
