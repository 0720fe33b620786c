"""What a page's link opens: two buttons, and nothing about the caller. Looking never changes anything; a press does.

The key in the address can only answer. A press needs no cookie and no token: a page opened yesterday still works.
"""

import secrets

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.errors import AnsweredElsewhere, CannotSit, NoSuchPage, PageTrouble, SomeoneHasIt
from stepitup.calls.plan import SITTING
from stepitup.calls.shown import PageSeen
from stepitup.door.answer_a_page import seat, test_of_a_way
from stepitup.door.answer_a_page.screens import screen, see_other
from stepitup.door.answer_a_page.sitting import (
    ask_whether_cookies_are_kept,
    keep_seat,
    keeps_cookies,
    seat_in_cookie,
)
from stepitup.door.answer_a_page.test_of_a_way import is_a_test
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import questions as paging
from stepitup.roster import questions as roster

_LONGEST_PRESS = 200


def show(request: HttpRequest, key: str) -> HttpResponse:
    """The page as it stands now, however the request was made: nothing here writes anything."""
    if is_a_test(key):
        return test_of_a_way.show(request, key)
    try:
        seen = calls.page_seen(key)
    except NoSuchPage:
        return screen(request, "over.html", status=404)
    response = _as_it_stands(request, key, seen)
    ask_whether_cookies_are_kept(response)
    return response


def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """I can take it. Exactly one helper gets the seat; everybody else is thanked."""
    if request.method != "POST":
        return see_other(f"/p/{key}")
    try:
        seated = deed(actions.acknowledge, key, press=press_in(request))
    except PageTrouble as trouble:
        return _kindly(request, key, trouble)
    response = see_other("/seat") if keeps_cookies(request) else seat.screen_for(request, seated.secret)
    keep_seat(response, seated.secret)
    return response


def decline(request: HttpRequest, key: str) -> HttpResponse:
    """I can't: blameless, and as easy. "I was there" is heard and not written down."""
    if request.method != "POST":
        return see_other(f"/p/{key}")
    try:
        deed(actions.decline, key, i_was_there="i_was_there" in request.POST)
    except PageTrouble as trouble:
        return _kindly(request, key, trouble)
    return screen(request, "declined.html")


def _as_it_stands(request: HttpRequest, key: str, seen: PageSeen) -> HttpResponse:
    if seen.state == "open":
        told = {"key": key, "press": fresh_press(), "finds_others": seen.role is Kind.COORDINATOR}
        return screen(request, "page.html", told | {"may_sit": _may_sit(key, seen)})
    if seen.state == "yours":
        return _yours(request, key)
    if seen.state == "taken":
        return screen(request, "taken.html")
    return screen(request, "over.html")


def _yours(request: HttpRequest, key: str, *, status: int = 200) -> HttpResponse:
    """Answered already: on this phone, or on another one that may be out of reach."""
    here = calls.is_seat_of_page(seat_in_cookie(request), key)
    return screen(request, "yours.html", {"key": key, "here": here}, status=status)


def _kindly(request: HttpRequest, key: str, trouble: PageTrouble) -> HttpResponse:
    """Whoever came late or second is thanked; whoever cannot sit reads why; a test has nothing to take."""
    if is_a_test(key):
        return test_of_a_way.show(request, key)
    match trouble:
        case SomeoneHasIt():
            return screen(request, "taken.html", status=409)
        case AnsweredElsewhere():
            return _yours(request, key, status=409)
        case CannotSit():
            return screen(request, "cannot_sit.html", {"why": trouble.why}, status=409)
        case NoSuchPage():
            return screen(request, "over.html", status=404)
        case _:
            return screen(request, "over.html", status=410)


def _may_sit(key: str, seen: PageSeen) -> bool:
    """A coordinator is asked to find a helper; the buttons are theirs only if they are certified to sit themselves."""
    if seen.role in SITTING:
        return True
    page = paging.page_by_key(key)
    return page is not None and not roster.kinds_of(page.helper).isdisjoint(SITTING)


def fresh_press() -> str:
    """The mark of one press: a double tap, or an answer lost on the way, gives the same seat again."""
    return secrets.token_urlsafe(16)


def press_in(request: HttpRequest) -> str:
    """A form without the mark still counts as a press: somebody is waiting."""
    return request.POST.get("press", "")[:_LONGEST_PRESS] or fresh_press()
