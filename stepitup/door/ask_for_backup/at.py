"""What a view of the caller's journey is given: the request, whose call it is, where it stands, how far they walked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stepitup.calls import questions as calls
from stepitup.calls.errors import CallIsOver, NoSuchCall
from stepitup.directory import questions as directory
from stepitup.door import cookies
from stepitup.door.ask_for_backup.press_key import key_for, with_press
from stepitup.door.ask_for_backup.standing import Standing
from stepitup.door.caller import Caller, brought_token, caller_at
from stepitup.door.origin import came_from_here, is_surely_from_here
from stepitup.ground import clock, heart

# The questions, in the order in which they are asked while the pages are out.
QUESTIONS = ("who", "work", "matters", "limits")
ALL_WALKED = len(QUESTIONS)


@dataclass(frozen=True)
class At:
    """A caller at the door, at one moment.

    `walked`: how many questions they answered or skipped. `unsure`: what could not be decided just now, said once.
    """

    request: HttpRequest
    caller: Caller
    standing: Standing
    walked: int
    unsure: tuple[str, ...] = ()

    def again(self) -> "At":
        """The same caller, after something was done."""
        return replace(self, standing=read_standing(self.caller))

    def past(self, question: str) -> "At":
        """The same caller, one question on."""
        return replace(self, walked=max(self.walked, QUESTIONS.index(question) + 1))


View = Callable[[At], HttpResponse]


def for_the_caller(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Open a view to whoever holds a call.

    1. A press that did not come from our own screen changes nothing and gets the button again.
    2. Nobody's call: the way to press, and the way back by eight words. 3. The call is over: kind words.
    """

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
        if request.method == "POST" and not came_from_here(request, brought_secret=brought_token(request)):
            return press_it_here(request)
        caller = caller_at(request)
        if caller is None:
            return no_call(request)
        try:
            at = stand_at(request, caller)
            return view(at) if at.standing.sees.is_open else closed(at)
        except CallIsOver:
            return closed(stand_at(request, caller))
        except NoSuchCall:
            return no_call(request)

    return opened


def stand_at(request: HttpRequest, caller: Caller) -> At:
    """The caller and their call, read now."""
    return At(request, caller, read_standing(caller), _walked(request))


def read_standing(caller: Caller) -> Standing:
    """The call as it stands now."""
    now = clock.now()
    return Standing(calls.as_caller_sees(caller.call), now, heart_beats=heart.is_beating(now))


def private_screen(at: At, template: str, *, status: int = HTTPStatus.OK, **more: object) -> HttpResponse:
    """Draw one of the caller's screens: never stored, and the phone keeps its way back."""
    told = {
        "standing": at.standing,
        "sees": at.standing.sees,
        "token": at.caller.token,
        "walked": at.walked,
        "by_cookie": at.caller.by_cookie,
        "unsure": at.unsure,
        "lines": directory.first_lines(),
    }
    response = render(at.request, f"ask_for_backup/{template}", {**told, **more}, status=status)
    return never_stored(_kept(response, at))


def go_to(at: At, address: str) -> HttpResponse:
    """Send a phone that keeps cookies to an address, so that a refresh repeats nothing."""
    response = redirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return never_stored(_kept(response, at))


def press_it_here(request: HttpRequest) -> HttpResponse:
    """The press came from another site: nothing was changed; here is the button on our own screen."""
    told = {"lines": directory.first_lines()}
    return with_press(request, "ask_for_backup/press_it_here.html", told, status=HTTPStatus.CONFLICT)


def no_call(request: HttpRequest) -> HttpResponse:
    """We see no call here: the way to press, and the way back by eight words."""
    told = {"lines": directory.first_lines()}
    return with_press(request, "ask_for_backup/no_call.html", told, status=HTTPStatus.NOT_FOUND)


def closed(at: At) -> HttpResponse:
    """The call is over: kind words, the day of deletion, and the button for another."""
    key = key_for(at.request)
    response = private_screen(at, "closed.html", opening_key=key)
    cookies.keep_press(response, key)
    return response


def never_stored(response: HttpResponse) -> HttpResponse:
    """Private screens are never stored, by nobody on the way."""
    response["Cache-Control"] = "no-store"
    return response


def _kept(response: HttpResponse, at: At) -> HttpResponse:
    """Told only what is news: an open screen that reads itself anew would otherwise write over a press just made.

    A call that another site may have brought here through an old browser is not kept.
    """
    if not _brought_by_them(at):
        return response
    if not cookies.keeps_already(at.request, at.caller.token, walked=at.walked):
        cookies.keep_call(response, at.caller.token, walked=at.walked)
    return response


def _brought_by_them(at: At) -> bool:
    """A form that brings a call must be theirs; the press has a key of its own, never another site's."""
    if not brought_token(at.request):
        return True
    return is_surely_from_here(at.request, in_form=at.caller.token, in_cookie=cookies.token_in(at.request))


def _walked(request: HttpRequest) -> int:
    """As the form says, else as the cookie says: where cookies are blocked, the form remembers."""
    said = request.POST.get("walked") or cookies.walked_in(request)
    return min(int(said), ALL_WALKED) if said.isascii() and said.isdecimal() and len(said) == 1 else 0
