"""The way through the questions while the pages are out: each is asked once, each may be skipped.

Where the phone keeps cookies, a form is answered by a redirection; where it does not, by the next screen itself.
"""

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from stepitup.door.ask_for_backup import asking
from stepitup.door.ask_for_backup.at import ALL_WALKED, QUESTIONS, At, for_the_caller, go_to, private_screen

WAITING = "/call"


@for_the_caller
def stand(at: At) -> HttpResponse:
    """Where the caller stands, for whoever holds the call."""
    if at.request.method == "POST" and at.caller.by_cookie:
        return go_to(at, WAITING)
    return where_they_stand(at)


def where_they_stand(at: At) -> HttpResponse:
    """The next question, or the waiting screen when all were walked. Once somebody has answered, the limits first."""
    return DRAWN[_next(at)](at)


def go_on(at: At) -> HttpResponse:
    """After a form: the same, by a redirection where cookies work."""
    return go_to(at, WAITING) if at.caller.by_cookie else where_they_stand(at)


def waiting(at: At) -> HttpResponse:
    """Who was paged, what comes next and when; or who has answered."""
    return private_screen(at, "waiting.html")


def _next(at: At) -> str:
    if at.walked >= ALL_WALKED:
        return "waiting"
    if at.standing.limits_first:
        return "limits"
    asked = QUESTIONS[at.walked]
    return asked if asked != "limits" or at.standing.due else "waiting"


DRAWN: Mapping[str, Callable[[At], HttpResponse]] = {
    "who": asking.who,
    "work": asking.work,
    "matters": asking.matters,
    "limits": asking.limits,
    "waiting": waiting,
}
