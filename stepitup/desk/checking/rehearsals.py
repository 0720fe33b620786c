"""The rehearsed call: does the house try itself, did it go well lately, and who hears of it when it does not?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from stepitup.desk.checking.finding import Finding, missing, think, well
from stepitup.desk.checking.this_machine import is_this_machine
from stepitup.drills.rehearsal import how_it_went, ways_of
from stepitup.ground import heart
from stepitup.ground.team import RehearsalSettings, Team
from stepitup.paging import carriers

_HOW = "(docs/drills.md)."
_A_MINUTE = timedelta(minutes=1)


def about_rehearsals(ours: Team, *, now: datetime) -> Iterator[Finding]:
    """What is set, how it went, who is told."""
    if ours.demo:
        return
    if ours.rehearsal is None:
        yield think(
            "The house does not rehearse: that no page goes out is found by the next caller.",
            f"Write [rehearsal] into team.toml {_HOW}",
        )
        return
    yield from _how_it_went(ours.rehearsal, now=now)
    yield from _who_is_told(ours)
    yield from _who_listens_outside(ours.rehearsal)


def _how_it_went(wanted: RehearsalSettings, *, now: datetime) -> Iterator[Finding]:
    """A house that stands still rehearses nothing, and that is told already."""
    if not heart.is_beating(now):
        return
    every = timedelta(minutes=wanted.every_minutes)
    went = how_it_went()
    if went is None or went.went_well_at is None:
        yield think("No rehearsal has gone well yet.", "Wait a minute, and check again.")
    elif went.is_in_trouble:
        yield missing(
            f"{went.failures} rehearsals in a row came to nothing; one last went well at {went.went_well_at:%H:%M} UTC "
            f"on {went.went_well_at:%Y-%m-%d}.",
            "Read the log of the house: a call of tonight may end the same way.",
        )
    elif now - went.went_well_at > 2 * every + _A_MINUTE:
        yield missing(
            f"No rehearsal has gone well for {_minutes(now - went.went_well_at)} minutes.", "Read the log of the house."
        )
    else:
        yield well(
            f"A call is rehearsed every {wanted.every_minutes} minutes; "
            f"it went well {_minutes(now - went.went_well_at)} minutes ago."
        )


def _who_is_told(ours: Team) -> Iterator[Finding]:
    ways = ways_of(ours.operator)
    if not ways:
        yield think("Nobody is told when a rehearsal comes to nothing.", f"Write [operator] into team.toml {_HOW}")
    silent = [carrier for carrier, _address in ways if carrier not in carriers.in_use()]
    if silent:
        words = ", ".join(f"by_{carrier}" for carrier in silent)
        yield missing(
            f"[operator] has {words}, and this house does not send that way: you would hear nothing.",
            "Set that carrier up, or write another way.",
        )
    if len(ways) - len(silent) == 1:
        yield think(
            "The operator is told by one way alone, and it may be the one that is broken.",
            "Write a second one under [operator]: by_mail, by_text or by_voice.",
        )


def _who_listens_outside(wanted: RehearsalSettings) -> Iterator[Finding]:
    """The address is a secret: only what is wrong with it is said."""
    address = urlsplit(wanted.heartbeat_url)
    if not wanted.heartbeat_url:
        yield think(
            "Nobody outside notices when this whole machine is gone.", f"Write `heartbeat_url` under [rehearsal] {_HOW}"
        )
    elif is_this_machine(address.hostname or ""):
        yield think("heartbeat_url is on this very machine: gone together, nobody hears of it.", "Choose one outside.")
    elif address.scheme != "https":
        yield think("heartbeat_url goes without TLS: whoever reads it can say that all is well.", "Write https://.")


def _minutes(time: timedelta) -> int:
    return time // _A_MINUTE
