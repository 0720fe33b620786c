"""What a press on these screens does: the roster's verb, and what it means for a call that is under way."""

from datetime import datetime

from stepitup.calls import actions as calls
from stepitup.calls.timing import feed_the_hungry
from stepitup.ground import bell
from stepitup.roster.keeping import actions as keeping


def suspend(now: datetime, helper_id: int, *, who: str) -> None:
    """At once: no page, and whoever they sit with gets somebody else."""
    keeping.suspend(now, helper_id, who=who)
    calls.release(now, helper_id)


def lift_suspension(now: datetime, helper_id: int, *, who: str) -> None:
    """They may be paged again, also for a call that lacks people now."""
    keeping.lift_suspension(now, helper_id, who=who)
    feed_the_hungry(now)
    bell.ring("timers", "roster")


def take_off(now: datetime, helper_id: int, *, who: str) -> None:
    """At once, as with a suspension; what is known of them is deleted 30 days later."""
    keeping.take_off(now, helper_id, who=who)
    calls.release(now, helper_id)
