"""How the helper may reach the caller, and where they are: only what they type themselves, sealed, gone at close."""

from http import HTTPStatus

from django.forms import Form
from django.http import HttpResponse

from stepitup.calls import actions
from stepitup.calls.told import Told
from stepitup.door.ask_for_backup import walk
from stepitup.door.ask_for_backup.at import At, for_the_caller, private_screen
from stepitup.door.ask_for_backup.forms import ReachMe, Where
from stepitup.door.typed import number_as_written_here
from stepitup.ground.deeds import deed


@for_the_caller
def number(at: At) -> HttpResponse:
    """A number, and what to do if the two lose each other."""
    if at.request.method == "POST" and "take_back" in at.request.POST:
        deed(actions.take_number_back, at.caller.call)
        return walk.go_on(at.again())
    if at.request.method != "POST" or "save" not in at.request.POST:
        return _asked(at, "number.html", _number_so_far(at))
    form = ReachMe(at.request.POST)
    if not form.is_valid():
        return _asked(at, "number.html", form)
    typed = form.number()
    if typed is None:
        deed(actions.take_number_back, at.caller.call)
    else:
        deed(actions.tell, at.caller.call, Told(number=typed))
    return walk.go_on(at.again())


@for_the_caller
def where(at: At) -> HttpResponse:
    """Where the caller is, typed by them; an empty answer takes it back."""
    if at.request.method != "POST" or "save" not in at.request.POST:
        return _asked(at, "where.html", Where(initial={"place": at.standing.sees.place}))
    form = Where(at.request.POST)
    if not form.is_valid():
        return _asked(at, "where.html", form)
    deed(actions.tell_place, at.caller.call, form.cleaned_data["place"])
    return walk.go_on(at.again())


def _number_so_far(at: At) -> ReachMe:
    known = at.standing.sees.number
    if known is None:
        return ReachMe(initial={"if_lost": "neither"})
    return ReachMe(initial={"phone": number_as_written_here(known.phone), "if_lost": known.if_lost})


def _asked(at: At, template: str, form: Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return private_screen(at, template, status=status, form=form)
