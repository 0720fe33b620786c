"""Somebody of the team, signed in, with a browser in hand."""

from django.test import Client

from stepitup.roster.models import Account, Agency, Helper
from stepitup.roster.sign_in.facts import Role

_FLAGS = {
    Role.COORDINATOR: "is_coordinator",
    Role.CLINICAL_LEAD: "is_clinical_lead",
    Role.OPERATOR: "is_operator",
}


def signed_in(
    client: Client, *, role: Role | None = None, helper: str = "", agency: str = "", name: str = ""
) -> Account:
    """Sign somebody in: with this role, as this helper of the roster, bound to this agency (by their keys)."""
    account = has_account(role=role, helper=helper, agency=agency, name=name)
    client.force_login(account)
    return account


def has_account(*, role: Role | None = None, helper: str = "", agency: str = "", name: str = "") -> Account:
    """An account that is there already is used again."""
    wanted = {
        "helper": Helper.objects.get(key=helper) if helper else None,
        "agency": Agency.objects.get(key=agency) if agency else None,
        **{flag: role is one for one, flag in _FLAGS.items()},
    }
    called = name or helper or str(role or "somebody")
    account, is_new = Account.objects.update_or_create(name=called, defaults=wanted)
    if is_new:
        account.set_unusable_password()  # as whoever comes by an invitation
        account.save()
    return account
