"""The house pages itself: the page is taken, and an answer to it is due at once. It reaches nobody's phone."""

from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.db import connection

from stepitup.ground import bell, timers
from stepitup.ground.deeds import deed
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then

# What the watch hears: the house's own phone has rung, and somebody is to say yes.
ANSWER = "own answer"


class OwnWay:
    """As every carrier: it hands over, within its limit, and the same page twice is one answer."""

    name = "house"
    time_limit = timedelta(seconds=10)
    at_once = 1
    takes_replies = True

    def send(self, page: Outgoing) -> str:
        """Let the answer be due."""
        try:
            deed(_ring, page)
        except DatabaseTrouble:
            connection.close_if_unusable_or_obsolete()
            raise CannotSend("database", Then.TRY_AGAIN) from None
        return page.key


def _ring(now: datetime, page: Outgoing) -> None:
    timers.arm(ANSWER, page.page, now)
    bell.ring("timers", page.page)
