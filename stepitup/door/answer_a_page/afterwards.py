"""How the helper is afterwards. Nothing of the answer is kept, but "no pages until", if they say so."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stepitup.calls import actions
from stepitup.calls.life import SeatState
from stepitup.door.answer_a_page.screens import screen
from stepitup.door.answer_a_page.seat import act, how_are_you, nobody_sits, show
from stepitup.door.answer_a_page.sitting import brought_secret, forget_seat, sitting_at
from stepitup.door.origin import came_from_here
from stepitup.door.words import clock_time, day
from stepitup.ground import clock
from stepitup.ground.team import team

_SOON = {"12h": timedelta(hours=12), "24h": timedelta(hours=24), "3d": timedelta(days=3)}
_AT_MOST = timedelta(days=366)


def rest(request: HttpRequest) -> HttpResponse:
    """No pages until a time the helper chooses; then this phone forgets the seat. No reason is asked."""
    now = clock.now()
    until = _chosen(request, now)
    if until is None:
        problem = _("Choose one of these, or type a day within the next year, such as 2027-01-31.")
        return how_are_you(request, problem=problem)
    return act(request, actions.rest_until, then=lambda _request: _thanked(request, until), until=until)


def fine(request: HttpRequest) -> HttpResponse:
    """Fine, or they would rather not say: this phone forgets the seat, unless somebody is on it.

    The question may have stood open on this phone since an earlier call.
    """
    if sitting_at(request) is None:
        return nobody_sits(request)
    if request.method != "POST" or not came_from_here(request, brought_secret=brought_secret(request)):
        return how_are_you(request)
    return _thanked(request, None)


def _thanked(request: HttpRequest, until: datetime | None) -> HttpResponse:
    sitting = sitting_at(request)
    if sitting is not None and sitting.sees.state is SeatState.ACTIVE:
        return show(request)
    told = {"until": f"{day(until)}, {clock_time(until)}"} if until else {}
    response = screen(request, "thank_you.html", told)
    forget_seat(response)
    return response


def _chosen(request: HttpRequest, now: datetime) -> datetime | None:
    """Until when, or None for what we could not read."""
    chosen = request.POST.get("until", "")
    if chosen in _SOON:
        return now + _SOON[chosen]
    return _the_day(request.POST.get("day", ""), now)


def _the_day(typed: str, now: datetime) -> datetime | None:
    """The beginning of the day that was typed, by the team's own clocks."""
    try:
        typed_day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    begins = datetime.combine(typed_day, time(), tzinfo=team().zone)
    return begins if now < begins <= now + _AT_MOST else None
