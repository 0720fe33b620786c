"""What a test page's link opens: TEST, nobody is waiting, one button. It gives no seat and takes nobody's page."""

from django.http import HttpRequest, HttpResponse

from stepitup.calls.actions import it_reached_me
from stepitup.door.answer_a_page.screens import screen, see_other
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.paging.facts import PageState, Words
from stepitup.paging.questions import page_by_key
from stepitup.paging.tests_of_ways import tried_by_key
from stepitup.roster.keeping.lapsing import dates_of


def is_a_test(key: str) -> bool:
    """Whether this key answers a test page. One look: a real page is not to wait for what a test became of."""
    page = page_by_key(key)
    return page is not None and page.words is Words.TEST


def show(request: HttpRequest, key: str) -> HttpResponse:
    """The test as it stands. Looking changes nothing: a mail scanner opens links too, and has no phone to hear."""
    test = tried_by_key(key)
    if test is None:
        return screen(request, "over.html", status=404)
    if test.state is PageState.OPEN:
        return screen(request, "test.html", {"key": key})
    if test.state is PageState.REACHED:
        told = {"minutes": round((test.seconds or 0) / 60), "has_a_date": bool(dates_of(clock.now(), test.helper))}
        return screen(request, "test_reached.html", told)
    return screen(request, "test_over.html")


def reached(request: HttpRequest, key: str) -> HttpResponse:
    """It reached me. Pressed twice it is the same answer."""
    test = tried_by_key(key) if request.method == "POST" else None
    if test is not None:
        deed(it_reached_me, test.id)
    return see_other(f"/p/{key}")
