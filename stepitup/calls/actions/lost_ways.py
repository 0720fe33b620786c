"""A way to a helper stopped working: it is not used any more, and the helper hears of it by another."""

from datetime import datetime

from stepitup.calls.reaching import reach_by
from stepitup.ground.team import team
from stepitup.paging.facts import NoticeWords
from stepitup.paging.notices import write_notice
from stepitup.roster import actions as roster_actions
from stepitup.roster import questions as roster


def lose_way(now: datetime, way: int) -> None:
    """Mark the way, once; tell whose it is by the first of their other ways that works.

    Where there is no other way nobody can be told: the coordinator sees that this helper cannot be reached.
    """
    helper = roster_actions.mark_unreachable(now, way)
    if helper is None:
        return
    others = [reach_by(other) for other in roster.ways_of([helper])[helper]]
    write_notice(now, NoticeWords.WAY_IS_OFF, others, link=f"{team().public_url.rstrip('/')}/team/")
