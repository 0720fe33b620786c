"""Plain screens: numbers first where a life may hang on it, then words."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stepitup.directory import questions as directory
from stepitup.directory.actions import HOTLINES, static_files
from stepitup.door import cookies, words
from stepitup.door.ask_for_backup.press_key import with_press
from stepitup.ground.team import team

# A path on this very site: one slash, then plain signs. "//elsewhere" and "/\elsewhere" lead away.
_OUR_PATH = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_/-]*)?")


@require_safe
def danger(request: HttpRequest) -> HttpResponse:
    """911 and 988 at once; no question before the numbers."""
    return with_press(request, "reading/danger.html", {"line": directory.first_lines()[0]})


@require_safe
def worried(request: HttpRequest) -> HttpResponse:
    """What to do for somebody else. Nobody can open a call for another."""
    return _shown(request, "worried.html", line=directory.first_lines()[0])


@require_safe
def hotlines(request: HttpRequest) -> HttpResponse:
    """All lines: the same words as the file that the router serves when all else is down."""
    return never_kept(HttpResponse(static_files(ours=team())[HOTLINES]))


@require_safe
def my_job(request: HttpRequest) -> HttpResponse:
    """The team's own answers, signed and dated; or that we do not know."""
    return _shown(request, "my_job.html")


@require_safe
def who_runs_this(request: HttpRequest) -> HttpResponse:
    """Who runs the machine and on whose network."""
    return _shown(request, "who_runs_this.html")


@require_safe
def something_went_wrong(request: HttpRequest) -> HttpResponse:
    """A complaint goes to somebody outside; no name is needed."""
    return _shown(request, "something_went_wrong.html")


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """Where "leave quickly" leads: a plain screen that says nothing. It ends no call.

    The day is the host's, because our own clock may be the database's, and the way out opens without one.
    """
    return _shown(request, "away.html", today=words.day(timezone.now()))  # noqa: TID251  as said


@require_POST
def night(request: HttpRequest) -> HttpResponse:
    """Night or day, by the person's own choice."""
    back = request.POST.get("next", "/")
    response = redirect(back if _OUR_PATH.fullmatch(back) else "/")
    response.status_code = HTTPStatus.SEE_OTHER
    light = request.POST.get("light", "")
    if light in {"night", "day"}:
        cookies.keep_light(response, light)
    return never_kept(response)


def never_kept(response: HttpResponse) -> HttpResponse:
    """Nobody on the way keeps what somebody read."""
    response["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, template: str, **told: object) -> HttpResponse:
    return never_kept(render(request, f"reading/{template}", told))
