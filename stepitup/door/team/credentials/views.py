"""The list of one helper's credentials, the choice of a kind, the form, and the look into the registry of NPIs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.credentials.asked_by_law import what_the_law_asks
from stepitup.door.team.credentials.forms import CredentialForm
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, View, for_whom
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.roster import questions as roster
from stepitup.roster.credentials import keeping
from stepitup.roster.credentials.kinds import KINDS, CredentialKind
from stepitup.roster.credentials.record import OTHER, TRAINING, CredentialRow, How
from stepitup.roster.credentials.registry import look_up
from stepitup.roster.credentials.words import how_it_stands
from stepitup.roster.errors import NoSuchCredential, NoSuchHelper
from stepitup.roster.own_hands.words import row_of

_About = Callable[..., HttpResponse]


def _about_one(view: _About) -> View[...]:
    """For the coordinator who looks after this helper; anybody else's helper is not there for them."""

    @for_whom(Role.COORDINATOR)
    def about(request: HttpRequest, me: Me, /, helper: int, **more: int) -> HttpResponse:
        try:
            if not me.looks_after(row_of(helper).agency_id):
                raise Http404
            return view(request, me, helper, **more)
        except (NoSuchHelper, NoSuchCredential) as gone:
            raise Http404 from gone

    return about


@_about_one
def credentials(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Each, and whether it counts today."""
    today = clock.now().astimezone(roster.zone_of(helper)).date()
    held = [(number, row, how_it_stands(row, today)) for number, row in keeping.credentials_of(helper)]
    told = {"held": held, "saved": request.GET.get("saved", "")}
    return _screen(request, me, helper, "list.html", told)


@_about_one
def add(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """First its kind, then the rest."""
    kind = KINDS.get(request.POST.get("kind", "") or request.GET.get("kind", ""))
    if kind is None:
        return _screen(request, me, helper, "kinds.html", {"groups": _kinds_in_groups()})
    if request.method != "POST":
        start = {"name": "" if kind.id == OTHER else kind.name, "role": kind.role, "state": row_of(helper).state}
        return _form(request, me, helper, CredentialForm(kind=kind, initial=start), kind)
    form = CredentialForm(request.POST, kind=kind)
    if not form.is_valid():
        return _form(request, me, helper, form, kind)
    row = form.row(kind=kind.id, before=None, who=_called(me))
    deed(keeping.keep_credential, helper, None, row, who=log_book.account(me.account))
    return see(f"/team/people/{helper}/credentials?saved=kept")


@_about_one
def one(request: HttpRequest, me: Me, helper: int, number: int) -> HttpResponse:
    """Change it, withdraw it, or ask the registry for its NPI."""
    before = keeping.credential(helper, number)
    kind, what = KINDS.get(before.kind, KINDS[OTHER]), request.POST.get("what", "")
    if what == "withdraw":
        deed(keeping.withdraw_credential, helper, number, who=log_book.account(me.account))
        return see(f"/team/people/{helper}/credentials?saved=withdrawn")
    if what == "look-up" and before.npi:
        return _looked_up(request, me, helper, number, before)
    from_a_file = before.checked_how == How.FILE
    if request.method != "POST":
        form = CredentialForm(kind=kind, is_from_a_file=from_a_file, initial=CredentialForm.filled_with(before))
        return _form(request, me, helper, form, kind, number=number, before=before)
    form = CredentialForm(request.POST, kind=kind, is_from_a_file=from_a_file)
    if not form.is_valid():
        return _form(request, me, helper, form, kind, number=number, before=before)
    row = form.row(kind=before.kind, before=before, who=_called(me))
    deed(keeping.keep_credential, helper, number, row, who=log_book.account(me.account))
    return see(f"/team/people/{helper}/credentials?saved=kept")


def _looked_up(request: HttpRequest, me: Me, helper: int, number: int, row: CredentialRow) -> HttpResponse:
    """Asked from here, on the coordinator's side: never for a caller, so nobody's asking for help shows."""
    found = look_up(row.npi, base=team().npi_registry)
    today = clock.now().astimezone(roster.zone_of(helper)).date()
    deed(keeping.note_looked_up, helper, number, on=today)
    return _screen(request, me, helper, "looked_up.html", {"found": found, "row": row, "number": number})


def _form(
    request: HttpRequest,
    me: Me,
    helper: int,
    form: CredentialForm,
    kind: CredentialKind,
    *,
    number: int | None = None,
    before: CredentialRow | None = None,
) -> HttpResponse:
    law = what_the_law_asks(row_of(helper).state) if kind.role in {Kind.PEER.value, ""} else None
    told = {"form": form, "kind": kind, "number": number, "before": before, "law": law}
    return _screen(request, me, helper, "form.html", told)


def _screen(request: HttpRequest, me: Me, helper: int, template: str, told: dict[str, Any]) -> HttpResponse:
    about = {"helper": helper, "name": row_of(helper).display_name}
    return team_screen(request, me, f"credentials/{template}", about | told)


def _kinds_in_groups() -> list[tuple[str, list[CredentialKind]]]:
    words = (Kind.PEER.value, Kind.CHAPLAIN.value, Kind.CLINICIAN.value, TRAINING, "")
    return [(word, [kind for kind in KINDS.values() if kind.role == word]) for word in words]


def _called(me: Me) -> str:
    """The name under which a check stands: that of the helper they are, or the one they sign in with."""
    return row_of(me.helper).display_name if me.helper else me.name
