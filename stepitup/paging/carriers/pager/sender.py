"""The pager: writes each message where the demonstration's screen shows it."""

from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble

from stepitup.ground.deeds import deed
from stepitup.ground.seal import seal
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then
from stepitup.paging.models import PagerMessage

SEAL = "pager message"


class Pager:
    """Stands in for a phone company. Its "network" is this house's own database, so it ends when the database ends."""

    name = "pager"
    at_once = 8
    takes_replies = False

    def __init__(self, time_limit: timedelta = timedelta(seconds=5)) -> None:
        self.time_limit = time_limit

    def send(self, page: Outgoing) -> str:
        """Show the message once, however often it is sent."""
        try:
            deed(_show, page)
        except DatabaseTrouble:
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
