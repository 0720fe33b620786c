"""How a helper's screens are answered: never stored, never told to another site, and by cookie or by form alike."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from stepitup.ground.team import team


def screen(
    request: HttpRequest, template: str, told: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """One screen of this journey. No browser keeps it, so that Back shows nothing to whoever holds the phone next."""
    on_call = {"on_call_clinician": team().on_call_clinician}
    response = render(request, f"answer_a_page/{template}", {**on_call, **(told or {})}, status=status)
    response.headers["Cache-Control"] = "no-store"
    # A page's address holds its key, so it is told to nobody. The seat's holds nothing, and its forms are checked by
    # Origin, which browsers call "null" where no referrer may be told.
    response.headers["Referrer-Policy"] = "same-origin" if request.path.startswith("/seat") else "no-referrer"
    return response


def see_other(address: str) -> HttpResponse:
    """Go on there with a plain GET, so that a refresh presses nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response.headers["Cache-Control"] = "no-store"
    return response
