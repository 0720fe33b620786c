"""The seat: what whoever took the call sees and does there. Before the limits were read: that someone is waiting."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from stepitup.calls import actions
from stepitup.calls.errors import LimitsNotRead, SeatTrouble
from stepitup.calls.life import SeatState
from stepitup.calls.plan import SITTING
from stepitup.directory import questions as directory
from stepitup.door.answer_a_page.screens import screen, see_other
from stepitup.door.answer_a_page.seat_words import WAYS, told_of
from stepitup.door.answer_a_page.sitting import Sitting, brought_secret, sitting_at
from stepitup.door.link_card import link_card
from stepitup.door.origin import came_from_here
from stepitup.door.this_device import prove
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Situation
from stepitup.limits.questions import disclosure_guide
from stepitup.paging.links import way_in_link

View = Callable[[HttpRequest], HttpResponse]


def show(request: HttpRequest) -> HttpResponse:
    """The seat as it stands. A form that brings the secret may ask for it too: then there is no cookie."""
    sitting = sitting_at(request)
    return nobody_sits(request) if sitting is None else _as_it_stands(request, sitting)


def screen_for(request: HttpRequest, secret: str) -> HttpResponse:
    """The seat for a phone that keeps no cookies: each of its forms brings the secret."""
    sitting = sitting_at(request, secret=secret)
    return nobody_sits(request) if sitting is None else _as_it_stands(request, sitting)


def joined(request: HttpRequest) -> HttpResponse:
    """I'm with them."""
    return act(request, actions.joined, then=show, at="/seat")


def join_by_ring(request: HttpRequest) -> HttpResponse:
    """Ring us both: the house rings the helper, then the caller."""
    return act(request, actions.join_by_ring, then=show, at="/seat")


def hand_back(request: HttpRequest) -> HttpResponse:
    """I can't after all: the caller's search goes on at once."""
    return act(request, actions.hand_back, then=show, at="/seat")


def finished(request: HttpRequest) -> HttpResponse:
    """Done; then the helper is asked how they are."""
    return act(request, actions.finished, then=how_are_you, at="/seat/how-are-you")


def not_a_call(request: HttpRequest) -> HttpResponse:
    """A slip or a prank."""
    return act(request, actions.not_a_call_for_backup, then=how_are_you, at="/seat/how-are-you")


def hand_off(request: HttpRequest) -> HttpResponse:
    """Suggest a chaplain or a clinician as well; whether one comes is for the caller to say."""
    wanted = request.POST.get("kind", "") if request.method == "POST" else ""
    if wanted not in SITTING:
        return show(request)
    return act(request, actions.hand_off, then=show, at="/seat", kind=Kind(wanted))


def this_device(request: HttpRequest) -> HttpResponse:
    """The script proves that this phone is the helper's own; it looks again then."""
    sitting = sitting_at(request)
    if sitting is None or request.method != "POST":
        return nobody_sits(request)
    return prove(request, sitting.sees, sitting.secret)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """A link and its square, once, to open this seat on another phone of the helper's. This phone keeps it too."""
    if request.method != "POST":
        return see_other("/seat")
    sitting = sitting_at(request)
    if sitting is None:
        return nobody_sits(request)
    if not came_from_here(request, brought_secret=brought_secret(request)):
        return screen(request, "from_elsewhere.html", status=403)
    try:
        link = way_in_link(deed(actions.open_elsewhere, sitting.secret))
    except SeatTrouble:
        return _as_it_stands(request, sitting)
    return screen(request, "elsewhere.html", _carried(sitting) | {"link": link, "card": link_card(link)})


def at_hand(request: HttpRequest) -> HttpResponse:
    """What to have at hand during a talk. It holds nothing of anybody, so a phone may keep it for a night offline."""
    response = screen(request, "at_hand.html", {"card": directory.card()})
    response.headers["Cache-Control"] = "private, max-age=3600"
    patch_vary_headers(response, ["Cookie"])  # night or day is drawn by the server
    return response


def hard_news(request: HttpRequest) -> HttpResponse:
    """For the day when somebody who was helped has died. It holds nothing of anybody, and opens without a seat."""
    return screen(request, "hard_news.html")


def limit_reached(request: HttpRequest) -> HttpResponse:
    """The talk met a limit: what to do now, whom the law lets the helper tell. It sends nothing to anybody."""
    sitting = sitting_at(request)
    if sitting is None:
        return nobody_sits(request)
    guide = disclosure_guide(sitting.sees.situation or Situation(), sitting.sees.kind)
    return screen(request, "limit_reached.html", _carried(sitting) | {"guide": guide})


def gone(request: HttpRequest) -> HttpResponse:
    """They do not answer any more: what they asked for, and that the helper could not do more from here."""
    sitting = sitting_at(request)
    if sitting is None:
        return nobody_sits(request)
    told = _carried(sitting) | told_of(sitting.sees, clock.now()) | {"closed": sitting.closed}
    return screen(request, "gone.html", told)


def how_are_you(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    """How are you? Asked when a helper’s part has ended, not before. Nothing is kept of it but "no pages until"."""
    sitting = sitting_at(request)
    if sitting is None:
        return nobody_sits(request)
    if sitting.sees.state is SeatState.ACTIVE:
        return _as_it_stands(request, sitting)
    told = _carried(sitting) | {"sees": sitting.sees, "problem": problem, "typed": request.POST.get("day", "")}
    return screen(request, "how_are_you.html", told, status=422 if problem else 200)


def nobody_sits(request: HttpRequest) -> HttpResponse:
    """There is no seat on this phone, or it was deleted."""
    return screen(request, "no_seat.html", status=404)


def act(request: HttpRequest, verb: Callable[..., None], *, then: View, at: str = "", **how: object) -> HttpResponse:
    """Do one verb with the seat of whoever pressed, and show what comes of it.

    With the cookie that is a plain GET of the address `at`, so that a refresh presses nothing again.
    """
    if request.method != "POST":
        return see_other("/seat")
    sitting = sitting_at(request)
    if sitting is None:
        return nobody_sits(request)
    if not came_from_here(request, brought_secret=brought_secret(request)):
        return screen(request, "from_elsewhere.html", status=403)
    try:
        deed(verb, sitting.secret, **how)
    except (LimitsNotRead, SeatTrouble):
        then, at = show, "/seat"  # the seat itself says how it stands
    return see_other(at) if at and sitting.by_cookie else then(request)


def _as_it_stands(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    told = _carried(sitting) | told_of(sitting.sees, clock.now()) | {"closed": sitting.closed}
    if sitting.sees.state is not SeatState.ACTIVE:
        return screen(request, "seat_over.html", told)
    return screen(request, "seat.html" if sitting.sees.words_may_pass else "seat_waiting.html", told)


def _carried(sitting: Sitting) -> dict[str, Any]:
    """What each form must bring along, the secret where no cookie does; and the words on the ways between screens."""
    return {"seat": "" if sitting.by_cookie else sitting.secret, **WAYS}
