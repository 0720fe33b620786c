"""Drills: does one come by itself, when was the last, and whom did it not reach?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stepitup.desk.checking.finding import Finding, missing, think, well
from stepitup.desk.checking.words import some_of
from stepitup.desk.drill_show import WHY
from stepitup.drills.facts import DrillSeen, NotReachedWhy
from stepitup.drills.questions import newest_drill
from stepitup.drills.timetable import next_drill
from stepitup.ground.team import DrillSettings, Team
from stepitup.roster import questions as roster

_SET = "Write [drills] into team.toml (docs/drills.md)."
_BY_HAND = "stepitup drill begin, at an hour that your helpers know of."
# A day more than the time between two: an hour's change of the clocks, or one that was moved by hand, is no finding.
_OLD_WEEKLY = timedelta(days=8)
_SOON_ANSWERED = timedelta(days=1)


def about_drills(ours: Team, *, now: datetime) -> Iterator[Finding]:
    """The timetable, then the newest drill. A demonstration has nobody to reach."""
    if ours.demo:
        return
    if ours.drills is None:
        yield think("No drill comes by itself: nobody finds out on a quiet day whose phone has changed.", _SET)
    else:
        yield well(f"Drills: {_timetable(ours.drills)}. {_coming(ours, now)}")
    drill = newest_drill()
    if drill is None:
        yield think("There was no drill in the last 35 days.", _BY_HAND)
        return
    if ours.drills and ours.drills.every == "week" and now - drill.begun_at > _OLD_WEEKLY:
        yield think(f"The last drill was {_on(ours, drill)}, and there is to be one each week.", "See that it runs.")
    yield from _what_it_found(ours, drill, now=now)


def _what_it_found(ours: Team, drill: DrillSeen, *, now: datetime) -> Iterator[Finding]:
    """Whoever was not reached, sorted by what is to be looked at. How quickly anybody pressed is told to nobody."""
    day = _on(ours, drill)
    if drill.asked and not drill.reached and now - drill.begun_at > _SOON_ANSWERED:
        yield missing(f"The drill of {day} reached nobody of {drill.asked}.", "See that pages leave this house.")
        return
    if not drill.not_reached:
        yield well(f"The drill of {day} reached {drill.reached} of {drill.asked}.")
    keys = roster.keys_of([one.helper for one in drill.not_reached])
    for why in NotReachedWhy:
        lost = sorted(keys[one.helper] for one in drill.not_reached if one.why is why and one.helper in keys)
        if lost:
            yield think(
                f"The drill of {day} reached {drill.reached} of {drill.asked}, not {some_of(lost)}: {WHY[why]}.",
                "Ring them, and let them try each way (docs/drills.md).",
            )


def _timetable(drills: DrillSettings) -> str:
    which = "every" if drills.every == "week" else "every first"
    of_the_month = "" if drills.every == "week" else " of a month"
    also = ", those off duty too" if drills.also_off_duty else ""
    return f"{which} {drills.day.title()}{of_the_month} at {drills.hour:02}:00{also}"


def _coming(ours: Team, now: datetime) -> str:
    coming = next_drill(now, ours.drills, ours.zone)
    return f"The next is on {coming.astimezone(ours.zone):%Y-%m-%d}." if coming else ""


def _on(ours: Team, drill: DrillSeen) -> str:
    return f"{drill.begun_at.astimezone(ours.zone):%Y-%m-%d %H:%M}"
