"""The key of a press: fresh with each form, so that pressing twice in a tunnel makes one call.

The phone keeps the key for a while. Whoever lost the answer to a press and goes back is shown the same button again:
pressing it opens no second call.
"""

import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stepitup.calls import questions as calls
from stepitup.door import cookies
from stepitup.door.caller import caller_at
from stepitup.door.origin import is_surely_from_here

_BYTES = 18  # 144 random bits
_WHOLE = re.compile(r"[A-Za-z0-9_-]{22,100}")


def with_press(
    request: HttpRequest, template: str, told: Mapping[str, object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Draw a screen that has the button: `opening_key` is the key of its form, and the phone keeps it. Never stored."""
    key = key_for(request)
    response = render(request, template, {**told, "opening_key": key}, status=status)
    cookies.keep_press(response, key)
    response["Cache-Control"] = "no-store"
    return response


def fresh_key() -> str:
    """A new one for a new form."""
    return secrets.token_urlsafe(_BYTES)


def pressed_key(request: HttpRequest) -> str:
    """The key that a press goes by: the form's.

    1. A missing or broken one must not keep anybody from calling: a fresh one instead. 2. The same for one that another
    site may have planted through an old browser: it would know the call by it, and read what is typed there.
    """
    typed = request.POST.get("opening_key", "")
    if not _WHOLE.fullmatch(typed):
        return fresh_key()
    if not is_surely_from_here(request, in_form=typed, in_cookie=cookies.press_in(request)):
        return fresh_key()
    return typed


def key_for(request: HttpRequest) -> str:
    """The key this phone was shown before, unless its call is over or the phone knows of an open call anyway."""
    shown = cookies.press_in(request)
    if not _WHOLE.fullmatch(shown):
        return fresh_key()
    known, opened = caller_at(request), calls.pressed_with(shown)
    if known is not None and calls.as_caller_sees(known.call).is_open:
        return fresh_key()
    if opened is not None and not calls.as_caller_sees(opened).is_open:
        return fresh_key()
    return shown
