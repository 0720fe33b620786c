"""What the tables say that come with the sign-in library, which says nothing of them itself.

Most stay empty here: this house has no mail addresses of accounts, no groups and no permissions but roles.
"""

from collections.abc import Mapping
from typing import Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_A_NUMBER = _("A number without meaning.")
_UNUSED = _("It comes with the sign-in library. Nothing is written here, so nothing is read by anybody or deleted.")
_NEVER_FILLED = _("Never filled.")

ABOUT: Final[Mapping[str, Promise]] = {
    "mfa.authenticator": _(
        "A way to sign in: a passkey, a code app or recovery codes. Read by the door when its owner signs in; deleted "
        "when they take it off, and with the account."
    ),
}
COLUMNS: Final[Mapping[str, Mapping[str, Promise]]] = {
    "mfa.authenticator": {
        "id": _A_NUMBER,
        "user": _("Whose way it is."),
        "type": _("Whether it is a passkey, a code app or recovery codes."),
        "data": _("The public half of a passkey, or the sealed secret of a code app or of recovery codes."),
        "created_at": _("When it was set up."),
        "last_used_at": _("Never filled: it would tell when somebody is awake."),
    },
}
UNUSED: Final = frozenset({
    "account.emailaddress",
    "account.emailconfirmation",
    "auth.group",
    "auth.group_permissions",
    "auth.permission",
    "contenttypes.contenttype",
})  # fmt: skip


def about(model: type[Model]) -> Promise | None:
    """What this table is for, if it is one of these."""
    table = _name_of(model)
    return _UNUSED if table in UNUSED else ABOUT.get(table)


def column_of(model: type[Model], column: str) -> Promise | None:
    """What this column of theirs holds."""
    table = _name_of(model)
    return _NEVER_FILLED if table in UNUSED else COLUMNS.get(table, {}).get(column)


def _name_of(model: type[Model]) -> str:
    return model._meta.label_lower if hasattr(model, "_meta") else ""
