"""Letters: plain mail of the house to those who run the team. Never a page, and nothing about a call.

A letter is in nobody's way: whoever writes one posts it outside of every transaction and crew that pages go by.
"""

from typing import Protocol, runtime_checkable

from stepitup.paging import carriers
from stepitup.paging.facts import Letter


@runtime_checkable
class PostOffice(Protocol):
    """A carrier that takes letters too."""

    def post(self, letter: Letter) -> str:
        """Hand it over. Raises CannotSend."""
        ...


def post_office() -> PostOffice | None:
    """Where this house posts its letters; None where no mail is set up."""
    return next((one for one in carriers.in_use().values() if isinstance(one, PostOffice)), None)
