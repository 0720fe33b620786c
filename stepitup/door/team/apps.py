"""Django's and allauth's parts of sign-in, each kept from doing more than this house wants."""

from allauth.account.apps import AccountConfig
from allauth.mfa.apps import MFAConfig
from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig


class Kinds(ContentTypesConfig):
    """Django's list of tables; its accounts ask that it exists. We keep it empty."""

    def ready(self) -> None:
        """No rows are written into it."""


class Accounts(AuthConfig):
    """Django's accounts, without its permissions (ours are roles) and without the time of anybody's sign-in."""

    def ready(self) -> None:
        """No permission is written, no sign-in is dated."""


class SignIn(AccountConfig):
    """allauth. It would stand on every path of the house; ours is the `SignedInScreens`, under /team/ alone."""

    def ready(self) -> None:
        """No look for its middleware on all paths."""


class Ways(MFAConfig):
    """allauth's passkeys, code apps and recovery codes, without mail addresses and without the hour of their use."""

    def ready(self) -> None:
        """Nothing listens for a new mail address; when a way was last used is not written down."""
        self.get_model("Authenticator").record_usage = _unwritten


def _unwritten(_way: object) -> None:
    """When somebody signs in would tell of their nights."""
