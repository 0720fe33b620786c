"""Where allauth asks how this house wants it."""

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stepitup.door.link_card import link_card
from stepitup.door.team.navigation import SETTING_UP
from stepitup.door.team.screens import see
from stepitup.ground.seal import seal, unseal

_FRESH = 300
_SEALED_FOR = "a way to sign in"


class AccountsHere(DefaultAccountAdapter):
    """Accounts come by invitation, have no mail address, and no machine is ever looked at."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This name and this passphrase do not go together."),
        "too_many_login_attempts": _(
            "That was tried too often for this name. Wait five minutes, or sign in with a passkey now. "
            "Answering a page needs no sign-in and works meanwhile."
        ),
        "incorrect_code": _("This code does not fit."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only an invitation makes an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Nobody's address is known here."""
        return ""

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Nobody's browser is known here."""
        return ""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our screens say in place what was done."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No account has a mail address."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey first, then a code. A passphrase alone says too little."""
        ways = [
            ("webauthn", "mfa_reauthenticate_webauthn"),
            ("totp", "mfa_reauthenticate"),
        ]
        has = get_adapter().is_mfa_enabled
        return [{"id": way, "url": reverse(name), "description": ""} for way, name in ways if has(user, [way])]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """A passphrase never opens anything alone, not even where its code app is gone."""
        stopped: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if stopped is None and not get_adapter().is_mfa_enabled(user, ["totp", "webauthn"]):
            return see("/team/sign-in/recovery")
        return stopped

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who they are is asked again before a way to sign in is changed, unless they said so minutes ago."""
        request = context.request
        if request.session.get(SETTING_UP):
            return False
        if not self.get_reauthentication_methods(request.user):
            return False  # nothing to ask for: they came by a recovery code or an invitation
        said_at = [record["at"] for record in get_authentication_records(request, request.user)]
        return not said_at or time.time() - max(said_at) > _FRESH  # noqa: TID251  allauth wrote it by this clock


class WaysHere(DefaultMFAAdapter):
    """Passkeys, code apps, recovery codes: their secrets are sealed like everything else."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. It changes each half minute; take the newest one."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The square that a code app's camera reads."""
        return link_card(url)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner says better."""
        return gettext("My phone")

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return base64.b64encode(seal(_SEALED_FOR, text)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return str(unseal(_SEALED_FOR, base64.b64decode(encrypted_text)))

    def get_totp_issuer(self) -> str:
        """What a code app shows: a word that says nothing of backup to whoever looks over a shoulder."""
        return "Team"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the address that people type."""
        host: str = context.request.get_host()
        return {"id": host.partition(":")[0], "name": "Team"}
