"""What can go wrong in paging.

PagingTrouble
├── CannotSend          a carrier did not take a page; it says whether trying again can help
└── AttemptForgotten    an outcome came for an attempt whose page was deleted meanwhile
"""

from datetime import timedelta

from stepitup.paging.facts import Then


class PagingTrouble(Exception):
    """A page cannot go the way it was meant to."""


class CannotSend(PagingTrouble):
    """A carrier did not take a page.

    `why` is a word or three for the operator, from the carrier's own fixed list: never the answer of a server as it
    came, because servers like to repeat the address they were given. `after`: how long it asked us to wait.
    """

    def __init__(self, why: str, then: Then, *, after: timedelta | None = None) -> None:
        super().__init__(f"{why}: {then.value}")
        self.why = why
        self.then = then
        self.after = after


class AttemptForgotten(PagingTrouble):
    """An outcome came for an attempt whose page was deleted meanwhile. There is nothing left to do for it."""
