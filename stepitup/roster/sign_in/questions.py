"""What can be asked about whoever signs in. Reads only."""

from stepitup.roster.models import Helper
from stepitup.roster.sign_in.facts import Me, Role
from stepitup.roster.sign_in.models import Account

_BY_FLAG = (
    ("is_coordinator", Role.COORDINATOR),
    ("is_clinical_lead", Role.CLINICAL_LEAD),
    ("is_operator", Role.OPERATOR),
)


def who_is(account: Account) -> Me:
    """The roles of this account as they are now: whoever was taken off the roster is a helper no more."""
    roles = {role for flag, role in _BY_FLAG if getattr(account, flag)}
    helps = (
        account.helper_id is not None and Helper.objects.filter(pk=account.helper_id, removed_at__isnull=True).exists()
    )
    if helps:
        roles.add(Role.HELPER)
    return Me(account.pk, account.name, account.helper_id if helps else None, frozenset(roles), account.agency_id)
