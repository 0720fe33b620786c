"""What texts and rings have in common on a bad night: an address that is no provider's, and an end in time."""

import time
from datetime import timedelta
from typing import Protocol

import pytest

from stepitup.ground.team import ProviderSettings
from stepitup.paging.carriers.provider.tests.peer import ACCOUNT, SENDER, TOKEN
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing

SAM = "+15125550104"
LIMIT = timedelta(seconds=0.3)
# What a busy machine may add to the limit before a test calls it broken.
GRACE = 1.5


class Sender(Protocol):
    """Text or Voice."""

    time_limit: timedelta

    def send(self, page: Outgoing) -> str: ...


def at(address: str) -> ProviderSettings:
    """A team that has written this address into its file."""
    return ProviderSettings(account=ACCOUNT, token=TOKEN, sender=SENDER, base_url=address)


def refusal(sender: Sender, page: Outgoing) -> CannotSend:
    """Send, see that it comes to an end within its limit of time, and return why not."""
    began = time.monotonic()
    with pytest.raises(CannotSend) as refused:
        sender.send(page)
    assert time.monotonic() - began < sender.time_limit.total_seconds() + GRACE
    return refused.value
