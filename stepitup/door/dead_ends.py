"""Screens for when something is not as it ought to be: each has numbers to ring and the way back. No database.

`site/urls.py` names these as Django's own answers for 400, 403, 404 and 500; the middleware draws the others.
"""

from functools import lru_cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepitup.directory import questions as directory
from stepitup.directory.actions import TROUBLE, static_files
from stepitup.ground.team import team


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read."""
    return screen(request, HTTPStatus.BAD_REQUEST)


def not_from_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something that may not be opened this way."""
    return screen(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such screen."""
    return screen(request, HTTPStatus.NOT_FOUND)


def trouble(request: HttpRequest | None = None) -> HttpResponse:
    """Our own machine is in trouble: said at once and plainly, with the numbers."""
    return _never_stored(HttpResponse(_trouble_text(get_language() or "en"), status=HTTPStatus.SERVICE_UNAVAILABLE))


def screen(request: HttpRequest, status: int) -> HttpResponse:
    """Draw the screen for an answer that would otherwise be empty."""
    heading, words = _in_words(status)
    told = {"heading": heading, "words": words, "lines": directory.first_lines()}
    return _never_stored(HttpResponse(render_to_string("reading/dead_end.html", told, request), status=status))


def _in_words(status: int) -> tuple[str, str]:
    """What happened, and what still holds. Never a code, never blame."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return _("There is no screen here"), _("If you have a call, it is still open. Nothing is lost.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return _("This screen opens another way"), _("If you have a call, it is still open. Nothing was changed.")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _("That was too much at once"), _("We kept nothing of it. If you have a call, it is still open.")
        case _:
            return (
                _("We could not read what was sent"),
                _("We kept nothing of it. If you have a call, it is still open. Please try again."),
            )


@lru_cache(maxsize=8)
def _trouble_text(_language: str) -> str:
    return static_files(ours=team())[TROUBLE]


def _never_stored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
