"""From what can go wrong below to problems in words. Whatever is not in this list is ours, and is told as ours."""

import logging
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from stepitup.calls import errors
from stepitup.door.api import problems
from stepitup.door.api.problems import Problem, ProblemKind, respond
from stepitup.door.api.shapes import limits_shape
from stepitup.door.api.words import in_words

log = logging.getLogger(__name__)

_AT_MOST = 20
_LONGEST_NAME = 60

_KNOWN: Mapping[type[Exception], ProblemKind] = {
    errors.NoSuchCall: problems.NO_SUCH_CALL,
    errors.CallIsOver: problems.CALL_IS_OVER,
    errors.OpeningKeyUsed: problems.KEY_USED,
    errors.LimitsNotRead: problems.LIMITS_NOT_READ,
    errors.NobodyToRefuse: problems.NOBODY_TO_REFUSE,
    errors.NothingSuggested: problems.NOTHING_SUGGESTED,
    errors.NoSuchPage: problems.NO_SUCH_PAGE,
    errors.PageIsOver: problems.PAGE_IS_OVER,
    errors.SomeoneHasIt: problems.SOMEONE_HAS_IT,
    errors.AnsweredElsewhere: problems.ANSWERED_ELSEWHERE,
    errors.NoSuchSeat: problems.NO_SUCH_SEAT,
    errors.SeatIsOver: problems.SEAT_IS_OVER,
    RequestDataTooBig: problems.TOO_LONG,
    UnreadablePostError: problems.UNREADABLE,
}


def put_into_words(api: NinjaAPI) -> None:
    """Let this API say every trouble in words."""
    api.add_exception_handler(Problem, _told(lambda problem: problem))
    api.add_exception_handler(errors.LimitsChanged, _told(_limits_changed))
    api.add_exception_handler(errors.CannotSit, _told(_cannot_sit))
    api.add_exception_handler(ValidationError, _told(_not_understood))
    api.add_exception_handler(AuthenticationError, _told(_no_token))
    api.add_exception_handler(HttpError, _told(_as_the_parser_said))
    api.add_exception_handler(DatabaseError, _told(_database_away))
    api.add_exception_handler(Exception, _told(_ours))
    for trouble, kind in _KNOWN.items():
        api.add_exception_handler(trouble, _told(partial(_as_known, kind)))


def _told(put: Callable[[Any], Problem]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, trouble: respond(request, put(trouble))


def _as_known(kind: ProblemKind, _trouble: Exception) -> Problem:
    return Problem(kind)


def _limits_changed(trouble: errors.LimitsChanged) -> Problem:
    return Problem(problems.LIMITS_CHANGED, more={"limits_due": [limits_shape(notice) for notice in trouble.present]})


def _cannot_sit(trouble: errors.CannotSit) -> Problem:
    return Problem(problems.CANNOT_SIT, trouble.why)


def _no_token(_trouble: AuthenticationError) -> Problem:
    return Problem(problems.NO_TOKEN, headers={"WWW-Authenticate": "Bearer"})


def _as_the_parser_said(trouble: HttpError) -> Problem:
    """django-ninja wraps whatever a parser raises; the words are in the cause."""
    return trouble.__cause__ if isinstance(trouble.__cause__, Problem) else Problem(problems.UNREADABLE)


def _not_understood(trouble: ValidationError) -> Problem:
    fields = [_field(error) for error in trouble.errors[:_AT_MOST]]
    first = _("%(field)s: %(problem)s Nothing was stored.") % fields[0]
    return Problem(problems.NOT_UNDERSTOOD, first, more={"errors": fields})


def _field(error: Mapping[str, Any]) -> dict[str, Any]:
    context = error.get("ctx") or {}
    told: dict[str, Any] = {"field": _name(error["loc"]), "problem": in_words(error["type"], context=context)}
    if "choose_from" in context:
        told["choose_from"] = context["choose_from"]
    return told


def _name(place: tuple[object, ...]) -> str:
    """never.names.0: the field as the program knows it, without our own name for the body, and never its value."""
    own_names = 2 if place[0] == "body" else 1
    name = ".".join(str(part) for part in place[own_names:] if part != "[key]") or str(place[0])
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:_LONGEST_NAME]


def _database_away(trouble: DatabaseError) -> Problem:
    log.error("the database did not answer the API (%s)", type(trouble).__name__)
    return Problem(problems.DATABASE_AWAY)


def _where(trouble: Exception) -> str:
    frames = traceback.extract_tb(trouble.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"


def _ours(trouble: Exception) -> Problem:
    # The kind of trouble and where, never its text: a text may quote what somebody said.
    log.error("the API met trouble: %s at %s", type(trouble).__name__, _where(trouble))
    return Problem(problems.OUR_TROUBLE)
