"""The screens: bring a file, read what it would do, say yes; and take the roster out."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions as calls
from stepitup.door.team.bring_in.forms import AFile, named
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import clock, drafts, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.roster import actions as roster_actions
from stepitup.roster import questions as roster
from stepitup.roster.file.forms import Form, read_in
from stepitup.roster.file.parts import IN_ONE_GO, Part, how_many, in_one, in_parts
from stepitup.roster.file.rows import Report, RosterRows

_HERE: Final = "/team/import"
_MISTAKES_SHOWN: Final = 300
_KINDS: Final = {Form.CSV: "text/csv", Form.JSON: "application/json", Form.TOML: "application/toml"}


class OtherThanShown(Exception):
    """Since the coordinator read what would change, the roster changed: it would be something else now."""

    def __init__(self, report: Report) -> None:
        super().__init__("the roster changed meanwhile")
        self.report = report


@for_the_whole_team(Role.COORDINATOR)
def bring(request: HttpRequest, me: Me) -> HttpResponse:
    """Choose a file; then what it would change, or every mistake with its line. Nothing is changed here."""
    if request.method != "POST":
        return _first(request, me, AFile())
    form = AFile(request.POST, request.FILES)
    if not form.is_valid():
        return _first(request, me, form)
    kind, raw = form.brought()
    wanted, mistakes = read_in(kind, raw, now=clock.now())
    if mistakes:
        told = {"mistakes": mistakes[:_MISTAKES_SHOWN], "more": max(len(mistakes) - _MISTAKES_SHOWN, 0)}
        return team_screen(request, me, "bring_in/mistakes.html", {**told, "how_many": len(mistakes)})
    remove = form.cleaned_data["remove_missing"]
    draft = deed(drafts.put_aside, _as_text(kind, raw), owner=_owner(me))
    return _would(request, me, _look(wanted, remove_missing=remove), draft=str(draft), remove_missing=remove)


@for_the_whole_team(Role.COORDINATOR)
def say_yes(request: HttpRequest, me: Me) -> HttpResponse:
    """Bring in what was shown: that, or nothing."""
    if request.method != "POST":
        return see(_HERE)
    draft, remove = request.POST.get("draft", ""), request.POST.get("remove_missing") == "yes"
    text = drafts.put_aside_by(clock.now(), draft, owner=_owner(me))
    if text is None:
        return team_screen(request, me, "bring_in/gone.html")
    wanted, _mistakes = read_in(*_from_text(text))
    try:
        report = _bring_in(wanted, remove_missing=remove, who=_owner(me), shown=request.POST.get("shown", ""))
    except OtherThanShown as other:
        return _would(request, me, other.report, draft=draft, remove_missing=remove, again=True)
    return team_screen(request, me, "bring_in/done.html", {"report": report})


@for_the_whole_team(Role.COORDINATOR)
def take_out(request: HttpRequest, me: Me) -> HttpResponse:
    """The whole roster as a file. A press, since it is written down."""
    kind = request.POST.get("form", "")
    if request.method != "POST" or kind not in set(Form):
        return see(_HERE)
    deed(log_book.note, who=_owner(me), what=What.EXPORTED, about=log_book.ROSTER)
    answer = HttpResponse(roster.export_roster(Form(kind)), content_type=f"{_KINDS[Form(kind)]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="team-roster-{clock.now():%Y-%m-%d}.{kind}"'
    return answer


def _bring_in(wanted: RosterRows, *, remove_missing: bool, who: str, shown: str) -> Report:
    """All of it in one deed, or a large file part by part: whoever presses meanwhile goes between two parts."""
    would = _look(wanted, remove_missing=remove_missing)
    if _mark(would) != shown:
        raise OtherThanShown(would)
    if how_many(would) > IN_ONE_GO:
        for part in in_parts(wanted, would):
            deed(calls.bring_roster_part, part, who=who)
    elif not deed(_in_one_go, in_one(wanted, would), would, who=who):
        raise OtherThanShown(_look(wanted, remove_missing=remove_missing))
    deed(drafts.let_go, owner=who)
    return replace(would, dry_run=False)


def _in_one_go(now: datetime, part: Part, would: Report, *, who: str) -> bool:
    """All of it or nothing; False where somebody else changed one of these in the very moment between look and deed."""
    if roster_actions.bring_in(now, part.rows, dry_run=True, remove_missing=True, among=part.among) != replace(
        would, unchanged=0, not_in_file=()
    ):
        return False
    calls.bring_roster_part(now, part, who=who)
    return True


def _look(wanted: RosterRows, *, remove_missing: bool) -> Report:
    """What it would change. Outside of any deed: nothing is written, and nobody's press waits for it."""
    return roster_actions.bring_in(clock.now(), wanted, dry_run=True, remove_missing=remove_missing)


def _first(request: HttpRequest, me: Me, form: AFile) -> HttpResponse:
    out = [(kind.value, named(kind)) for kind in (Form.CSV, Form.TOML, Form.JSON)]
    return team_screen(request, me, "bring_in/first.html", {"form": form, "out": out})


def _would(
    request: HttpRequest, me: Me, report: Report, *, draft: str, remove_missing: bool, again: bool = False
) -> HttpResponse:
    told = {"report": report, "draft": draft, "remove_missing": remove_missing, "shown": _mark(report), "again": again}
    told["changes"] = how_many(report) > 0
    return team_screen(request, me, "bring_in/would.html", told)


def _mark(report: Report) -> str:
    """Another when something else would change."""
    return hashlib.sha256(repr(report).encode()).hexdigest()[:16]


def _owner(me: Me) -> str:
    return log_book.account(me.account)


def _as_text(kind: Form, raw: bytes) -> str:
    """The file as it came, byte for byte, with what it is in front."""
    return f"{kind}\n{raw.decode('latin-1')}"


def _from_text(text: str) -> tuple[Form, bytes]:
    kind, _newline, rest = text.partition("\n")
    return Form(kind), rest.encode("latin-1")
