"""How a helper is reached, in their own order. A new way counts once a test page on it was answered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from stepitup.ground.seal import seal
from stepitup.roster.errors import NoSuchWay, WayRefused
from stepitup.roster.file.addresses import AddressUnclear, one_form, owner_of
from stepitup.roster.models import Agency, Way
from stepitup.roster.own_hands.words import row_of
from stepitup.roster.reading import ADDRESS, opened

MOST_WAYS = 8


@dataclass(frozen=True, slots=True)
class OwnWay:
    """One way as its helper sees it."""

    id: int
    carrier: str
    address: str
    employer_owned: bool
    confirmed_on: date | None
    works: bool


def own_ways(helper_id: int) -> list[OwnWay]:
    """All of them, in the helper's order, also those that were never tried or do not work."""
    return [
        OwnWay(
            row.pk,
            row.carrier,
            opened(ADDRESS, row.address_sealed),
            employer_owned=row.employer_owned,
            confirmed_on=row.confirmed_on,
            works=row.unreachable_since is None,
        )
        for row in Way.objects.filter(helper=helper_id).order_by("position")
    ]


def add_way(now: datetime, helper_id: int, carrier: str, address: str, *, employer_owned: bool) -> int:
    """A further way, at the end. It counts once it was tried. Raises WayRefused, in words; NoSuchHelper.

    A phone or mailbox of the employer is refused unless the helper declares it: whoever owns it sees that pages come.
    """
    helper, ways = row_of(helper_id), own_ways(helper_id)
    try:
        wanted = one_form(carrier, address.strip())
    except AddressUnclear as unclear:
        raise WayRefused(
            _("We cannot read this. Write a whole number, or an address such as sam@example.org.")
        ) from unclear
    if any((way.carrier, way.address) == (carrier, wanted) for way in ways):
        raise WayRefused(_("This way is on your list already."))
    if len(ways) >= MOST_WAYS:
        raise WayRefused(_("Your list is full. Take one off first."))
    words = Agency.objects.values_list("name", "address_words")
    if not employer_owned and (owner := owner_of(wanted, words)):
        raise WayRefused(
            _("This belongs to %(agency)s, which may see pages come. Use your own, or say below that you know.")
            % {"agency": owner}
        )
    last = Way.objects.filter(helper=helper).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    sealed = seal(ADDRESS, wanted)
    way = Way(helper=helper, position=position, carrier=carrier, address_sealed=sealed, employer_owned=employer_owned)
    way.save()
    return way.pk


def take_off_way(now: datetime, helper_id: int, way_id: int) -> None:
    """No page goes by it from now on. Raises NoSuchWay."""
    gone, _by_table = Way.objects.filter(helper=helper_id, pk=way_id).delete()
    if not gone:
        raise NoSuchWay(way_id)


def move_way_up(now: datetime, helper_id: int, way_id: int) -> None:
    """Try it one place earlier. The first stays the first. Raises NoSuchWay."""
    order = list(Way.objects.filter(helper=helper_id).order_by("position"))
    place = next((place for place, way in enumerate(order) if way.pk == way_id), None)
    if place is None:
        raise NoSuchWay(way_id)
    if place == 0:
        return
    before, mine = order[place - 1], order[place]
    spare = order[-1].position + 1  # two ways never stand in one place, not even for a moment
    Way.objects.filter(pk=mine.pk).update(position=spare)
    Way.objects.filter(pk=before.pk).update(position=mine.position)
    Way.objects.filter(pk=mine.pk).update(position=before.position)


def way_is_mine(helper_id: int, way_id: int) -> bool:
    """Does this way belong to this helper?"""
    return Way.objects.filter(helper=helper_id, pk=way_id).exists()
