"""Trouble in words: problem details (RFC 9457) with the hotlines, so that no program shows somebody a bare number."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.directory import questions as directory
from stepitup.door.api.shapes import hotline_shape

log = logging.getLogger(__name__)

ADDRESS = "/api/v1/problems"
TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemKind:
    """One sort of trouble: its name in `type`, its status, and what it means to a person."""

    name: str
    status: int
    title: Promise | str
    detail: Promise | str


class Problem(Exception):
    """Trouble on the way of a request, said in words. `more` stands beside the words: fields, limits, words to use."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str = "",
        *,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail or str(kind.detail)
        self.more = dict(more or {})
        self.headers = dict(headers or {})


def respond(_request: HttpRequest, problem: Problem) -> JsonResponse:
    """The problem as it goes out."""
    told = {
        "type": f"{ADDRESS}#{problem.kind.name}",
        "title": str(problem.kind.title),
        "status": problem.kind.status,
        "detail": problem.detail,
        **problem.more,
        "hotlines": [hotline_shape(line) for line in directory.first_lines()],
    }
    response = JsonResponse(told, status=problem.kind.status, content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


NOT_JSON = ProblemKind(
    "not-json",
    415,
    _("Send JSON"),
    _("Send the body as application/json in UTF-8, not compressed. Nothing was stored."),
)
UNREADABLE = ProblemKind(
    "unreadable",
    400,
    _("We could not read this"),
    _("The body is not JSON that we can read. Nothing was stored."),
)
TOO_LONG = ProblemKind(
    "too-long",
    413,
    _("This is too long"),
    _("A body holds 64 KiB at the most. Nothing was stored."),
)
NOT_UNDERSTOOD = ProblemKind(
    "not-understood",
    422,
    _("Something here is not as we know it"),
    _("Look at `errors`: each names a field and says what fits there. Nothing was stored."),
)
KEY_TOO_SHORT = ProblemKind(
    "key-too-short",
    422,
    _("This Idempotency-Key is too short"),
    _("Send at least 128 random bits: 22 letters and digits, 32 hex digits, or a UUID; 200 characters at the most."),
)
KEY_USED = ProblemKind(
    "key-used",
    422,
    _("This Idempotency-Key was used with another body"),
    _("The first call stands as it was pressed. Send the same body again to get it, or a fresh key for another call."),
)
NO_TOKEN = ProblemKind(
    "no-token",
    401,
    _("We cannot tell whose call this is"),
    _("Send the token that opened with the call: Authorization: Bearer …"),
)
NO_SUCH_CALL = ProblemKind(
    "no-such-call",
    404,
    _("This token opens no such call"),
    _("The call may be deleted, or the token belongs to another one. A new press opens a new call."),
)
CALL_IS_OVER = ProblemKind(
    "call-is-over",
    409,
    _("This call is closed"),
    _("Nothing was changed. A new press opens a new call."),
)
LIMITS_CHANGED = ProblemKind(
    "limits-changed",
    409,
    _("The limits have changed"),
    _("Show the ones in `limits_due` and send their version once they were read. Until then no word may pass."),
)
LIMITS_NOT_READ = ProblemKind(
    "limits-not-read",
    409,
    _("The caller is still reading the limits"),
    _("No word may pass before they pressed that they read them. Stay: it takes a moment."),
)
NOBODY_TO_REFUSE = ProblemKind(
    "nobody-to-refuse",
    409,
    _("Nobody has answered yet"),
    _("There is nobody to say no to. The search goes on."),
)
NOTHING_SUGGESTED = ProblemKind(
    "nothing-suggested",
    409,
    _("No helper has suggested anybody else"),
    _("To ask for more yourself, use step-up."),
)
NO_SUCH_PAGE = ProblemKind(
    "no-such-page",
    404,
    _("This page is over, thank you"),
    _("You need to do nothing more. If you are needed again, a new page reaches you."),
)
PAGE_IS_OVER = ProblemKind(
    "page-is-over",
    409,
    _("This page is over, thank you"),
    _("You need to do nothing more. If you are needed again, a new page reaches you."),
)
IS_A_TEST = ProblemKind(
    "is-a-test",
    409,
    _("This is a test: nobody is waiting"),
    _("There is nothing to take or to refuse. Say that it reached you, and from then on this way counts."),
)
SOMEONE_HAS_IT = ProblemKind(
    "someone-has-it",
    409,
    _("Someone has it, thank you"),
    _("Another helper answered before you. You need to do nothing more."),
)
ANSWERED_ELSEWHERE = ProblemKind(
    "answered-elsewhere",
    409,
    _("This page was answered by another press"),
    _("The seat belongs to whoever pressed. If that phone is out of reach, decline hands it back."),
)
CANNOT_SIT = ProblemKind(
    "cannot-sit",
    409,
    _("This one goes to another helper"),
    _("You cannot take it now. The search goes on."),
)
NO_SUCH_SEAT = ProblemKind(
    "no-such-seat",
    404,
    _("This secret opens no seat"),
    _("The seat may be deleted with its call. Open the link of the page again."),
)
SEAT_IS_OVER = ProblemKind(
    "seat-is-over",
    409,
    _("This seat is over, thank you"),
    _("It was finished, handed back, or the call is closed. You need to do nothing more."),
)
NOTHING_HERE = ProblemKind(
    "nothing-here",
    404,
    _("There is nothing here"),
    _("No address of this API is written so. What there is: /api/v1/openapi.json"),
)
NOT_LIKE_THIS = ProblemKind(
    "not-like-this",
    405,
    _("This address cannot do that"),
    _("Look at `Allow` for what it can do. Nothing was stored."),
)
OUR_TROUBLE = ProblemKind(
    "our-trouble",
    500,
    _("We have trouble. That is our failure, not yours"),
    _("We cannot tell you whether this was stored. Send it once more with the same Idempotency-Key."),
)
DATABASE_AWAY = ProblemKind(
    "database-away",
    503,
    _("We have trouble. That is our failure, not yours"),
    _("Our machine cannot read or write just now. What we confirmed before is kept. Send it once more soon."),
)
KINDS = tuple(kind for kind in list(globals().values()) if isinstance(kind, ProblemKind))
