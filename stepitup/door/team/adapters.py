"""Where allauth asks how this house wants it."""

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from stepitup.ground.seal import seal, unseal

# In the session while somebody who was invited has no way of their own to sign in yet.
SETTING_UP = "setting up"
_FRESH = 300
_SEALED_FOR = "a way to sign in"


class AccountsHere(DefaultAccountAdapter):
    """Accounts come by invitation, have no mail address, and no machine is ever looked at."""

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

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who they are is asked again before a way to sign in is changed, unless they said so minutes ago."""
        request = context.request
        if request.session.get(SETTING_UP):
            return False
        said_at = [record["at"] for record in get_authentication_records(request, request.user)]
        return not said_at or time.time() - max(said_at) > _FRESH


class WaysHere(DefaultMFAAdapter):
    """Passkeys, code apps, recovery codes: their secrets are sealed like everything else."""

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
