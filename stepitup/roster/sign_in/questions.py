"""What can be asked about whoever signs in. Reads only."""

from collections.abc import Collection
from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from stepitup.ground.keys import fingerprint
from stepitup.roster.models import Helper
from stepitup.roster.sign_in.actions import FLAGS
from stepitup.roster.sign_in.facts import AccountSeen, Guest, InvitationSeen, Me, Role
from stepitup.roster.sign_in.models import Account, Invitation


def who_is(account: Account) -> Me:
    """The roles of this account as they are now: whoever was taken off the roster is a helper no more."""
    roles = {role for role, flag in FLAGS.items() if getattr(account, flag)}
    helps = (
        account.helper_id is not None and Helper.objects.filter(pk=account.helper_id, removed_at__isnull=True).exists()
    )
    if helps:
        roles.add(Role.HELPER)
    return Me(account.pk, account.name, account.helper_id if helps else None, frozenset(roles), account.agency_id)


def invitation(now: datetime, secret: str) -> InvitationSeen | None:
    """The invitation behind a link, if it still opens something."""
    found = Invitation.objects.filter(mark=fingerprint(secret), ends_at__gt=now).select_related("helper", "account")
    return next((_seen(one) for one in found), None)


def open_invitations(now: datetime, *, me: Me) -> list[InvitationSeen]:
    """The invitations that still open something, as far as this coordinator looks after whom they are for."""
    found = Invitation.objects.filter(ends_at__gt=now).select_related("helper", "account").order_by("ends_at", "pk")
    return [_seen(one) for one in found if me.agency is None or (one.helper and one.helper.agency_id == me.agency)]


def agency_of(guest: Guest) -> int | None:
    """Where the helper works who is to be invited."""
    return Helper.objects.filter(pk=guest.helper).values_list("agency_id", flat=True).first() if guest.helper else None


def roles_held(guest: Guest) -> frozenset[Role]:
    """What whoever is to be invited may do already, besides helping."""
    if guest.account is None and guest.helper is None:
        return frozenset()
    found = Account.objects.filter(pk=guest.account) if guest.account else Account.objects.filter(helper=guest.helper)
    return frozenset(role for one in found for role, flag in FLAGS.items() if getattr(one, flag))


def helper_with(key: str) -> Helper | None:
    """Somebody on the roster by the coordinator's short word for them."""
    return Helper.objects.filter(key=key.strip(), removed_at__isnull=True).first()


def account_with(name: str) -> int | None:
    """Somebody who signs in by this name."""
    return Account.objects.filter(name=name.strip().lower()).values_list("pk", flat=True).first()


def accounts(*, me: Me, named: str = "") -> QuerySet[Account]:
    """The accounts that this coordinator looks after, those with a role first; a word narrows it."""
    found = Account.objects.select_related("helper", "agency")
    if me.agency is not None:
        found = found.filter(helper__agency=me.agency, **dict.fromkeys(FLAGS.values(), False))
    if named:
        found = found.filter(Q(name__icontains=named) | Q(helper__display_name__icontains=named))
    return found.order_by("-is_coordinator", "-is_clinical_lead", "-is_operator", "name")


def account(pk: int) -> AccountSeen | None:
    """One account."""
    found = Account.objects.filter(pk=pk).select_related("helper", "agency").first()
    return seen_account(found) if found else None


def seen_account(one: Account, *, has_a_way: bool | None = None) -> AccountSeen:
    """An account as its coordinator sees it."""
    ways = apps.get_model("mfa", "Authenticator").objects.filter(user=one.pk)
    return AccountSeen(
        id=one.pk,
        name=one.name,
        helper=one.helper_id,
        helper_key=one.helper.key if one.helper else "",
        helper_name=one.helper.display_name if one.helper else "",
        helper_agency=one.helper.agency_id if one.helper else None,
        roles=frozenset(role for role, flag in FLAGS.items() if getattr(one, flag)),
        bound_to=one.agency_id,
        bound_to_name=one.agency.name if one.agency else "",
        is_open=one.is_active,
        has_a_way=ways.exists() if has_a_way is None else has_a_way,
        closed_at=one.closed_at,
    )


def seen_accounts(rows: Collection[Account]) -> list[AccountSeen]:
    """Several, with one question about their ways to sign in."""
    ways = apps.get_model("mfa", "Authenticator").objects.filter(user__in=[one.pk for one in rows])
    whose = set(ways.values_list("user", flat=True))
    return [seen_account(one, has_a_way=one.pk in whose) for one in rows]


def _seen(one: Invitation) -> InvitationSeen:
    return InvitationSeen(
        id=one.pk,
        helper=one.helper.display_name if one.helper else "",
        account=one.account.name if one.account else "",
        roles=tuple(role for role, flag in FLAGS.items() if getattr(one, flag)),
        ends_at=one.ends_at,
    )
