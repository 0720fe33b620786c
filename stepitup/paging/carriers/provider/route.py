"""One of the hands by which a text may leave: a provider's account, or a modem of one's own."""

from typing import Protocol

from stepitup.paging.carriers.provider.line import Limit
from stepitup.paging.facts import Outgoing


class Route(Protocol):
    """What the fail-over must know of each, so that any of them can take over from any other."""

    @property
    def too_long(self) -> float:
        """After so many seconds a page does not wait for it any more, where another stands ready."""
        ...

    @property
    def at_once(self) -> int:
        """How many texts it takes side by side; whoever comes then goes by another."""
        ...

    @property
    def ask_every(self) -> float:
        """How many seconds pass, while it is unwell, before it is asked again how it does."""
        ...

    def hand_to(self, page: Outgoing, limit: Limit, *, in_doubt: bool) -> str:
        """Hand it over and return the reference; `in_doubt`: it may have gone already. Raises ProviderTrouble."""
        ...

    @property
    def called(self) -> str:
        """What an operator calls it."""
        ...

    def answers(self) -> bool | None:
        """Whether it answers for us, asked by an operator; None where that cannot be asked."""
        ...

    def is_well(self, page: Outgoing) -> bool:
        """Find out, while this page goes by another: whether texts get through here again."""
        ...
