"""No dead end: whatever breaks below, a person at the door gets numbers to ring and the way back."""

import logging
import traceback
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase

from stepitup.door import dead_ends

log = logging.getLogger(__name__)

_A_FORM = "application/x-www-form-urlencoded"
_DRAWN_ELSEWHERE = (Http404, PermissionDenied)  # by dead_ends, as site/urls.py says
_UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnicodeError)


class NoDeadEnds:
    """Turns every trouble below into a screen. Programs get theirs from the API itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; an answer of trouble without a word in it gets a screen."""
        response = self._get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and _says_nothing(response) and _is_for_people(request):
            return _with_what_it_allows(response, dead_ends.screen(request, response.status_code))
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Bytes that are no UTF-8 would be read as other letters than were meant, so they are asked for again."""
        if not _is_for_people(request) or request.content_type != _A_FORM:
            return None
        try:
            request.body.decode()
        except RequestDataTooBig:
            return dead_ends.screen(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except UnicodeDecodeError:
            return dead_ends.screen(request, HTTPStatus.BAD_REQUEST)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view stumbled: over what was sent, or over our own trouble."""
        if not _is_for_people(request) or isinstance(exception, Http404):
            return None
        if isinstance(exception, RequestDataTooBig):
            return dead_ends.screen(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if isinstance(exception, _UNREADABLE):
            return dead_ends.screen(request, HTTPStatus.BAD_REQUEST)
        log.error("a screen could not be drawn: %s", _where(exception))
        return dead_ends.trouble(request)


def _is_for_people(request: HttpRequest) -> bool:
    return not request.path.startswith("/api/")


def _says_nothing(response: HttpResponseBase) -> bool:
    return not response.streaming and not getattr(response, "content", b"")


def _with_what_it_allows(before: HttpResponse, after: HttpResponse) -> HttpResponse:
    if "Allow" in before:
        after["Allow"] = before["Allow"]
    return after


def _where(exception: Exception) -> str:
    """The kind of trouble and the line it came from; never its message, which may hold what somebody typed."""
    frames = traceback.extract_tb(exception.__traceback__)
    ours = [frame for frame in frames if "stepitup" in frame.filename] or frames
    place = f"{ours[-1].filename.rpartition('stepitup/')[2]}:{ours[-1].lineno}" if ours else "an unknown place"
    return f"{type(exception).__name__} at {place}"
