"""The house's own helper: nobody, with whom the house rehearses a call. On no list, in no count, asked by no caller.

`Helper.objects` does not know of it, and so neither does anything that asks the roster; only what is here does.
"""

from collections.abc import Collection
from datetime import datetime

from stepitup.ground.seal import seal
from stepitup.roster.models import Helper, Way
from stepitup.roster.reading import ADDRESS

# No roster file can write this key: it begins with a dot.
_KEY = ".the-house"
CARRIER, ADDRESS_OF_THE_HOUSE = "house", "house"


def own_helper(now: datetime) -> int:
    """The number of the house's own helper; written when it is first asked for."""
    own, is_new = Helper.with_the_house.get_or_create(
        key=_KEY, defaults={"display_name": "the house", "of_the_house": True, "is_peer": True, "independent": True}
    )
    if is_new:
        Way.objects.create(
            helper=own,
            position=0,
            carrier=CARRIER,
            address_sealed=seal(ADDRESS, ADDRESS_OF_THE_HOUSE),
            confirmed_on=now.date(),
        )
    return own.pk


def are_of_the_house(helpers: Collection[int]) -> set[int]:
    """Those of these who are the house's own."""
    own = Helper.with_the_house.filter(of_the_house=True, pk__in=helpers)
    return set(own.values_list("pk", flat=True))
