"""`stepitup invite …`: a link that makes an account, once. The first coordinator comes this way, and the operator."""

import argparse

import segno

from stepitup.desk.errors import NobodyIsMeant
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.roster.models import Agency
from stepitup.roster.sign_in import actions, questions
from stepitup.roster.sign_in.facts import Guest, Role


def do(options: argparse.Namespace) -> int:
    """Print the link, and the same as squares for a phone's camera."""
    secret = deed(actions.invite, _guest(options), by=log_book.OPERATOR)
    link = f"{team().public_url.rstrip('/')}/team/invitation/{secret}"
    until = (clock.now() + actions.INVITATIONS_LAST).astimezone(team().zone)
    print(f"\n  {link}\n")
    segno.make(link, error="m").terminal(compact=True, border=2)
    print(f"\nIt works once, until {until:%A %d %B, %H:%M %Z}. It is kept nowhere: hand it over now, to nobody else.")
    return 0


def _guest(options: argparse.Namespace) -> Guest:
    """Raises NobodyIsMeant, in words."""
    roles = {role for role in actions.FLAGS if getattr(options, role.value)}
    helper = questions.helper_with(options.helper) if options.helper else None
    account = questions.account_with(options.account) if options.account else None
    if options.helper and helper is None:
        raise NobodyIsMeant(f"Nobody on the roster has the key {options.helper}.")
    if options.account and account is None:
        raise NobodyIsMeant(f"Nobody signs in as {options.account}.")
    if not (helper or account or roles):
        raise NobodyIsMeant("Say whom: --coordinator, --clinical-lead, --operator, --helper KEY or --account NAME.")
    return Guest(
        helper=helper.pk if helper else None,
        account=account,
        roles=frozenset(roles),
        agency=_agency(options.agency) if Role.COORDINATOR in roles else None,
    )


def _agency(key: str | None) -> int | None:
    if not key:
        return None
    found = Agency.objects.filter(key=key).first()
    if found is None:
        raise NobodyIsMeant(f"No agency on the roster has the key {key}.")
    return found.pk
