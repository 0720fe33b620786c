"""Signing in and out."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from stepitup.door.team.forms import SignInForm
from stepitup.door.team.screens import see


class SignIn(LoginView):
    """A passkey first; below it a name and a passphrase, for phones without."""

    form_class = SignInForm
    template_name = "team/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the screen shows."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told


sign_in = SignIn.as_view()


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out of this browser."""
    if request.method == "POST":
        logout(request)
    return see("/team/sign-in")
