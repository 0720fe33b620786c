"""Sam's page and the carrier that brings it, for the tests of mail."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Words

LIMIT = timedelta(seconds=0.3)
# What a busy machine may add to the limit before a test calls it broken.
GRACE = 1.5

SAMS_PAGE = Outgoing(
    attempt=7,
    page=UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2"),
    helper=4,
    way=9,
    carrier="mail",
    to="sam@fire.example",
    words=Words.PAGE,
    text="Can you take one? Open the link to say yes or no. https://help.example/p/KEYKEYKEYKEYKEYKEYKEYK",
    link="https://help.example/p/KEYKEYKEYKEYKEYKEYKEYK",
    key="0a1b2c3d4e5f",
    at=datetime(2026, 3, 1, 3, 4, tzinfo=UTC),
)


def carrier(port: int, **others: Any) -> Mail:
    """Mail through a server on this machine, in the clear unless the test says otherwise."""
    words = {word: others.pop(word) for word in ("security", "user", "password", "sender") if word in others}
    sender = words.pop("sender", "Step It Up <pages@help.example>")
    settings = MailSettings(host="127.0.0.1", port=port, sender=sender, **{"security": "none", **words})
    return Mail(settings, **{"time_limit": timedelta(seconds=5), **others})


def refusal(mail: Mail, page: Outgoing = SAMS_PAGE) -> CannotSend:
    """Send, and return the refusal."""
    with pytest.raises(CannotSend) as refused:
        mail.send(page)
    return refused.value
