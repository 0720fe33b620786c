"""The pager: writes each message where the demonstration's screen shows it."""

from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.db import connection

from stepitup.ground.deeds import deed
from stepitup.ground.seal import seal
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then
from stepitup.paging.models import PagerMessage

SEAL = "pager message"


class Pager:
    """Stands in for a phone company. Its network is this house's own database, and its limit that of the database.

    Both databases give a write up after five seconds (stepitup.site.database); the rest is for waiting one's turn.
    """

    name = "pager"
    time_limit = timedelta(seconds=10)
    at_once = 8
    takes_replies = False

    def send(self, page: Outgoing) -> str:
        """Show the message once, however often it is sent."""
        try:
            deed(_show, page)
        except DatabaseTrouble:
            # The watch's threads live long: one whose connection broke must not keep it for every page to come.
            connection.close_if_unusable_or_obsolete()
            # Without its text: a database likes to quote the row that it could not write.
            raise CannotSend("database", Then.TRY_AGAIN) from None
        return page.key


def _show(now: datetime, page: Outgoing) -> None:
    message = PagerMessage(
        page_id=page.page,
        helper=page.helper,
        way=page.way,
        message=seal(SEAL, {"text": page.text, "link": page.link}),
        key=page.key,
        at=now,
    )
    PagerMessage.objects.bulk_create([message], ignore_conflicts=True)
