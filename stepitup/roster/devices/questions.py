"""What can be asked about devices. Reads only."""

from dataclasses import dataclass

from stepitup.ground.root_key import fingerprint_of, is_signed
from stepitup.roster.devices.models import Device
from stepitup.roster.devices.proof import holds, words_of_seat
from stepitup.roster.models import Helper
from stepitup.roster.sign_in.facts import Me


@dataclass(frozen=True)
class DeviceSeen:
    """A device, as its owner and coordinators see it."""

    id: int
    whose: str
    name: str
    key: str
    fingerprint: str
    is_signed: bool
    in_doubt: bool = False


def devices_of(account: int, *, root: str) -> list[DeviceSeen]:
    """The devices of one account."""
    return [_seen(one, root) for one in Device.objects.filter(account=account).select_related("account")]


def devices_looked_after(me: Me, *, root: str) -> list[DeviceSeen]:
    """The devices of everybody whom this coordinator looks after."""
    found = Device.objects.select_related("account__helper")
    return [
        _seen(one, root)
        for one in found
        if me.looks_after(one.account.helper.agency_id if one.account.helper else None)
    ]


def opens_seat(helper: int, *, root: str, key: str, seat_mark: str, proof: str) -> int | None:
    """The device that just proved to be one of this helper's own, signed by the root key; None otherwise."""
    theirs = Device.objects.filter(key=key, account__helper=helper, account__is_active=True)
    for one in theirs.select_related("account"):
        if _opens(one, root) and holds(key=key, words=words_of_seat(seat_mark), proof=proof):
            return one.pk
    return None


def is_still_enrolled(device: int, *, helper: int, root: str) -> bool:
    """Whether this device is this helper's and signed, now: one that was taken off is off at once."""
    found = Device.objects.filter(pk=device, account__helper=helper, account__is_active=True).select_related("account")
    return any(_opens(one, root) for one in found)


def helpers_without_device(*, root: str) -> list[str]:
    """The keys of helpers who have no signed device: they reach a caller by the bridged way only."""
    devices = Device.objects.filter(account__is_active=True).exclude(account__helper=None).select_related("account")
    signed = {one.account.helper_id or 0 for one in devices if _opens(one, root)}
    return sorted(Helper.objects.filter(removed_at=None).exclude(pk__in=signed).values_list("key", flat=True))


def has_any_in_doubt(account: int) -> bool:
    """Whether somebody has yet to say of a device that they still have it."""
    return Device.objects.filter(account=account, in_doubt=True).exists()


def _opens(one: Device, root: str) -> bool:
    return not one.in_doubt and _is_signed(one, root)


def _is_signed(one: Device, root: str) -> bool:
    return bool(one.signature) and is_signed(root=root, name=one.account.name, key=one.key, signature=one.signature)


def _seen(one: Device, root: str) -> DeviceSeen:
    signed, mark = _is_signed(one, root), fingerprint_of(one.key)
    return DeviceSeen(one.pk, one.account.name, one.name, one.key, mark, signed, in_doubt=one.in_doubt)
