"""Shifts from another tool, brought in on a screen: a file, then what would come or what is wrong, then a yes.

A coordinator brings everybody's, a helper their own. Between the look and the yes the file lies here, sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from stepitup.door.duty.forms import Shifts
from stepitup.door.duty.shown import duty_in_words
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock, drafts, log_book
from stepitup.ground.deeds import deed
from stepitup.roster.duty.questions import duty_of
from stepitup.roster.duty.shifts.bringing_in import Looked, bring_shift_part, look_at_shifts
from stepitup.roster.duty.shifts.rows import ShiftReport
from stepitup.roster.duty.spans import at
from stepitup.roster.duty.told import what_it_did

_MISTAKES_SHOWN: Final = 300
_Look = Callable[[datetime, Me, bytes], Looked]


@dataclass(frozen=True)
class _Errand:
    """Whose shifts are brought, how they are looked at, and where the screens stand."""

    here: str
    back: str
    look: _Look
    is_own: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.COORDINATOR)
def shifts(request: HttpRequest, me: Me) -> HttpResponse:
    """Everybody's, as far as this coordinator looks after them."""
    return _bring(request, me, _Errand("/team/duty/shifts", "/team/duty/everybody", _everybodys, is_own=False))


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.HELPER)
def own(request: HttpRequest, me: Me) -> HttpResponse:
    """My own. A line that is somebody else's is a mistake, and nothing comes."""
    return _bring(request, me, _Errand("/team/duty/mine", "/team/duty/week", _my_own, is_own=True))


def _bring(request: HttpRequest, me: Me, errand: _Errand) -> HttpResponse:
    """Look first: what would come, or every mistake with its line. Then a yes to what was shown."""
    if request.method == "POST" and request.POST.get("do") == "bring in":
        return _yes(request, me, errand)
    form = Shifts(request.POST, request.FILES) if request.method == "POST" else Shifts()
    if not form.is_bound or not form.is_valid():
        return _first(request, me, errand, form)
    raw = form.brought()
    report = errand.look(clock.now(), me, raw).report
    if not report.is_good:
        return _first(request, me, errand, form, report)
    draft = deed(drafts.put_aside, errand.here + "\n" + raw.decode("latin-1"), owner=_owner(me))
    return _screen(request, me, errand, "duty/shifts_would.html", report, draft=str(draft))


def _yes(request: HttpRequest, me: Me, errand: _Errand) -> HttpResponse:
    text = drafts.put_aside_by(clock.now(), request.POST.get("draft", ""), owner=_owner(me)) or ""
    of, _newline, rest = text.partition("\n")
    if of != errand.here:
        return team_screen(request, me, "duty/shifts_gone.html", {"errand": errand})
    looked = errand.look(clock.now(), me, rest.encode("latin-1"))
    report = _brought(me, looked, errand) if looked.report.is_good else looked.report
    deed(drafts.let_go, owner=_owner(me))
    if not report.is_good:
        return _first(request, me, errand, Shifts(), report)
    return _screen(request, me, errand, "duty/shifts_done.html", report)


def _brought(me: Me, looked: Looked, errand: _Errand) -> ShiftReport:
    """Part by part: whoever presses meanwhile goes between. The log book is about coordinators alone."""
    who = None if errand.is_own else _owner(me)
    came = [deed(bring_shift_part, part, who=who) for part in looked.parts()]
    return replace(looked.report, added=sum(came), dry_run=False)


def _everybodys(now: datetime, me: Me, raw: bytes) -> Looked:
    return look_at_shifts(now, raw, agency=me.agency)


def _my_own(now: datetime, me: Me, raw: bytes) -> Looked:
    return look_at_shifts(now, raw, only=me.helper)


def _first(
    request: HttpRequest, me: Me, errand: _Errand, form: Shifts, report: ShiftReport | None = None
) -> HttpResponse:
    mistakes = report.mistakes if report else ()
    told = {"form": form, "errand": errand, "mistakes": mistakes[:_MISTAKES_SHOWN], "how_many": len(mistakes)}
    told["more"] = max(len(mistakes) - _MISTAKES_SHOWN, 0)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistakes or form.errors else HTTPStatus.OK
    return team_screen(request, me, "duty/shifts.html", told, status=status)


def _screen(
    request: HttpRequest, me: Me, errand: _Errand, template: str, report: ShiftReport, *, draft: str = ""
) -> HttpResponse:
    told = {"errand": errand, "report": what_it_did(report, is_own=errand.is_own), "draft": draft}
    told |= {"may_go": report.added > 0, "hours": _in_words(me, report) if errand.is_own else []}
    return team_screen(request, me, template, told | {"more": report.added - len(report.first)})


def _in_words(me: Me, report: ShiftReport) -> list[tuple[str, bool]]:
    zone = duty_of(me.helper or 0, at(clock.now())).zone
    return [(duty_in_words(span, zone), is_on) for span, is_on in report.first]


def _owner(me: Me) -> str:
    return log_book.account(me.account)
