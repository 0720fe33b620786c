"""A helper's credentials: the list, one with what is known of it, the choice of a kind, and one decision a screen.

Each decision is kept when it is made, so nothing is lost by going back, by a call that comes, or by a phone that dies.
A credential that nobody checked yet lets nobody be paged, so half of one harms nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from stepitup.door.team.credentials import deeds
from stepitup.door.team.credentials.asked_by_law import what_the_law_asks
from stepitup.door.team.credentials.forms import FORMS, StepForm, in_words
from stepitup.door.team.credentials.steps import Step, beside, first_steps, steps_of
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, View, for_whom
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.roster import questions as roster
from stepitup.roster.credentials import keeping
from stepitup.roster.credentials.kinds import KINDS, CredentialKind
from stepitup.roster.credentials.record import OTHER, TRAINING, CredentialRow
from stepitup.roster.credentials.registry import look_up
from stepitup.roster.credentials.words import how_it_stands
from stepitup.roster.errors import CredentialChangedMeanwhile, NoSuchCredential, NoSuchHelper
from stepitup.roster.own_hands.words import row_of
from stepitup.roster.reading import kinds_of_row

_About = Callable[..., HttpResponse]


def _about_one(view: _About) -> View[...]:
    """For the coordinator who looks after this helper; anybody else's helper is not there for them."""

    @for_whom(Role.COORDINATOR)
    def about(request: HttpRequest, me: Me, /, helper: int, **more: Any) -> HttpResponse:
        try:
            if not me.looks_after(row_of(helper).agency_id):
                raise Http404
            return view(request, me, helper, **more)
        except (NoSuchHelper, NoSuchCredential) as gone:
            raise Http404 from gone

    return about


@require_safe
@_about_one
def credentials(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Each, and whether it counts today."""
    today = clock.now().astimezone(roster.zone_of(helper)).date()
    held = [(number, row, how_it_stands(row, today)) for number, row in keeping.credentials_of(helper)]
    told = {"held": held, "saved": request.GET.get("saved", "")}
    return _screen(request, me, helper, "list.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@_about_one
def add(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Its kind. Whoever comes back here from the next screen chooses another kind for the same one."""
    begun = _begun(helper, request.POST.get("instead") or request.GET.get("instead", ""))
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None:
        told = {"groups": _kinds_in_groups(), "begun": begun, "theirs": kinds_of_row(row_of(helper))}
        return _screen(request, me, helper, "kinds.html", told)
    before = keeping.credential(helper, begun) if begun else CredentialRow("", state=row_of(helper).state)
    row = replace(before, kind=kind.id, name=kind.name, role=kind.role)
    number = deed(deeds.write_down, helper, row, instead_of=begun, who=log_book.account(me.account))
    return see(_address(helper, number, first_steps(row)[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@_about_one
def one(request: HttpRequest, me: Me, helper: int, number: int) -> HttpResponse:
    """All that is written of it, each decision with its change. Withdraw it, or ask the registry for its NPI."""
    row, what = keeping.credential(helper, number), request.POST.get("what", "")
    if what == "withdraw":
        deed(keeping.withdraw_credential, helper, number, who=log_book.account(me.account))
        return see(f"/team/people/{helper}/credentials?saved=withdrawn")
    if what == "look-up" and row.npi:
        return _looked_up(request, me, helper, number, row)
    decided = [(word, in_words(FORMS[word](before=row), row)) for word in steps_of(row)]
    today = clock.now().astimezone(roster.zone_of(helper)).date()
    told = {"row": row, "number": number, "decided": decided, "stands": how_it_stands(row, today)}
    return _screen(request, me, helper, "one.html", {**told, "saved": request.GET.get("saved", "")})


@require_http_methods(["GET", "HEAD", "POST"])
@_about_one
def step(request: HttpRequest, me: Me, helper: int, number: int, word: str) -> HttpResponse:
    """One decision: kept as it is pressed, then the next one, or the one before."""
    row = keeping.credential(helper, number)
    if word not in steps_of(row):
        raise Http404
    here, on_a_walk = Step(word), bool(request.GET.get("on") or request.POST.get("on"))
    today = clock.now().astimezone(roster.zone_of(helper)).date()
    form = FORMS[here](request.POST or None, before=row, today=today, initial=FORMS[here].filled_with(row))
    told: dict[str, Any] = {"number": number, "row": row, "step": here, "on": on_a_walk, "form": form}
    told["seen"] = request.POST.get("seen") or keeping.mark_of(row, form.fields)
    if request.method == "POST" and form.is_valid():
        if not _kept(me, helper, number, form, seen=told["seen"]):
            told |= {"seen": keeping.mark_of(row, form.fields), "theirs": in_words(form, row)}
            return _decision(request, me, helper, told, status=HTTPStatus.CONFLICT)
        return see(_next(helper, number, here, back=request.POST.get("go") == "back", on=on_a_walk))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _decision(request, me, helper, told, status=status)


def _kept(me: Me, helper: int, number: int, form: StepForm, *, seen: str) -> bool:
    """Keep it; False where somebody else changed the same meanwhile."""
    who = log_book.account(me.account)
    try:
        deed(deeds.change, helper, number, form.said(), seen=seen, by=_called(me), who=who)
    except CredentialChangedMeanwhile:
        return False
    return True


def _next(helper: int, number: int, here: Step, *, back: bool, on: bool) -> str:
    """Where a press leads: along the walk while one is written down, or to all of it."""
    row = keeping.credential(helper, number)
    before, after = beside(here, row)
    if on and back:
        return _address(helper, number, before) if before else _kinds_for(helper, number)
    if on and after:
        return _address(helper, number, after)
    return f"/team/people/{helper}/credentials/{number}?saved=kept"


def _decision(request: HttpRequest, me: Me, helper: int, told: dict[str, Any], *, status: int) -> HttpResponse:
    """The question, and what is known that helps to answer it."""
    row: CredentialRow = told["row"]
    walk = first_steps(row)
    place = walk.index(told["step"]) + 1 if told["step"] in walk else 0
    is_a_peer = row.role in {Kind.PEER.value, ""}
    law = what_the_law_asks(row_of(helper).state) if told["step"] == Step.NAMED and is_a_peer else None
    about = {"kind": KINDS.get(row.kind, KINDS[OTHER]), "law": law, "place": place, "of": len(walk)}
    return _screen(request, me, helper, "step.html", told | about, status=status)


def _looked_up(request: HttpRequest, me: Me, helper: int, number: int, row: CredentialRow) -> HttpResponse:
    """Asked from here, on the coordinator's side: never for a caller, so nobody's asking for help shows."""
    found = look_up(row.npi, base=team().npi_registry)
    if found.is_told:
        today = clock.now().astimezone(roster.zone_of(helper)).date()
        deed(keeping.note_looked_up, helper, number, on=today)
    return _screen(request, me, helper, "looked_up.html", {"found": found, "row": row, "number": number})


def _screen(
    request: HttpRequest, me: Me, helper: int, template: str, told: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    about = {"helper": helper, "name": row_of(helper).display_name}
    return team_screen(request, me, f"credentials/{template}", about | told, status=status)


def _begun(helper: int, written: str) -> int | None:
    """The one that was begun a moment ago, if it is still one that nobody checked."""
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        return None
    return int(written) if not keeping.credential(helper, int(written)).checked_how else None


def _address(helper: int, number: int, step: Step) -> str:
    return f"/team/people/{helper}/credentials/{number}/{step}?on=1"


def _kinds_for(helper: int, number: int) -> str:
    return f"/team/people/{helper}/credentials/new?instead={number}"


def _kinds_in_groups() -> list[tuple[str, list[CredentialKind]]]:
    words = (Kind.PEER.value, Kind.CHAPLAIN.value, Kind.CLINICIAN.value, TRAINING, "")
    return [(word, [kind for kind in KINDS.values() if kind.role == word]) for word in words]


def _called(me: Me) -> str:
    """The name under which a check stands: that of the helper they are, or the one they sign in with."""
    return row_of(me.helper).display_name if me.helper else me.name
