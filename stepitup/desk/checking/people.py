"""The helpers: can each be reached, does each certificate hold, is somebody there at each moment of the coming week?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from stepitup.calls.plan import SITTING
from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.checking.ways import about_the_ways
from stepitup.desk.checking.words import some_of
from stepitup.ground.errors import SealBroken, SiteKeyMissing
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.roster import questions as roster
from stepitup.roster.credentials.record import counts_until
from stepitup.roster.duty.coming import fit_ahead
from stepitup.roster.duty.spans import Span, together, without
from stepitup.roster.file.rows import HelperRow

_AN_HOUR = timedelta(hours=1)
_A_WEEK = timedelta(days=7)
_SOON = timedelta(days=30)
_GAPS_AT_MOST = 8


def about_the_people(now: datetime) -> Iterator[Finding]:
    """The roster as a caller of this week would find it."""
    try:
        helpers = roster.roster_rows().helpers
    except SealBroken:
        yield missing(
            "The site key is not the one under which this roster was sealed: no address can be read.",
            "Put the right site key in its place, or import the roster file again.",
        )
        return
    except SiteKeyMissing:
        return  # told already
    if not helpers:
        yield missing("Nobody is on the roster.", "stepitup roster import FILE (docs/roster-file.md)")
        return
    week = _coming_week(now)
    yield from _who_cannot_be_reached(helpers)
    yield from about_the_ways({row.key for row in helpers if not row.suspended})
    yield from _who_is_never_fit(now, week)
    yield from _what_lapses(now, helpers)
    if carriers.in_use():
        yield from _when_nobody_is_there(week)


def _coming_week(now: datetime) -> Span:
    start = now.replace(minute=0, second=0, microsecond=0) + _AN_HOUR
    return Span(start, start + _A_WEEK)


def _who_cannot_be_reached(helpers: tuple[HelperRow, ...]) -> Iterator[Finding]:
    ours = tuple(carriers.in_use())
    reachable = roster.reachable_by(ours)
    ids = roster.ids_of({row.key for row in helpers if not row.suspended})
    lost = sorted(key for key, helper in ids.items() if helper not in reachable)
    if lost and ours:
        yield missing(
            f"Nobody can reach {some_of(lost)}: no way of theirs that works goes by {' or '.join(ours)}.",
            "Write a way into the roster file, or ask them.",
        )


def _who_is_never_fit(now: datetime, week: Span) -> Iterator[Finding]:
    """Whoever is only off duty now is fit at another hour; these are not, all week."""
    sometimes = {helper for helper, spans in fit_ahead(week).items() if spans}
    reasons = roster.who_is_not_fit(now)
    ids = roster.ids_of(reasons)
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for key, why in reasons.items():
        if ids[key] not in sometimes:
            by_reason[why].append(key)
    for why, keys in by_reason.items():
        yield think(f"Not paged all week: {some_of(keys)}. {why}", "Mend it in the roster file, or leave it so.")


def _what_lapses(now: datetime, helpers: tuple[HelperRow, ...]) -> Iterator[Finding]:
    today = now.astimezone(team().zone).date()
    soon = [
        f"{row.key} ({ends})"
        for row in helpers
        if (ends := counts_until(row.credentials, today)) and ends < today + _SOON
    ]
    if soon:
        yield think(f"Certificates that lapse within 30 days: {some_of(soon)}.", "Have them renewed in time.")


def _when_nobody_is_there(week: Span) -> Iterator[Finding]:
    ahead = fit_ahead(week, kinds=SITTING, by=tuple(carriers.in_use()))
    gaps, zone = without((week,), together(span for spans in ahead.values() for span in spans)), team().zone
    for gap in gaps[:_GAPS_AT_MOST]:
        from_, until = (moment.astimezone(zone).strftime("%A %d %B, %H:%M") for moment in (gap.start, gap.end))
        yield missing(
            f"Nobody who can talk is fit from {from_} to {until} ({team().time_zone}).",
            "Give somebody these duty hours, or see whose certificate ends.",
        )
    if len(gaps) > _GAPS_AT_MOST:
        yield missing(f"There are {len(gaps) - _GAPS_AT_MOST} more such gaps this week.", "Look at the duty hours.")
