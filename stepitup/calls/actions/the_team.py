"""What a change of the whole roster means for the calls of this night."""

from datetime import datetime

from stepitup.calls.actions.by_time import release
from stepitup.calls.timing import feed_the_hungry
from stepitup.ground import bell
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.file.parts import Part, how_many
from stepitup.roster.file.rows import Report
from stepitup.roster.noting import note_import


def bring_roster_part(now: datetime, part: Part, *, who: str) -> Report:
    """Bring some or all of a roster file in, as a deed of its own, and let it act on this night.

    1. Who was suspended or taken off holds no page and no seat any more: their callers go to somebody else.
    2. Who is new, or may be paged again, is found by searches that lack people.
    3. The log book has a line for the file, and one for each whom it suspended, took off or brought back.
    """
    stopped_before = questions.who_is_suspended_or_gone()
    report = roster.bring_in(now, part.rows, remove_missing=True, among=part.among)
    if how_many(report):
        note_import(now, report, stopped_before=stopped_before, who=who)
    suspended = {row.key for row in part.rows.helpers if row.suspended}
    for helper in sorted(questions.ids_of({*report.removed, *suspended}).values()):
        release(now, helper)
    if report.added or report.changed:
        feed_the_hungry(now)
        bell.ring("timers", "roster")
    return report
