"""The link that goes out after a yes by text or key: it opens the seat once. Looking changes nothing; a press does."""

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.errors import NoSuchSeat, SeatIsOver, WayInUsed
from stepitup.door.answer_a_page import seat
from stepitup.door.answer_a_page.page import fresh_press, press_in
from stepitup.door.answer_a_page.screens import screen, see_other
from stepitup.door.answer_a_page.sitting import ask_whether_cookies_are_kept, keep_seat, keeps_cookies, seat_in_cookie
from stepitup.ground.deeds import deed


def way_in(request: HttpRequest, key: str) -> HttpResponse:
    """One button. A preview, a scanner or a curious thumb on the link uses nothing up.

    A phone that has this very seat already goes there, and the link stays good for another.
    """
    if request.method == "POST":
        return _come_in(request, key)
    if calls.opens_this_seat(key, seat_in_cookie(request)):
        return see_other("/seat")
    response = screen(request, "way_in.html", {"key": key, "press": fresh_press()})
    ask_whether_cookies_are_kept(response)
    return response


def _come_in(request: HttpRequest, key: str) -> HttpResponse:
    try:
        seated = deed(actions.come_in, key, press=press_in(request))
    except WayInUsed:
        return screen(request, "way_in_used.html", status=409)
    except SeatIsOver:
        return screen(request, "over.html", status=410)
    except NoSuchSeat:
        return screen(request, "way_in_used.html", status=404)
    response = see_other("/seat") if keeps_cookies(request) else seat.screen_for(request, seated.secret)
    keep_seat(response, seated.secret)
    return response
