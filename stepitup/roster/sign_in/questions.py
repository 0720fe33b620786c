"""What can be asked about whoever signs in. Reads only."""

from datetime import datetime

from stepitup.ground.keys import fingerprint
from stepitup.roster.models import Helper
from stepitup.roster.sign_in.actions import FLAGS
from stepitup.roster.sign_in.facts import Guest, InvitationSeen, Me, Role
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


def _seen(one: Invitation) -> InvitationSeen:
    return InvitationSeen(
        id=one.pk,
        helper=one.helper.display_name if one.helper else "",
        account=one.account.name if one.account else "",
        roles=tuple(role for role, flag in FLAGS.items() if getattr(one, flag)),
        ends_at=one.ends_at,
    )
