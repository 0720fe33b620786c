"""The first screen and the press."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.actions import Opened, Press
from stepitup.calls.errors import CallIsOver
from stepitup.calls.told import Told
from stepitup.directory import questions as directory
from stepitup.door.ask_for_backup import walk
from stepitup.door.ask_for_backup.at import (
    At,
    go_to,
    press_it_here,
    private_screen,
    read_standing,
    stand_at,
)
from stepitup.door.ask_for_backup.forms import Family, Who
from stepitup.door.ask_for_backup.press_key import pressed_key, with_press
from stepitup.door.caller import FIELD, Caller, caller_at
from stepitup.door.origin import came_from_here
from stepitup.ground.deeds import deed


@require_safe
def first_screen(request: HttpRequest) -> HttpResponse:
    """One large button, numbers to ring, who will know. Whoever has an open call is led back to it."""
    caller = caller_at(request)
    told = {"lines": directory.first_lines(), "has_call": _is_open(caller)}
    return with_press(request, "ask_for_backup/first.html", told)


@require_safe
def choose_first(request: HttpRequest) -> HttpResponse:
    """Choose who comes first, then press."""
    return _form_before_the_press(request, "choose_first.html", Who())


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """For a responder's family."""
    return _form_before_the_press(request, "family.html", Family.fresh())


def call(request: HttpRequest) -> HttpResponse:
    """GET: where the caller stands. POST with a token: the same for a phone without cookies. Any other POST: the press.

    A form without its key, or with a broken one, is a press like any other: somebody wants a person.
    """
    if request.method == "POST" and FIELD not in request.POST:
        return _press(request)
    return walk.stand(request)


def _press(request: HttpRequest) -> HttpResponse:
    """Open the call and page; nothing that came with the press can keep it from opening but words we do not know.

    1. A form on somebody else's site calls nobody: it gets our own button. 2. Whoever has an open call gets that one,
    with what they said now, and its receipt again if this very press opened it. 3. Open it; the same press again gives
    the same call.
    """
    if not came_from_here(request, brought_secret=True):
        return press_it_here(request)
    caller = caller_at(request)
    form = _form_of(request)
    if not form.is_valid():
        template = "family.html" if isinstance(form, Family) else "choose_first.html"
        return _form_before_the_press(request, template, form)
    if caller is not None and _has_another_call(request, caller):
        return _to_their_call(request, caller, form.told())
    return _receipt(request, _open(request, form.told()), walked=1 if request.POST.get("wants") else 0)


def _open(request: HttpRequest, told: Told) -> Opened:
    """The press is known by its key alone: pressing again with other words changes the call, it makes no second one."""
    key = pressed_key(request)
    opened = deed(actions.call_for_backup, press=Press(key), told=told)
    return opened if opened.is_new else replace(opened, unsure=_tell_more(opened.id, told))


def _to_their_call(request: HttpRequest, caller: Caller, told: Told) -> HttpResponse:
    """To the call that is open. What was said with this press holds for it: nobody left out here may answer it."""
    with suppress(CallIsOver):
        unsure = _tell_more(caller.call, told)
        if unsure:
            return walk.waiting(replace(stand_at(request, caller), unsure=unsure))
    return go_to(stand_at(request, caller), walk.WAITING)


def _tell_more(call: UUID, told: Told) -> tuple[str, ...]:
    """Take what is news of what was said. A choice said again must not begin the search anew."""
    if told.wishes is None and told.wants in (None, calls.as_caller_sees(call).wants):
        return ()
    return deed(actions.tell, call, told)


def _has_another_call(request: HttpRequest, caller: Caller) -> bool:
    """Whether they have an open call that an earlier press opened, and have not said that it is somebody else's."""
    if "another" in request.POST or not _is_open(caller):
        return False
    return calls.pressed_with(request.POST.get("opening_key", "")) != caller.call


def _receipt(request: HttpRequest, opened: Opened, *, walked: int) -> HttpResponse:
    caller = Caller(opened.id, opened.token, by_cookie=False)
    at = At(request, caller, read_standing(caller), walked, opened.unsure)
    return private_screen(at, "receipt.html", receipt=opened.receipt)


def _form_of(request: HttpRequest) -> Who | Family:
    return Family(request.POST) if "family" in request.POST else Who(request.POST)


def _form_before_the_press(request: HttpRequest, template: str, form: Form) -> HttpResponse:
    lines = directory.afraid_at_home() if template == "family.html" else directory.first_lines()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return with_press(request, f"ask_for_backup/{template}", {"form": form, "lines": lines}, status=status)


def _is_open(caller: Caller | None) -> bool:
    return caller is not None and calls.as_caller_sees(caller.call).is_open
