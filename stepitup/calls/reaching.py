"""The roster's ways of reaching a helper, as paging knows them."""

from stepitup.paging.facts import Reach
from stepitup.roster.facts import WayFacts


def reach_by(way: WayFacts) -> Reach:
    """The same way, with the language in which its helper is spoken to."""
    return Reach(way.id, way.carrier, way.address, way.language)
