"""One helper's duty in the hands of who coordinates: their hours, and changes for a while.

Each form carries a mark of what it showed. Whoever saves second is told, sees what it is now, and finds everything they
typed where they left it.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepitup.door.duty.forms import Change, HoursOfDuty, Seen
from stepitup.door.duty.shown import duty_in_words
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.roster.duty import overriding
from stepitup.roster.duty.lines import EXAMPLES
from stepitup.roster.duty.questions import changes_of, duty_of, lines_of, name_and_agency
from stepitup.roster.duty.spans import at
from stepitup.roster.errors import DutyChangedMeanwhile, NoSuchHelper, SpanUnclear

Deed = Callable[..., object]


@require_safe
@for_whom(Role.COORDINATOR)
def helper(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Their hours, their changes, and what can be done."""
    return team_screen(request, me, "duty/helper.html", _about(me, helper))


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.COORDINATOR)
def hours(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Write their lines of duty anew."""
    told = _about(me, helper)
    if request.method != "POST":
        form = HoursOfDuty(initial={"lines": "\n".join(told["lines"]), "seen": overriding.mark_of(helper)})
        return team_screen(request, me, "duty/hours.html", {**told, "form": form})
    form = HoursOfDuty(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        saved = _saved(me, helper, form, overriding.write_lines, helper, form.cleaned_data["lines"], seen=seen)
        if saved:
            return see(f"/team/duty/helpers/{helper}")
    return _again(request, me, helper, "duty/hours.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.COORDINATOR)
def change(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Put them on duty, or off, for a while."""
    told = _about(me, helper)
    if request.method != "POST":
        form = Change(initial={"seen": overriding.mark_of(helper), "change": "off"})
        return team_screen(request, me, "duty/change.html", {**told, "form": form})
    form = Change(request.POST)
    if form.is_valid():
        span, is_on = form.span(duty_of(helper, at(clock.now())).zone), form.cleaned_data["change"] == "on"
        seen = form.cleaned_data["seen"]
        if _saved(me, helper, form, overriding.override, helper, span, is_on=is_on, seen=seen):
            return see(f"/team/duty/helpers/{helper}")
    return _again(request, me, helper, "duty/change.html", form)


@require_POST
@for_whom(Role.COORDINATOR)
def take_back(request: HttpRequest, me: Me, helper: int, change: int) -> HttpResponse:
    """Let their lines hold again."""
    _about(me, helper)
    deed(_noted, me, helper, overriding.take_back, change, of=helper)
    return see(f"/team/duty/helpers/{helper}")


def _saved(me: Me, helper: int, form: Seen, verb: Deed, *args: Any, **more: Any) -> bool:
    """Do it and note it; False, with the words at the form, where it cannot be."""
    try:
        deed(_noted, me, helper, verb, *args, **more)
    except DutyChangedMeanwhile:
        form.show_again(overriding.mark_of(helper))
        return False
    except SpanUnclear as unclear:
        form.add_error("end", str(unclear))
        return False
    return True


def _noted(now: datetime, me: Me, helper: int, verb: Deed, *args: Any, **more: Any) -> None:
    verb(now, *args, **more)
    what = log_book.What.CHANGED_DUTY
    log_book.note(now, who=log_book.account(me.account), what=what, about=log_book.helper(helper))


def _again(request: HttpRequest, me: Me, helper: int, template: str, form: Seen) -> HttpResponse:
    """The form as it was typed; after somebody else's change with a mark of what is shown now."""
    meanwhile = form.changed_meanwhile
    told = {**_about(me, helper), "form": form, "meanwhile": meanwhile}
    status = HTTPStatus.CONFLICT if meanwhile else HTTPStatus.UNPROCESSABLE_ENTITY
    return team_screen(request, me, template, told, status=status)


def _about(me: Me, helper: int) -> dict[str, Any]:
    """What each of these screens says of a helper. A coordinator of another agency finds nobody here."""
    try:
        name, agency = name_and_agency(helper)
    except NoSuchHelper:
        raise Http404 from None
    if not me.looks_after(agency):
        raise Http404
    now = clock.now()
    zone = duty_of(helper, at(now)).zone
    changes = [(one.id, one.is_on, duty_in_words(one.span, zone)) for one in changes_of(now, helper)]
    return {
        "helper": helper,
        "name": name,
        "lines": lines_of(helper),
        "examples": EXAMPLES,
        "changes": changes,
        "zone": zone.key,
    }
