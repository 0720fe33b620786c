"""What can be done about signing in. Each is one deed: `now` first, all or nothing."""

import re
import unicodedata
from datetime import datetime, timedelta

from django.apps import apps

from stepitup.ground import log_book
from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.ground.log_book import What
from stepitup.roster.models import Helper
from stepitup.roster.sign_in.errors import InvitationOver, NameNotGood, NameTaken, NobodyToInvite
from stepitup.roster.sign_in.facts import Guest, Role
from stepitup.roster.sign_in.models import Account, Invitation, SignedIn, Tried

INVITATIONS_LAST = timedelta(days=7)
FLAGS = {
    Role.COORDINATOR: "is_coordinator",
    Role.CLINICAL_LEAD: "is_clinical_lead",
    Role.OPERATOR: "is_operator",
}
_A_NAME = re.compile(r"[\w.-]{2,40}")


def invite(now: datetime, guest: Guest, *, by: str) -> str:
    """Invite somebody, and return the secret of the link: it is kept nowhere.

    1. Whoever has an account already is invited to set up new ways to sign in (a lost passkey).
    2. An earlier invitation for the same person is over.
    3. The log book says who invited whom.
    """
    account = guest.account or _account_of(guest.helper)
    Invitation.objects.filter(helper=guest.helper, account=account).exclude(helper=None, account=None).delete()
    secret = secret_for("invitation", new_id())
    made = Invitation.objects.create(
        mark=fingerprint(secret),
        helper_id=guest.helper,
        account_id=account,
        agency_id=guest.agency,
        ends_at=now + INVITATIONS_LAST,
        **{flag: role in guest.roles for role, flag in FLAGS.items()},
    )
    log_book.note(now, who=by, what=What.INVITED, about=_about(made))
    return secret


def accept(now: datetime, secret: str, name: str = "") -> Account:
    """Use an invitation up: make the account, or clear an old one's ways to sign in. Raises InvitationOver.

    Two presses at once: the row is deleted once, and whoever deleted none was second.
    """
    found = Invitation.objects.filter(mark=fingerprint(secret), ends_at__gt=now).first()
    if found is None:
        raise InvitationOver
    account = found.account or _new_account(found, name)
    if not Invitation.objects.filter(pk=found.pk).delete()[0]:
        raise InvitationOver
    account.set_unusable_password()
    account.is_active, account.closed_at = True, None  # whoever may invite may open it again
    account.save()
    apps.get_model("mfa", "Authenticator").objects.filter(user=account.pk).delete()
    sign_out_everywhere(now, account.pk)
    account.devices.update(in_doubt=True)  # the phone may be lost too: each opens nothing until its owner has said so
    return account


def take_back(now: datetime, invitation: int, *, by: str) -> None:
    """The link opens nothing any more."""
    for made in Invitation.objects.filter(pk=invitation):
        log_book.note(now, who=by, what=What.TOOK_BACK_INVITATION, about=_about(made))
        made.delete()


def sign_out_everywhere(now: datetime, account: int) -> int:
    """Whoever is signed in with this account is signed out at once, in each browser; return in how many."""
    browsers, _by_table = SignedIn.objects.filter(account=account).delete()
    return browsers


def forget(now: datetime) -> int:
    """Delete what has had its day; return how many rows."""
    browsers, _by_table = SignedIn.objects.filter(ends_at__lte=now).delete()
    invitations, _by_table = Invitation.objects.filter(ends_at__lte=now).delete()
    tried, _by_table = Tried.objects.filter(ends_at__lte=now).delete()
    return browsers + invitations + tried


def _new_account(found: Invitation, name: str) -> Account:
    flags = {flag: getattr(found, flag) for flag in FLAGS.values()}
    return Account(name=_free(name), helper_id=found.helper_id, agency_id=found.agency_id, **flags)


def _account_of(helper: int | None) -> int | None:
    if helper is None:
        return None
    if not Helper.objects.filter(pk=helper, removed_at__isnull=True).exists():
        raise NobodyToInvite
    return Account.objects.filter(helper=helper).values_list("pk", flat=True).first()


def _free(name: str) -> str:
    """The name as it is kept. Raises NameNotGood, NameTaken."""
    kept = unicodedata.normalize("NFC", name).strip().lower()
    if not _A_NAME.fullmatch(kept):
        raise NameNotGood
    if Account.objects.filter(name=kept).exists():
        raise NameTaken
    return kept


def _about(made: Invitation) -> str:
    if made.helper_id is not None:
        return log_book.helper(made.helper_id)
    return log_book.account(made.account_id) if made.account_id else "roles"
