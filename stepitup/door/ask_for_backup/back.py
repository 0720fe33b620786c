"""Eight words bring a caller back to their call, from any phone."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stepitup.calls import actions
from stepitup.calls.actions import Opened
from stepitup.directory import questions as directory
from stepitup.door.ask_for_backup import walk
from stepitup.door.ask_for_backup.at import (
    ALL_WALKED,
    At,
    closed,
    never_stored,
    press_it_here,
    read_standing,
)
from stepitup.door.ask_for_backup.forms import EightWords
from stepitup.door.caller import Caller
from stepitup.door.origin import came_from_here
from stepitup.ground.deeds import deed
from stepitup.ground.errors import MistypedReceipt
from stepitup.ground.receipt import nearest


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Type the words, in any case and with any signs between them."""
    if request.method != "POST":
        return _asked(request, EightWords())
    if not came_from_here(request, brought_secret=True):
        return press_it_here(request)
    form = EightWords(request.POST)
    opened = _call_of(form)
    return _asked(request, form) if opened is None else _brought_back(request, opened)


def _call_of(form: EightWords) -> Opened | None:
    """The call, or None with the reason on the form."""
    if not form.is_valid():
        return None
    try:
        found = deed(actions.come_back, form.cleaned_data["words"])
    except MistypedReceipt as mistyped:
        form.add_error("words", _what_is_off(mistyped.words))
        return None
    if found is None:
        form.add_error("words", _("We hold no call with these words. It may have been deleted on its day."))
    return found


def _what_is_off(strange: tuple[str, ...]) -> str:
    if not strange:
        return _("These words do not fit together yet. There are eight. One may be missing, or another word.")
    meant = nearest(strange[0])
    if meant is None:
        return _("“%(word)s” is not one of our words.") % {"word": strange[0][:30]}
    return _("“%(word)s” is not one of our words. Did you mean “%(meant)s”?") % {
        "word": strange[0][:30],
        "meant": meant,
    }


def _brought_back(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Shown at once, because this phone may not keep cookies; one that does comes by the usual way from here on."""
    caller = Caller(opened.id, opened.token, by_cookie=False)
    at = At(request, caller, read_standing(caller), ALL_WALKED)
    if not at.standing.sees.is_open:
        return closed(at)
    return walk.waiting(at)


def _asked(request: HttpRequest, form: EightWords) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    told = {"form": form, "lines": directory.first_lines()}
    return never_stored(render(request, "ask_for_backup/back.html", told, status=status))
