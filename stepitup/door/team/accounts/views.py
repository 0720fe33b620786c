"""The screens about accounts: the list, one account, and presses that are asked about first."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stepitup.door.team.accounts.forms import RolesForm
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, View, for_whom
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.roster.sign_in import keeping, questions
from stepitup.roster.sign_in.errors import NobodyLeft, NoSuchAccount, RolesChanged
from stepitup.roster.sign_in.facts import AccountSeen
from stepitup.roster.sign_in.may_invite import looks_after_account, may_close, may_give_roles

_LIST: Final = "/team/accounts"
_ON_A_SCREEN: Final = 40
_LONGEST_WORD: Final = 60
_SAVED: Final = frozenset({"roles", "same", "opened", "out"})

P = ParamSpec("P")
_AboutOne = Callable[Concatenate[HttpRequest, Me, AccountSeen, P], HttpResponse]


@for_whom(Role.COORDINATOR)
def everybody(request: HttpRequest, me: Me) -> HttpResponse:
    """Who may sign in, those with a role first."""
    named = request.GET.get("named", "")[:_LONGEST_WORD].replace("\x00", "").strip()
    page = Paginator(questions.accounts(me=me, named=named), _ON_A_SCREEN).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "accounts": questions.seen_accounts(list(page.object_list)),
        "named": named,
        "closed": request.GET.get("closed") == "yes",
    }
    return team_screen(request, me, "accounts/list.html", told)


def _about_one(view: _AboutOne[[]]) -> View[[int]]:
    """For the coordinator who looks after this account; anybody else's is not there for them."""

    @for_whom(Role.COORDINATOR)
    def about(request: HttpRequest, me: Me, account: int) -> HttpResponse:
        found = questions.account(account)
        if found is None or not looks_after_account(me, found):
            raise Http404
        try:
            return view(request, me, found)
        except NoSuchAccount as gone:
            raise Http404 from gone
        except NobodyLeft:
            problem = _("Nobody else coordinates the whole team. Make somebody else a coordinator first.")
            return _sheet(request, me, found, problem=problem)

    return about


@_about_one
def one(request: HttpRequest, me: Me, found: AccountSeen) -> HttpResponse:
    """One account: what it may do, and what can be done about it."""
    return _sheet(request, me, found)


@for_the_whole_team(Role.COORDINATOR)
def roles(request: HttpRequest, me: Me, account: int) -> HttpResponse:
    """Change what somebody may do besides helping; it holds from their next press."""
    return _roles(request, account)


@_about_one
def _roles(request: HttpRequest, me: Me, found: AccountSeen) -> HttpResponse:
    if not may_give_roles(me, found):
        return see(f"{_LIST}/{found.id}")
    form = RolesForm(request.POST if request.method == "POST" else None, one=found)
    if not form.is_valid():
        return _form(request, me, found, form)
    try:
        changed = deed(
            keeping.change_roles,
            found.id,
            form.roles,
            bound_to=form.agency,
            seen=request.POST.get("seen", "")[:200],
            by=log_book.account(me.account),
        )
    except RolesChanged:
        now_there = questions.account(found.id) or found
        return _form(request, me, now_there, RolesForm(one=now_there), meanwhile=True)
    return see(f"{_LIST}/{found.id}?saved={'roles' if changed else 'same'}")


@_about_one
def close(request: HttpRequest, me: Me, found: AccountSeen) -> HttpResponse:
    """Ask, with what it means; then close it at once."""
    if not may_close(me, found):
        return see(f"{_LIST}/{found.id}")
    if request.method != "POST":
        return team_screen(request, me, "accounts/close.html", {"one": found})
    deed(keeping.close, found.id, by=log_book.account(me.account))
    return see(f"{_LIST}?closed=yes")


@_about_one
def open_again(request: HttpRequest, me: Me, found: AccountSeen) -> HttpResponse:
    """They may sign in again."""
    if request.method == "POST" and may_close(me, found):
        deed(keeping.open_again, found.id, by=log_book.account(me.account))
    return see(f"{_LIST}/{found.id}?saved=opened")


@_about_one
def sign_out(request: HttpRequest, me: Me, found: AccountSeen) -> HttpResponse:
    """Out in each browser, at once."""
    if request.method == "POST":
        deed(keeping.sign_out, found.id, by=log_book.account(me.account))
    return see(f"{_LIST}/{found.id}?saved=out")


def _sheet(request: HttpRequest, me: Me, found: AccountSeen, *, problem: str = "") -> HttpResponse:
    saved = request.GET.get("saved", "")
    told: dict[str, Any] = {
        "one": found,
        "own": found.id == me.account,
        "may_close": may_close(me, found),
        "may_give_roles": may_give_roles(me, found),
        "may_invite": Role.OPERATOR not in found.roles,
        "saved": saved if saved in _SAVED else "",
        "problem": problem,
    }
    return team_screen(request, me, "accounts/one.html", told, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK)


def _form(
    request: HttpRequest, me: Me, found: AccountSeen, form: RolesForm, *, meanwhile: bool = False
) -> HttpResponse:
    told = {"one": found, "form": form, "meanwhile": meanwhile}
    status = HTTPStatus.CONFLICT if meanwhile else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return team_screen(request, me, "accounts/roles.html", told, status=status)
