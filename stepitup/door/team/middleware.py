"""Sessions and sign-in act under /team/ and nowhere else: no caller and no page-answering helper ever meets them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.middleware import AccountMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stepitup.door.origin import came_from_here
from stepitup.door.team.screens import see

TEAM = "/team/"
_CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})

Answering = Callable[[HttpRequest], HttpResponse]


class SignedInScreens:
    """The way in to the team's own screens.

    1. Anything else passes by untouched. 2. A press must come from our own screens (no other site acts with
    somebody's session; so no form needs a token). 3. Then session, account, allauth. 4. Nobody on the way stores it.
    """

    def __init__(self, get_response: Answering) -> None:
        self._elsewhere = get_response
        self._allauth = AccountMiddleware(get_response)
        # Synchronous all the way, as the house is: what comes out is a plain answer.
        self._inside: Any = SessionMiddleware(AuthenticationMiddleware(MessageMiddleware(self._allauth)))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One request."""
        if not request.path.startswith(TEAM):
            return self._elsewhere(request)
        if request.method not in _CHANGES_NOTHING and not came_from_here(request, brought_secret=False):
            response = render(request, "team/from_elsewhere.html", status=HTTPStatus.FORBIDDEN)
        else:
            response = self._answer(request)
        response.headers["Cache-Control"] = "no-store"
        # Forms are checked by Origin, which browsers call "null" where no referrer may be told.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = self._inside(request)
        except SessionInterrupted:  # signed out elsewhere, while this was being answered
            return see("/team/sign-in")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """allauth asks for a fresh proof of who somebody is by an exception."""
        if not request.path.startswith(TEAM):
            return None
        answer: HttpResponse | None = self._allauth.process_exception(request, exception)
        return answer
