"""What is typed to sign in, in our own words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """The name they chose, and the passphrase. Both may be pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Your sign-in name"), _("Your passphrase")
        login.help_text = password.help_text = ""
        login.widget.attrs = {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}
