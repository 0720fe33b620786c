"""Whose screens these are: somebody who is signed in and helps. What they see and change is theirs alone."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, View, for_whom
from stepitup.roster.errors import NoSuchHelper

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, Me, int, P], HttpResponse]


def for_the_helper(view: OwnView[P]) -> View[P]:
    """Open a screen for whoever is on the roster: the view gets the number of their own row, and no other."""

    @for_whom()
    def theirs(request: HttpRequest, me: Me, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if me.helper is None:
            return _not_on_the_roster(request, me)
        try:
            return view(request, me, me.helper, *args, **kwargs)
        except NoSuchHelper:
            return _not_on_the_roster(request, me)

    return theirs


def _not_on_the_roster(request: HttpRequest, me: Me) -> HttpResponse:
    return team_screen(request, me, "me/not_on_the_roster.html", status=HTTPStatus.NOT_FOUND)
