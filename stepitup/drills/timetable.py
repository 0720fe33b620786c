"""Drills by timetable: weekly or monthly, at an hour of the team's own zone. The watch begins them."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from stepitup.drills.a_drill import begin
from stepitup.drills.errors import DrillUnderWay
from stepitup.ground import timers
from stepitup.ground.team import WEEKDAYS, DrillSettings, team

BY_TIMETABLE = "drill"
# There is one timetable, so its timer is about nothing in particular.
THE_TIMETABLE = UUID(int=0)
# A house that stood still at the hour does not make up for it in the middle of the night.
LATE_BY_AT_MOST = timedelta(hours=1)
_FIRST_OF_A_MONTH = 7
_LONGEST = 40


def next_drill(after: datetime, wanted: DrillSettings | None, zone: ZoneInfo) -> datetime | None:
    """When the next drill begins: the first such moment later than `after`. Pure.

    On the odd nights: an hour that the clocks leave out begins when they have jumped; one that comes twice begins once,
    the first time.
    """
    if wanted is None:
        return None
    today = after.astimezone(zone).date()
    for day in (today + timedelta(days=ahead) for ahead in range(_LONGEST)):
        is_first = day.day <= _FIRST_OF_A_MONTH or wanted.every == "week"
        if is_first and WEEKDAYS[day.weekday()] == wanted.day:
            # By way of UTC: two moments in one zone are compared by their hands alone, whatever the clocks did.
            moment = datetime.combine(day, time(wanted.hour), zone).astimezone(after.tzinfo)
            if moment > after:
                return moment
    raise AssertionError("unreachable: every month has each day of the week in its first seven")


def keep_time(now: datetime) -> None:
    """Arm the next drill, or none where the team wants none; what is due already is left to the watch."""
    wanted = next_drill(now, team().drills, team().zone)
    armed = timers.armed_for(BY_TIMETABLE, THE_TIMETABLE)
    if armed == wanted or (armed is not None and armed <= now):
        return
    if wanted is None:
        timers.disarm(BY_TIMETABLE, [THE_TIMETABLE])
    else:
        timers.arm(BY_TIMETABLE, THE_TIMETABLE, wanted)


def begin_by_timetable(now: datetime, _the_timetable: UUID) -> None:
    """The hour has come: begin, unless one is under way or the hour is long past; then arm the next."""
    ours, zone = team().drills, team().zone
    due = next_drill(now - LATE_BY_AT_MOST, ours, zone)
    if ours is not None and due is not None and due <= now:
        with suppress(DrillUnderWay):  # somebody began one by hand a moment ago: that was this week's
            begin(now, by_hand=False, also_off_duty=ours.also_off_duty)
    coming = next_drill(now, ours, zone)
    if coming is not None:
        timers.arm(BY_TIMETABLE, THE_TIMETABLE, coming)
