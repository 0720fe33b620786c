"""The screens about people: the list, one sheet a helper, the form, and two presses that are asked about first."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.people import deeds
from stepitup.door.team.people.forms import AboutAHelper
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, View, for_whom
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.roster.errors import ChangedMeanwhile, NoSuchHelper
from stepitup.roster.keeping import actions as keeping
from stepitup.roster.keeping import questions as roster
from stepitup.roster.keeping.kept import Kept
from stepitup.roster.keeping.questions import Listed

_LIST: Final = "/team/people"
_ON_A_SCREEN = 40
_LONGEST_WORD = 60

P = ParamSpec("P")
_AboutOne = Callable[Concatenate[HttpRequest, Me, int, P], HttpResponse]


@for_whom(Role.COORDINATOR)
def people(request: HttpRequest, me: Me) -> HttpResponse:
    """Everybody this coordinator looks after, by name; a word narrows it."""
    named = request.GET.get("named", "")[:_LONGEST_WORD].replace("\x00", "").strip()
    pages = Paginator(roster.people(agency=me.agency, named=named), _ON_A_SCREEN)
    page = pages.get_page(request.GET.get("page"))
    told = {
        "page": page,
        "people": roster.listed(clock.now(), list(page.object_list), by=tuple(carriers.in_use())),
        "named": named,
        "gone": request.GET.get("gone") == "yes",
    }
    return team_screen(request, me, "people/list.html", told)


def _about_one(view: _AboutOne[[]]) -> View[[int]]:
    """For the coordinator who looks after this helper; anybody else's helper is not there for them."""

    @for_whom(Role.COORDINATOR)
    def about(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
        try:
            kept = roster.kept(helper)
            if not me.looks_after(kept.agency):
                raise Http404
            return view(request, me, helper)
        except NoSuchHelper as gone:
            raise Http404 from gone

    return about


@_about_one
def sheet(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """What there is to know and to do about one helper."""
    told = {"one": _listed(helper), "kept": roster.kept(helper), "saved": request.GET.get("saved", "")}
    return team_screen(request, me, "people/sheet.html", told)


@for_whom(Role.COORDINATOR)
def add(request: HttpRequest, me: Me) -> HttpResponse:
    """Somebody new."""
    if request.method != "POST":
        start = {"agency": str(me.agency or "")}
        return team_screen(
            request, me, "people/form.html", {"form": AboutAHelper(initial=start, only_agency=me.agency)}
        )
    form = AboutAHelper(request.POST, only_agency=me.agency)
    if not form.is_valid():
        return team_screen(request, me, "people/form.html", {"form": form})
    helper = deed(keeping.add, form.kept(), who=log_book.account(me.account))
    return see(f"{_LIST}/{helper}?saved=added")


@_about_one
def change(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """The coordinator's part of one helper. The second of two who edit is told, and loses nothing."""
    kept = roster.kept(helper)
    if request.method != "POST":
        form = AboutAHelper(initial=AboutAHelper.filled_with(kept), only_agency=me.agency)
        return _form(request, me, helper, form, seen=kept.mark)
    form = AboutAHelper(request.POST, only_agency=me.agency)
    seen = request.POST.get("seen", "")[:16]
    if not form.is_valid():
        return _form(request, me, helper, form, seen=seen)
    try:
        changed = deed(keeping.change, helper, form.kept(), seen=seen, who=log_book.account(me.account))
    except ChangedMeanwhile:
        theirs = roster.kept(helper)
        return _form(request, me, helper, form, seen=theirs.mark, theirs=theirs)
    return see(f"{_LIST}/{helper}?saved={'changed' if changed else 'same'}")


@_about_one
def suspend(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Ask, then suspend at once; or lift it."""
    if request.method != "POST":
        return _asked(request, me, helper, "suspend")
    lifts = request.POST.get("lift") == "yes"
    deed(deeds.lift_suspension if lifts else deeds.suspend, helper, who=log_book.account(me.account))
    return see(f"{_LIST}/{helper}?saved={'lifted' if lifts else 'suspended'}")


@_about_one
def take_off(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Ask, then take off the roster."""
    if request.method != "POST":
        return _asked(request, me, helper, "take_off")
    deed(deeds.take_off, helper, who=log_book.account(me.account))
    return see(f"{_LIST}?gone=yes")


def _listed(helper: int) -> Listed:
    [one] = roster.listed(clock.now(), list(roster.people().filter(pk=helper)), by=tuple(carriers.in_use()))
    return one


def _asked(request: HttpRequest, me: Me, helper: int, what: str) -> HttpResponse:
    return team_screen(request, me, f"people/{what}.html", {"one": _listed(helper)})


def _form(
    request: HttpRequest, me: Me, helper: int, form: AboutAHelper, *, seen: str, theirs: Kept | None = None
) -> HttpResponse:
    lines = _in_lines(theirs) if theirs else None
    told = {"form": form, "helper": helper, "seen": seen, "theirs": lines}
    return team_screen(request, me, "people/form.html", told, status=HTTPStatus.OK)


def _in_lines(theirs: Kept) -> list[tuple[str, str]]:
    """What somebody else wrote, field by field, in the words of the form."""
    form = AboutAHelper(initial=AboutAHelper.filled_with(theirs))
    return [(str(field.label), _read_out(field.initial)) for field in form if _read_out(field.initial)]


def _read_out(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
