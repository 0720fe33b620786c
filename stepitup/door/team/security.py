"""How somebody signs in: their passkeys, code app, passphrase and recovery codes, in their own hands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from stepitup.door.team.forms import PassphraseForm
from stepitup.door.team.framed import InFrame, for_account
from stepitup.door.team.navigation import SETTING_UP
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.sign_in import UNPROCESSABLE, is_recovery_code
from stepitup.door.team.who import Me, TheirView, for_whom
from stepitup.door.words import clock_time
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.roster.devices import actions as devices
from stepitup.roster.devices.questions import has_any_in_doubt
from stepitup.roster.models import Account
from stepitup.roster.sign_in import actions

SECURITY = "/team/security"
P = ParamSpec("P")


@dataclass(frozen=True)
class Passkey:
    """One passkey, as its owner knows it."""

    id: int
    name: str


@dataclass(frozen=True)
class WaysIn:
    """How an account can be opened now."""

    passkeys: tuple[Passkey, ...]
    code_app: bool
    passphrase: bool
    codes_left: int

    @property
    def opens(self) -> bool:
        """Whether at least one way is whole: a passkey, or a passphrase together with a code app."""
        return bool(self.passkeys) or (self.code_app and self.passphrase)

    @property
    def only_one_passkey(self) -> bool:
        """Whether taking one passkey off would lock its owner out."""
        return len(self.passkeys) == 1 and not (self.code_app and self.passphrase)


def ways_in(account: Account) -> WaysIn:
    """The ways of this account."""
    kept = list(Authenticator.objects.filter(user=account.pk).order_by("pk"))
    codes = [one.wrap() for one in kept if one.type == Authenticator.Type.RECOVERY_CODES]
    return WaysIn(
        passkeys=tuple(Passkey(one.pk, one.wrap().name) for one in kept if one.type == Authenticator.Type.WEBAUTHN),
        code_app=any(one.type == Authenticator.Type.TOTP for one in kept),
        passphrase=account.has_usable_password(),
        codes_left=len(codes[0].get_unused_codes()) if codes else 0,
    )


def surely_them(view: TheirView[P]) -> TheirView[P]:
    """Ask once more who they are, unless they said so minutes ago."""

    @wraps(view)
    def asked(request: HttpRequest, me: Me, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        return view(request, me, *args, **kwargs)

    return asked


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # `for_whom` let them in
    return request.user


@for_whom(setting_up=True)
def security(request: HttpRequest, me: Me) -> HttpResponse:
    """Their ways, and what to do next. Whoever came by an invitation has arrived once one way is whole."""
    ways = ways_in(_account(request))
    if ways.opens:
        request.session.pop(SETTING_UP, None)
    told = {"in_by": ways, "setting_up": not ways.opens, "in_doubt": ways.opens and has_any_in_doubt(me.account)}
    return team_screen(request, me, "team/security.html", told)


class AddPasskey(InFrame, AddWebAuthnView):
    """A new passkey, made by this phone or by a key."""

    template_name = "team/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Always one that also says who they are: it signs in by itself."""
        told = super().get_context_data(**kwargs)
        told["form"] = kwargs.get("form") or self.get_form()
        return {**told, "wishes": auth.begin_registration(self.request.user, passwordless=True)}

    def form_invalid(self, form: Any) -> HttpResponse:
        """No script, or the phone thought otherwise."""
        answer: HttpResponse = self.render_to_response(
            {**self.get_context_data(form=form), "stopped": True}, status=UNPROCESSABLE
        )
        return answer


class CodeApp(InFrame, ActivateTOTPView):
    """A code app: six digits, new each half minute."""

    template_name = "team/code_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With our own clock beside it."""
        return {**super().get_context_data(**kwargs), "our_clock": clock_time(clock.now())}

    def get_success_url(self) -> str:
        """A code app alone opens nothing: the passphrase comes next."""
        return f"{SECURITY}/passphrase"


class RecoveryCodes(InFrame, ViewRecoveryCodesView):
    """Shown once, to be written down."""

    template_name = "team/recovery_codes.html"


class NewRecoveryCodes(InFrame, GenerateRecoveryCodesView):
    """New ones; the old ones work no more."""

    template_name = "team/new_recovery_codes.html"


class AgainByCode(InFrame, ReauthenticateView):
    """Who are you? Asked again before a way to sign in is changed."""

    template_name = "team/again_code.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """A recovery code in place of the code app's: the phone may be lost."""
        if is_recovery_code(form):
            deed(devices.doubt_all, form.user.pk)
        answer: HttpResponse = super().form_valid(form)
        return answer


class AgainByPasskey(InFrame, ReauthenticateWebAuthnView):
    """The same, with a passkey."""

    template_name = "team/again_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Again."""
        told = {**self.get_context_data(form=form), "stopped": True}
        answer: HttpResponse = self.render_to_response(told, status=UNPROCESSABLE)
        return answer


def _if_there_is_one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has no way yet cannot be asked for one."""

    def asked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs) if get_adapter().get_reauthentication_methods(request.user) else see(SECURITY)

    return asked


add_passkey = for_account(AddPasskey.as_view())
code_app = for_account(CodeApp.as_view())
recovery_codes = for_account(RecoveryCodes.as_view())
new_recovery_codes = for_account(NewRecoveryCodes.as_view())
again_by_code = for_account(_if_there_is_one(AgainByCode.as_view()))
again_by_passkey = for_account(_if_there_is_one(AgainByPasskey.as_view()))


@for_whom(setting_up=True)
@surely_them
def passphrase(request: HttpRequest, me: Me) -> HttpResponse:
    """A passphrase, for phones without passkeys. It never opens anything alone, so the code app comes first."""
    account = _account(request)
    if not ways_in(account).code_app:
        return see(f"{SECURITY}/code-app")
    form = PassphraseForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if form.is_valid():
        account.set_password(form.cleaned_data["passphrase"])
        account.save()
        update_session_auth_hash(request, account)
        return see(f"{SECURITY}/recovery-codes")
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return team_screen(request, me, "team/passphrase.html", {"form": form}, status=status)


@for_whom()
@surely_them
def remove_passkey(request: HttpRequest, me: Me, passkey: int) -> HttpResponse:
    """Take a passkey off; never the only way in."""
    ways = ways_in(_account(request))
    found = next((one for one in ways.passkeys if one.id == passkey), None)
    if found is None:
        return see(SECURITY)
    if request.method == "POST" and not ways.only_one_passkey:
        Authenticator.objects.filter(user=me.account, pk=found.id).delete()
        return see(SECURITY)
    told = {"passkey": found, "only_one": ways.only_one_passkey}
    return team_screen(request, me, "team/remove_passkey.html", told)


@for_whom()
@surely_them
def remove_code_app(request: HttpRequest, me: Me) -> HttpResponse:
    """Take the code app off, and with it the passphrase, which opens nothing without; never the only way in."""
    account = _account(request)
    ways = ways_in(account)
    if request.method == "POST" and ways.passkeys:
        Authenticator.objects.filter(user=account.pk, type=Authenticator.Type.TOTP).delete()
        account.set_unusable_password()
        account.save()
        update_session_auth_hash(request, account)
        return see(SECURITY)
    return team_screen(request, me, "team/remove_code_app.html", {"only_one": not ways.passkeys})


@require_POST
@for_whom(setting_up=True)
def sign_out_everywhere(request: HttpRequest, me: Me) -> HttpResponse:
    """Here and in every other browser."""
    deed(actions.sign_out_everywhere, me.account)
    logout(request)
    return see("/team/sign-in")
