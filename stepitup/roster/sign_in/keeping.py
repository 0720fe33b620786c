"""What coordinators do with accounts: roles, closing, opening again, signing out. Each is one deed with its line."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster.sign_in.actions import FLAGS, sign_out_everywhere
from stepitup.roster.sign_in.errors import NobodyLeft, NoSuchAccount, RolesChanged
from stepitup.roster.sign_in.facts import Role
from stepitup.roster.sign_in.models import Account, Invitation
from stepitup.roster.sign_in.questions import seen_account

CLOSED_ARE_KEPT: Final = timedelta(days=30)
# The operator comes by the command line alone, and helping follows from the roster.
GIVEN_ON_A_SCREEN: Final = (Role.COORDINATOR, Role.CLINICAL_LEAD)
HAS_A_ROLE: Final = Q(is_coordinator=True) | Q(is_clinical_lead=True) | Q(is_operator=True)


def change_roles(
    now: datetime, account: int, roles: Collection[Role], *, bound_to: int | None, seen: str, by: str
) -> bool:
    """Let this account do this and no more, from now on; False where it was so already.

    Raises NoSuchAccount, NobodyLeft, RolesChanged (`seen` is the mark of what stood there when the form was opened).
    """
    row = _held(account)
    before = seen_account(row)
    if before.mark != seen:
        raise RolesChanged
    for role in GIVEN_ON_A_SCREEN:
        setattr(row, FLAGS[role], role in roles)
    row.agency_id = bound_to if row.is_coordinator else None
    if seen_account(row).mark == seen:
        return False
    if not (row.is_coordinator and row.agency_id is None):
        _somebody_else_coordinates(row)
    row.save()
    log_book.note(now, who=by, what=What.CHANGED_ROLES, about=log_book.account(account))
    return True


def close(now: datetime, account: int, *, by: str) -> None:
    """Nobody signs in with it any more, and whoever is signed in is out at once. It is deleted 30 days later.

    Pages are another matter: those follow the roster. Raises NoSuchAccount, NobodyLeft.
    """
    row = _held(account)
    if not row.is_active:
        return
    _somebody_else_coordinates(row)
    row.is_active, row.closed_at = False, now
    row.save()
    Invitation.objects.filter(Q(account=row) | Q(helper=row.helper_id, helper__isnull=False)).delete()
    sign_out_everywhere(now, account)
    log_book.note(now, who=by, what=What.CLOSED_ACCOUNT, about=log_book.account(account))


def open_again(now: datetime, account: int, *, by: str) -> None:
    """They may sign in again, with the ways they had. Raises NoSuchAccount."""
    row = _held(account)
    if row.is_active:
        return
    row.is_active, row.closed_at = True, None
    row.save()
    log_book.note(now, who=by, what=What.OPENED_ACCOUNT, about=log_book.account(account))


def sign_out(now: datetime, account: int, *, by: str) -> None:
    """Out in each browser, at once: a phone was left somewhere. Raises NoSuchAccount."""
    _held(account)
    sign_out_everywhere(now, account)
    log_book.note(now, who=by, what=What.SIGNED_OUT_EVERYWHERE, about=log_book.account(account))


def forget_closed(now: datetime) -> int:
    """Delete the accounts that were closed 30 days ago; return how many."""
    _rows, by_table = Account.objects.filter(is_active=False, closed_at__lte=now - CLOSED_ARE_KEPT).delete()
    return by_table.get("roster.Account", 0)


def leave_to_other_roles(helpers: Collection[int]) -> None:
    """Helpers go, and whoever coordinates, leads or operates besides keeps their sign-in. Their devices go: those
    opened what callers leave, and they sit with nobody any more.
    """
    stay = Account.objects.filter(HAS_A_ROLE, helper__in=helpers)
    for row in stay:
        row.devices.all().delete()
    stay.update(helper=None)


def _held(account: int) -> Account:
    """The row, ours until commit."""
    row = Account.objects.select_for_update().filter(pk=account).first()
    if row is None:
        raise NoSuchAccount
    return row


def _somebody_else_coordinates(row: Account) -> None:
    """Two who close each other in the same instant: the rows are held, so that the second sees the first. Raises."""
    keepers = Account.objects.filter(is_coordinator=True, is_active=True, agency=None).order_by("pk")
    held = list(keepers.select_for_update().values_list("pk", flat=True))
    if row.pk in held and len(held) == 1:
        raise NobodyLeft
