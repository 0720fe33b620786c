"""One screen: whether this helper's browsers get notices, how to turn them on, and what they are worth."""

import json
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.drills.errors import CarrierNotSetUp, EnoughTests, JustTested
from stepitup.drills.one_way import send_test
from stepitup.ground.deeds import deed
from stepitup.ground.subscription import SubscriptionUnclear, read_subscription
from stepitup.ground.team import team
from stepitup.paging.carriers.push.identity import public_key
from stepitup.roster.browsers import add_browser, has_nothing_else, own_browsers, take_off_browser
from stepitup.roster.errors import NoSuchWay

_HERE = "/team/me/push"
_LONGEST = 1200


@for_whom(Role.HELPER)
def notices(request: HttpRequest, me: Me) -> HttpResponse:
    """How it stands; a press turns this browser on."""
    if request.method == "POST" and team().push is not None:
        return _turn_on(request, me)
    return _shown(request, me)


@for_whom(Role.HELPER)
def test(request: HttpRequest, me: Me) -> HttpResponse:
    """Send a test notice to one of their browsers: answered, the way counts."""
    way = _way_in(request, me)
    if way is not None:
        _try(request, way)
    return see(_HERE)


@for_whom(Role.HELPER)
def turn_off(request: HttpRequest, me: Me) -> HttpResponse:
    """This browser gets no notices any more."""
    way = _way_in(request, me)
    if way is not None and me.helper is not None:
        try:
            deed(take_off_browser, me.helper, way)
        except NoSuchWay:
            return see(_HERE)
        messages.info(request, _("No notice goes to that browser any more."))
    return see(_HERE)


def _shown(request: HttpRequest, me: Me, *, problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    assert me.helper is not None, "a helper has a row on the roster"
    told = {
        "is_set_up": team().push is not None,
        "key": public_key(),
        "browsers": own_browsers(me.helper),
        "nothing_else": has_nothing_else(me.helper),
        "problem": problem,
        "messages": messages.get_messages(request),
    }
    return team_screen(request, me, "notices/notices.html", told, status=status)


def _turn_on(request: HttpRequest, me: Me) -> HttpResponse:
    assert me.helper is not None, "a helper has a row on the roster"
    said = {word: request.POST.get(word, "")[:_LONGEST] for word in ("endpoint", "p256dh", "auth")}
    keys = {"p256dh": said["p256dh"], "auth": said["auth"]}
    try:
        subscription = read_subscription(json.dumps({"endpoint": said["endpoint"], "keys": keys}))
    except SubscriptionUnclear:
        problem = _("Your browser did not say where notices go. Press the button once more, or use another browser.")
        return _shown(request, me, problem=problem, status=HTTPStatus.BAD_REQUEST)
    _try(request, deed(add_browser, me.helper, subscription))
    return see(_HERE)


def _try(request: HttpRequest, way: int) -> None:
    try:
        deed(send_test, way)
    except JustTested:
        messages.info(request, _("A test is on its way already. Wait a minute before the next."))
    except EnoughTests:
        messages.info(request, _("These were enough tests for today. Go on tomorrow."))
    except (CarrierNotSetUp, NoSuchWay):
        messages.info(request, _("This house sends no notices to browsers."))
    else:
        messages.info(request, _("A test is on its way here. Press “It reached me” on it, and notices count."))


def _way_in(request: HttpRequest, me: Me) -> int | None:
    """The browser that was pressed, if it is theirs."""
    pressed = request.POST.get("way", "")
    mine = {str(browser.id): browser.id for browser in own_browsers(me.helper)} if me.helper is not None else {}
    return mine.get(pressed) if request.method == "POST" else None
