"""A helper's browsers that get notices: each is a way like any other, counted once a test page on it was answered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from stepitup.ground.seal import seal
from stepitup.ground.subscription import Subscription, read_subscription
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.models import Helper, Way
from stepitup.roster.reading import ADDRESS, USABLE_WAYS, opened

# A phone, a tablet, a computer, and one that was forgotten. The oldest makes room.
MOST = 4
_COURTESIES = ("push", "app")


@dataclass(frozen=True, slots=True)
class OwnBrowser:
    """One of them. What kind of browser it is, nobody told us."""

    id: int
    confirmed_on: date | None


def own_browsers(helper_id: int) -> list[OwnBrowser]:
    """The helper's browsers, the oldest first."""
    return [OwnBrowser(row.pk, row.confirmed_on) for row in _browsers(helper_id)]


def has_nothing_else(helper_id: int) -> bool:
    """Whether no way that works reaches this helper, notices in browsers and other apps left aside."""
    return not Way.objects.filter(USABLE_WAYS, helper=helper_id).exclude(carrier__in=_COURTESIES).exists()


def has_only_courtesies(helper_id: int) -> bool:
    """Whether a notice or another app reaches this helper, and nothing else does."""
    courtesies = Way.objects.filter(USABLE_WAYS, helper=helper_id, carrier__in=_COURTESIES)
    return courtesies.exists() and has_nothing_else(helper_id)


def has_only_rings(helper_id: int) -> bool:
    """Whether this helper's phone can be rung, and nothing brings them a link."""
    ways = set(Way.objects.filter(USABLE_WAYS, helper=helper_id).values_list("carrier", flat=True))
    return ways == {"voice"}


def add_browser(now: datetime, helper_id: int, subscription: Subscription) -> int:
    """This browser gets notices from now on, once it was tried. Turned on twice it is one way. Raises NoSuchHelper."""
    if not Helper.objects.select_for_update().filter(pk=helper_id, removed_at__isnull=True).exists():
        raise NoSuchHelper(helper_id)
    before = _browsers(helper_id)
    same = next((row for row in before if _endpoint(row) == subscription.endpoint), None)
    if same is not None:
        Way.objects.filter(pk=same.pk).update(address_sealed=seal(ADDRESS, subscription.written()))
        return same.pk
    too_many = before[: max(len(before) - MOST + 1, 0)]
    Way.objects.filter(pk__in=[row.pk for row in too_many]).delete()
    last = Way.objects.filter(helper=helper_id).aggregate(last=Max("position"))["last"]
    sealed = seal(ADDRESS, subscription.written())
    way = Way(helper_id=helper_id, position=0 if last is None else last + 1, carrier="push", address_sealed=sealed)
    way.save()
    return way.pk


def take_off_browser(now: datetime, helper_id: int, way_id: int) -> None:
    """No notice goes to it from now on. Raises NoSuchWay where it is not this helper's."""
    gone, _by_table = Way.objects.filter(helper=helper_id, carrier="push", pk=way_id).delete()
    if not gone:
        raise NoSuchWay(way_id)


def _browsers(helper_id: int) -> list[Way]:
    return list(Way.objects.filter(helper=helper_id, carrier="push").order_by("pk"))


def _endpoint(row: Way) -> str:
    return read_subscription(opened(ADDRESS, row.address_sealed)).endpoint
