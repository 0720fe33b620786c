"""`stepitup drill show`: who was reached by the newest drill, and who was not; never how quickly anybody pressed."""

import argparse
from collections.abc import Iterator

from stepitup.drills.facts import DrillSeen, NotReachedWhy
from stepitup.drills.questions import newest_drill
from stepitup.ground.team import team
from stepitup.roster import questions as roster

WHY = {
    NotReachedWhy.NO_WAY: "no way is left by which this house sends",
    NotReachedWhy.NOT_TAKEN: "the carrier did not take it; look at the address or number",
    NotReachedWhy.ON_ITS_WAY: "the test is on its way",
    NotReachedWhy.SILENT: "the test went out; no answer so far",
}


def do(_options: argparse.Namespace) -> int:
    """Say it, with the keys of the roster file."""
    drill = newest_drill()
    for line in _lines(drill) if drill else ["There was no drill in the last 35 days: stepitup drill begin."]:
        print(line)
    return 0


def _lines(drill: DrillSeen) -> Iterator[str]:
    begun = drill.begun_at.astimezone(team().zone)
    yield f"Drill of {begun:%Y-%m-%d %H:%M}, begun {'by hand' if drill.by_hand else 'by the timetable'}."
    yield f"  Reached: {drill.reached} of {drill.asked}. Let sleep or not disturbed: {drill.left_out}."
    keys = roster.keys_of([one.helper for one in drill.not_reached])
    for one in drill.not_reached:
        yield f"  Not reached: {keys.get(one.helper, 'somebody who has left')}: {WHY[one.why]}."
