"""A credential in words, for the helper and for the coordinator."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stepitup.roster.credentials.record import TRAINING, CredentialRow, counts


def how_it_stands(row: CredentialRow, today: date) -> str:
    """Does it count, until when, and if not, why not: one sentence, and what it means for pages."""
    if row.role == TRAINING:
        return _("Worth knowing. Pages do not depend on it.")
    if not row.checked_how:
        return _("Nobody has checked it yet, so no page goes because of it.")
    if not (row.granted and row.expires):
        return _("The day from or until which it holds is missing, so no page goes because of it.")
    if today < row.granted:
        return _("It holds from %(day)s on. No page goes because of it before.") % {"day": row.granted.isoformat()}
    if row.expires < today:
        return _("It ended after %(day)s, so no page goes because of it.") % {"day": row.expires.isoformat()}
    left = (row.expires - today).days
    until = ngettext(
        "It holds through %(day)s, %(left)d day more.", "It holds through %(day)s, %(left)d days more.", left
    )
    return until % {"day": row.expires.isoformat(), "left": left}


def what_to_do(row: CredentialRow, today: date) -> str:
    """What its helper can do, where it does not count; nothing where it does."""
    if row.role == TRAINING:
        return ""
    if row.checked_how and row.expires and row.expires < today:
        return _("Send the new one to your coordinator.")
    return "" if counts(row) else _("Ask your coordinator.")
