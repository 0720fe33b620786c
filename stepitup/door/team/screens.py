"""How a signed-in screen is drawn: in the frame, with the ways to other screens that this person has."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stepitup.door.team.navigation import ways_on
from stepitup.roster.sign_in.facts import Me


def team_screen(
    request: HttpRequest,
    me: Me | None,
    template: str,
    told: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Draw one screen of the team. `me` is None for a stranger at the door."""
    about = {"me": me, "ways": ways_on(request, me)}
    return render(request, template, {**about, **(told or {})}, status=status)


def see(address: str) -> HttpResponse:
    """Go on there with a plain GET, so that a refresh presses nothing again."""
    response = redirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
