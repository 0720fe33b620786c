"""Invitations: the link that makes an account, once; and the coordinator's screen that makes such links."""

from dataclasses import dataclass
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stepitup.door.link_card import link_card
from stepitup.door.team.forms import InviteForm, NameForm
from stepitup.door.team.navigation import SETTING_UP
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.door.words import day
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.roster.sign_in import actions, questions
from stepitup.roster.sign_in.errors import InvitationOver, NameNotGood, NameTaken
from stepitup.roster.sign_in.facts import InvitationSeen
from stepitup.roster.sign_in.may_invite import may_invite

_LONGEST_SECRET = 100


@dataclass(frozen=True)
class Line:
    """One open invitation, in words."""

    id: int
    whom: str
    until: str


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link opens: whom it is for, and one question. Looking uses nothing up; the press does."""
    seen = questions.invitation(clock.now(), secret) if len(secret) < _LONGEST_SECRET else None
    if seen is None:
        return team_screen(request, None, "team/invitation_over.html", status=HTTPStatus.NOT_FOUND)
    form = NameForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if request.method == "POST" and (seen.is_for_new_ways or form.is_valid()):
        answer = _accepted(request, secret, form)
        if answer is not None:
            return answer
    told = {"seen": seen, "form": form, "here": request.path, "team_name": team().name}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return team_screen(request, None, "team/invitation.html", told, status=status)


def _accepted(request: HttpRequest, secret: str, form: NameForm) -> HttpResponse | None:
    """Signed in, on the way to a passkey; None with the reason on the form."""
    try:
        account = deed(actions.accept, secret, form.data.get("name", ""))
    except InvitationOver:
        return team_screen(request, None, "team/invitation_over.html", status=HTTPStatus.NOT_FOUND)
    except NameNotGood:
        form.add_error("name", _("Take two to forty letters or digits, without spaces."))
        return None
    except NameTaken:
        form.add_error("name", _("Somebody here signs in with this name already. Please take another."))
        return None
    get_adapter().login(request, account)
    record_authentication(request, account, method="invitation")
    request.session[SETTING_UP] = True
    return see("/team/security")


@for_whom(Role.COORDINATOR)
def invitations(request: HttpRequest, me: Me) -> HttpResponse:
    """Invite somebody, see who was invited and has not come yet, take an invitation back."""
    form = InviteForm(
        request.POST or None, initial={word: request.GET.get(word, "") for word in ("helper", "account")}, me=me
    )
    if request.method == "POST" and "take_back" in request.POST:
        _take_back(me, request.POST["take_back"])
        return see("/team/invitations")
    if request.method == "POST" and form.is_valid():
        agency, holds = questions.agency_of(form.guest), questions.roles_held(form.guest)
        if may_invite(me, form.guest, agency=agency, holds=holds):
            secret = deed(actions.invite, form.guest, by=log_book.account(me.account))
            return _the_link(request, me, secret)
        form.add_error(None, _("This person is for a coordinator of the whole team to invite."))
    told = {"form": form, "open": [_line(one) for one in questions.open_invitations(clock.now(), me=me)]}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return team_screen(request, me, "team/invitations.html", told, status=status)


def _take_back(me: Me, number: str) -> None:
    mine = {str(one.id) for one in questions.open_invitations(clock.now(), me=me)}
    if number in mine:
        deed(actions.take_back, int(number), by=log_book.account(me.account))


def _the_link(request: HttpRequest, me: Me, secret: str) -> HttpResponse:
    """Shown once: nothing of it is kept but a fingerprint."""
    link = f"{team().public_url.rstrip('/')}/team/invitation/{secret}"
    until = day(clock.now() + actions.INVITATIONS_LAST)
    return team_screen(request, me, "team/invited.html", {"link": link, "card": link_card(link), "until": until})


def _line(one: InvitationSeen) -> Line:
    return Line(one.id, one.helper or one.account or _("Somebody new"), day(one.ends_at))
