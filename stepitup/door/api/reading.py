"""Reading a body strictly: JSON as RFC 8259 means it, and what it leaves open is refused in words.

A key that stands twice, a number that is none, half a character: programs disagree on what these mean, and about a
call for backup there must be no two opinions.
"""

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.parser import Parser

from stepitup.door.api.problems import NOT_JSON, TOO_LONG, UNREADABLE, Problem

_DEEPEST = 6
_MOST_KEYS = 60
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)


class StrictParser(Parser):
    """django-ninja asks this for the body of a request."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as one table. Raises Problem, with nothing stored."""
        _must_be_plain_json(request)
        return read_table(request.body)


def read_table(body: bytes) -> dict[str, Any]:
    """One JSON object, read strictly. Raises Problem."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(NOT_JSON, _("The body is not text in UTF-8. Nothing was stored.")) from None
    _must_be_shallow(text)
    try:
        value = json.loads(text, object_pairs_hook=_table, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Problem(UNREADABLE) from None
    if not isinstance(value, dict):
        raise Problem(UNREADABLE, _("The body must be one JSON object: { … }. Nothing was stored."))
    return value


def body_of(request: HttpRequest) -> bytes:
    """The raw body. Raises Problem when it is too long or stopped on the way."""
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem(TOO_LONG) from None
    except UnreadablePostError:
        raise Problem(UNREADABLE, _("Not everything arrived. Send it once more; nothing was stored.")) from None


def _must_be_plain_json(request: HttpRequest) -> None:
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    encoded = request.headers.get("Content-Encoding", "identity")
    is_json = request.content_type == "application/json"
    if not is_json or charset.lower() not in {"utf-8", "utf8"} or encoded.lower() != "identity":
        raise Problem(NOT_JSON)


def _must_be_shallow(text: str) -> None:
    """Counted before reading: a tower of brackets must not climb our own stack."""
    depth = 0
    for sign in _STRING.sub("", text):
        depth += (sign in "[{") - (sign in "]}")
        if depth > _DEEPEST:
            raise Problem(UNREADABLE, _("The body is nested too deeply. Nothing was stored."))


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise Problem(UNREADABLE, _("A field stands twice in the same object. Nothing was stored."))
    if len(table) > _MOST_KEYS:
        raise Problem(UNREADABLE, _("There are too many fields in one object. Nothing was stored."))
    return table


def _no_number(word: str) -> None:
    raise Problem(UNREADABLE, _("NaN and Infinity are no numbers in JSON. Nothing was stored."))
