"""What a press on these screens does: the record's verb, and what it means for a call that lacks people."""

from datetime import datetime
from typing import Any

from stepitup.calls.timing import feed_the_hungry
from stepitup.ground import bell
from stepitup.roster.credentials import keeping
from stepitup.roster.credentials.record import CredentialRow, counts


def write_down(now: datetime, helper_id: int, row: CredentialRow, *, instead_of: int | None, who: str) -> int:
    """A new one, or another kind for one that was begun. Return its number."""
    return keeping.keep_credential(now, helper_id, instead_of, row, who=who)


def change(now: datetime, helper_id: int, credential_id: int, said: Any, *, seen: str, by: str, who: str) -> None:
    """One decision about it. Whoever may be paged by it from now on may be what a call that waits lacks."""
    after = keeping.change_credential(now, helper_id, credential_id, said, seen=seen, by=by, who=who)
    if counts(after):
        feed_the_hungry(now)
        bell.ring("timers", "roster")
