"""What can be done with devices. Each is one deed: `now` first, all or nothing."""

from collections.abc import Mapping
from datetime import datetime

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.ground.root_key import is_signed
from stepitup.roster.devices.models import Device
from stepitup.roster.devices.proof import holds, words_of_enrolling
from stepitup.roster.sign_in.errors import NotThatDevice
from stepitup.roster.sign_in.models import Account

MOST_DEVICES = 10


def enrol(now: datetime, account: int, *, name: str, key: str, proof: str) -> None:
    """A helper's device hands in its public key. It opens nothing until the root key's holder has signed it.

    Raises NotThatDevice: it does not hold the private half, it is enrolled already, or there are ten already.
    """
    owner = Account.objects.get(pk=account)
    if not holds(key=key, words=words_of_enrolling(owner.name), proof=proof):
        raise NotThatDevice
    if Device.objects.filter(key=key).exists() or Device.objects.filter(account=owner).count() >= MOST_DEVICES:
        raise NotThatDevice
    Device.objects.create(account=owner, name=name.strip()[:40] or "device", key=key)


def bring_signatures(now: datetime, signatures: Mapping[str, str], *, root: str, by: str) -> tuple[int, int]:
    """Bring in what the root key's holder signed, by key. Return how many fit, and how many did not."""
    waiting = Device.objects.filter(key__in=signatures, signature="").select_related("account")
    fit = [
        one
        for one in waiting
        if is_signed(root=root, name=one.account.name, key=one.key, signature=signatures[one.key])
    ]
    for one in fit:
        one.signature = signatures[one.key]
        one.save(update_fields=["signature"])
    if fit:
        log_book.note(now, who=by, what=What.SIGNED_DEVICES, about=log_book.ROSTER)
    return len(fit), len(signatures) - len(fit)


def remove_own(now: datetime, account: int, device: int) -> None:
    """A helper takes a device of theirs off, lost or not: it opens nothing any more, at once."""
    Device.objects.filter(account=account, pk=device).delete()


def doubt_all(now: datetime, account: int) -> None:
    """Their ways to sign in were lost, perhaps the phone too: each opens nothing until they say that they have it."""
    Device.objects.filter(account=account).update(in_doubt=True)


def still_have_it(now: datetime, account: int, device: int) -> None:
    """A helper says that a device of theirs is with them: it opens again what it opened before."""
    Device.objects.filter(account=account, pk=device).update(in_doubt=False)


def remove(now: datetime, device: int, *, by: str) -> None:
    """A coordinator takes somebody's device off, at once."""
    for one in Device.objects.filter(pk=device):
        log_book.note(now, who=by, what=What.REMOVED_DEVICE, about=log_book.account(one.account_id))
        one.delete()
