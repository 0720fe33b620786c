"""Signing in and out: a passkey first, a passphrase with a code for phones without, a recovery code for a bad day."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse

from stepitup.door.team.forms import RecoveryForm, SignInForm
from stepitup.door.team.screens import see, team_screen
from stepitup.door.words import clock_time
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.roster.devices import actions as devices

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class SignIn(LoginView):
    """A passkey first; below it a name and a passphrase, for phones without."""

    form_class = SignInForm
    template_name = "team/sign_in.html"

    def get_form(self, *args: Any, **kwargs: Any) -> SignInForm:
        """Validated by the server."""
        form: SignInForm = super().get_form(*args, **kwargs)
        form.use_required_attribute = False
        return form

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """The same screen, with what did not fit."""
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = UNPROCESSABLE
        return answer


class SignInByPasskey(LoginWebAuthnView):
    """The script asks here for a challenge, and sends back what the phone made of it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The challenge."""
        return JsonResponse(auth.begin_authentication(user=None))

    def form_invalid(self, form: Any) -> HttpResponse:
        """No script, or a passkey that is not known here (any more)."""
        return team_screen(self.request, None, "team/no_passkey.html", status=UNPROCESSABLE)


class SecondStep(AuthenticateView):
    """After the passphrase: the code of the code app, or a recovery code."""

    template_name = "team/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With our own clock: a code fits only where both clocks tell the same time."""
        return {**super().get_context_data(**kwargs), "our_clock": clock_time(clock.now())}

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever has no code app at hand may have lost the phone: they are asked which devices they still have."""
        if not is_recovery_code(form):
            answer: HttpResponse = super().form_valid(form)
            return answer
        deed(devices.doubt_all, form.user.pk)
        super().form_valid(form)
        return see("/team/security")


def is_recovery_code(form: Any) -> bool:
    """Whether what was typed where a code is asked for is a recovery code."""
    return isinstance(form, BaseAuthenticateForm) and form.authenticator.type == Authenticator.Type.RECOVERY_CODES


sign_in = SignIn.as_view()
sign_in_by_passkey = SignInByPasskey.as_view()
second_step = SecondStep.as_view()


def recovery(request: HttpRequest) -> HttpResponse:
    """A recovery code signs in once; then a new passkey can be set up."""
    form = RecoveryForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid() and form.account is not None:
        get_adapter().login(request, form.account)
        record_authentication(request, form.account, method="mfa", type="recovery_codes")
        deed(devices.doubt_all, form.account.pk)
        return see("/team/security")
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return team_screen(request, None, "team/recovery.html", {"form": form}, status=status)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out of this browser."""
    if request.method == "POST":
        logout(request)
    return see("/team/sign-in")


def inactive(request: HttpRequest) -> HttpResponse:
    """This account was closed."""
    return team_screen(request, None, "team/inactive.html", status=HTTPStatus.FORBIDDEN)
