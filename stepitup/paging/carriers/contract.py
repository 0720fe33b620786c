"""What every carrier promises. The contract test (tests/rooms/test_every_carrier.py) holds each of them to it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol, runtime_checkable

from stepitup.paging.facts import Outgoing


class Carrier(Protocol):
    """A way a page travels.

    `send` hands one page over and returns the provider's reference (or nothing), or raises CannotSend. It ends within
    `time_limit`, whatever the other side does; it may be used by `at_once` threads side by side, and by a few more for
    notices and tests; the same `Outgoing.key` twice is one message to the helper; it logs no address and no word.
    """

    @property
    def name(self) -> str:
        """The word for it on the roster."""
        ...

    @property
    def time_limit(self) -> timedelta:
        """How long one try may take."""
        ...

    @property
    def at_once(self) -> int:
        """How many tries may run side by side."""
        ...

    @property
    def takes_replies(self) -> bool:
        """Is a reply by this way read by anybody?"""
        ...

    def send(self, page: Outgoing) -> str:
        """Hand it over."""
        ...


@runtime_checkable
class HasReserves(Protocol):
    """A carrier in which one hand stands behind another: a test page goes by the first alone, the others are asked."""

    @property
    def name(self) -> str:
        """The word for it on the roster."""
        ...

    def reserves(self) -> Sequence[tuple[str, bool | None]]:
        """Each hand behind the first, and whether it answers for us now; None for one that cannot be asked."""
        ...
