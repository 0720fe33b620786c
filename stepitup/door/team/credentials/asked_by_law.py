"""Whom the law of a state names as a peer: the roster does not know the law, so the door puts the two together."""

from dataclasses import dataclass

from stepitup.limits.rows import law_file


@dataclass(frozen=True, slots=True)
class Asked:
    """What the row of one state says of its peers."""

    state: str
    who: str
    citations: str


def what_the_law_asks(state: str) -> Asked | None:
    """What this state's row says, if it was confirmed and says anything."""
    row = law_file().rows.get(state)
    if row is None or not row.is_confirmed or not row.who:
        return None
    return Asked(row.name, row.who, "; ".join(row.citations))
