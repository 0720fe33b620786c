"""Shifts from another tool, put in on a screen: first a look, then a press. Large files go by the command line."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from stepitup.door.duty.forms import Shifts
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.roster.duty.shifts.bringing_in import bring_shifts_in
from stepitup.roster.duty.shifts.rows import ShiftReport
from stepitup.roster.duty.told import what_it_did


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.COORDINATOR)
def shifts(request: HttpRequest, me: Me) -> HttpResponse:
    """Look: what would come, and every mistake with its line. The text stays in the form until it is brought in."""
    form = Shifts(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return team_screen(request, me, "duty/shifts.html", {"form": form}, status=status)
    is_look = request.POST.get("do") != "bring in"
    report = deed(_bring_in, me, form.cleaned_data["text"].encode(), is_look)
    told = {"form": form, "report": what_it_did(report), "mistakes": report.mistakes, "may_go": _may_go(report)}
    status = HTTPStatus.OK if report.is_good else HTTPStatus.UNPROCESSABLE_ENTITY
    return team_screen(
        request, me, "duty/shifts.html", {**told, "is_done": report.is_good and not is_look}, status=status
    )


def _bring_in(now: datetime, me: Me, raw: bytes, is_look: bool) -> ShiftReport:
    report = bring_shifts_in(now, raw, dry_run=is_look, agency=me.agency)
    if report.added and not is_look:
        who, what = log_book.account(me.account), log_book.What.CHANGED_DUTY
        log_book.note(now, who=who, what=what, about=log_book.ROSTER, how_many=report.added)
    return report


def _may_go(report: ShiftReport) -> bool:
    return report.is_good and report.dry_run and report.added > 0
