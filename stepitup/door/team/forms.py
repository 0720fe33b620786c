"""What is typed to sign in, in our own words. Everything may be pasted; nothing is a puzzle."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stepitup.roster.models import Account
from stepitup.roster.sign_in.facts import Guest, Me, Role
from stepitup.roster.sign_in.questions import account_with, helper_with

_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(LoginForm):
    """The name they chose, and the passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Your sign-in name"), _("Your passphrase")
        login.help_text = password.help_text = ""
        login.widget.attrs = dict(_NAME)
        password.widget.attrs = {"autocomplete": "current-password"}


class RecoveryForm(forms.Form):
    """The name they chose, and one of the codes that were kept for the day when a phone is lost."""

    name = forms.CharField(label=_("Your sign-in name"), max_length=60, widget=forms.TextInput(attrs=_NAME))
    code = forms.CharField(
        label=_("One of your recovery codes"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data, use_required_attribute=False)
        self._request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, Any]:
        """Each code works once. Tries are counted by the name, whether or not somebody has it."""
        said = super().clean() or {}
        name, code = str(said.get("name", "")).lower(), str(said.get("code", ""))
        if self.errors:
            return said
        if not ratelimit.consume(self._request, action="login_failed", key=f"recovery:{name}"):
            raise get_adapter().validation_error("too_many_login_attempts")
        kept = Authenticator.objects.filter(
            user__name=name, user__is_active=True, type=Authenticator.Type.RECOVERY_CODES
        ).first()
        if kept is None or not kept.wrap().validate_code(code):
            raise forms.ValidationError(_("This name and this code do not go together, or the code was used before."))
        self.account = kept.user
        return said


class PassphraseForm(forms.Form):
    """A passphrase: several words that nobody else would put together."""

    passphrase = forms.CharField(
        label=_("Your new passphrase"),
        help_text=_(
            "Fifteen letters or more. Four or five words that do not belong together are good and easy to keep."
        ),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_passphrase(self) -> str:
        """Long enough, and not one that everybody uses."""
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase)
        return passphrase


class NameForm(forms.Form):
    """The name somebody chooses when they come by an invitation."""

    name = forms.CharField(
        label=_("Choose a name to sign in with"),
        help_text=_(
            "Two to forty letters or digits, without spaces. It need not be your own name. Callers never see it."
        ),
        max_length=60,
        widget=forms.TextInput(attrs=_NAME),
    )


class InviteForm(forms.Form):
    """Whom to invite: a helper by the roster's short word, or somebody new with a role."""

    helper = forms.CharField(
        label=_("A helper’s short word on the roster"),
        help_text=_("If they have an account already, the link lets them set up new ways to sign in."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    account = forms.CharField(
        label=_("Or the sign-in name of somebody who lost their passkey"), required=False, max_length=60
    )
    coordinator = forms.BooleanField(label=_("They are to be a coordinator"), required=False)
    clinical_lead = forms.BooleanField(label=_("They are to be the clinical lead"), required=False)

    guest: Guest

    def __init__(self, *args: Any, me: Me, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if me.agency is not None:
            for name in ("account", "coordinator", "clinical_lead"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody must be meant."""
        said = super().clean() or {}
        helper = helper_with(said["helper"]) if said.get("helper") else None
        account = account_with(said["account"]) if said.get("account") else None
        if said.get("helper") and helper is None:
            self.add_error("helper", _("Nobody on the roster has this short word."))
        if said.get("account") and account is None:
            self.add_error("account", _("Nobody signs in with this name."))
        roles = {role for role in (Role.COORDINATOR, Role.CLINICAL_LEAD) if said.get(role.value)}
        if not (self.errors or helper or account or roles):
            raise forms.ValidationError(_("Say whom you invite: a helper, or a role for somebody new."))
        self.guest = Guest(helper=helper.pk if helper else None, account=account, roles=frozenset(roles))
        return said
