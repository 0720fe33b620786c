"""Ways that nobody confirms: a notice in a browser, or another app. Good beside another way, and never alone."""

from collections.abc import Iterator

from stepitup.desk.checking.finding import Finding, missing
from stepitup.desk.checking.words import some_of
from stepitup.paging import carriers
from stepitup.paging.facts import COURTESIES
from stepitup.roster import questions as roster


def about_the_ways(keys: set[str]) -> Iterator[Finding]:
    """Whoever of these has nothing but such ways."""
    firm = roster.reachable_by([name for name in carriers.in_use() if name not in COURTESIES])
    only_courtesies = roster.reachable_by([name for name in carriers.in_use() if name in COURTESIES]) - firm
    lost = sorted(key for key, helper in roster.ids_of(keys).items() if helper in only_courtesies)
    if lost:
        yield missing(
            f"Only a notice in a browser or another app reaches {some_of(lost)}: it can be muted, and nobody tells us.",
            "Ask them for a number or a mail address as well.",
        )
