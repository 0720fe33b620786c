"""Ways that are good beside another, and never alone.

A notice in a browser or another app, which nobody confirms; and a ring, which brings no link to a seat.
"""

from collections.abc import Iterator

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.checking.words import some_of
from stepitup.paging import carriers
from stepitup.paging.facts import COURTESIES
from stepitup.roster import questions as roster


def about_the_ways(keys: set[str]) -> Iterator[Finding]:
    """Whoever of these has nothing but such ways."""
    yield from _who_is_only_notified(keys)
    yield from _who_is_only_rung(keys)


def _who_is_only_notified(keys: set[str]) -> Iterator[Finding]:
    firm = roster.reachable_by([name for name in carriers.in_use() if name not in COURTESIES])
    only_courtesies = roster.reachable_by(tuple(carriers.in_use())) - firm
    lost = sorted(key for key, helper in roster.ids_of(keys).items() if helper in only_courtesies)
    if lost:
        yield missing(
            f"Only a notice in a browser or another app reaches {some_of(lost)}: it can be muted, and nobody tells us.",
            "Ask them for a number or a mail address as well.",
        )


def _who_is_only_rung(keys: set[str]) -> Iterator[Finding]:
    by_link = roster.reachable_by([name for name in carriers.in_use() if name != "voice"])
    only_rings = roster.reachable_by(["voice"] if "voice" in carriers.in_use() else []) - by_link
    rung = sorted(key for key, helper in roster.ids_of(keys).items() if helper in only_rings)
    if rung:
        yield think(
            f"Can be rung, and have no way to open a seat: {some_of(rung)}. They take a call by key only where the "
            "caller left a number, and have nothing at hand on a screen then.",
            "Ask them for a number for texts, or a mail address, as well.",
        )
