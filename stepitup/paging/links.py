"""The page's key and its link. The key is recomputed when needed; the database holds its fingerprint."""

from uuid import UUID

from stepitup.ground import keys, team

# 22 base64url characters are 132 bits: beyond guessing, and short enough that the longest page still fits one text.
KEY_LENGTH = 22


def page_key(page: UUID) -> str:
    """The key that answers this page and can do nothing else."""
    return keys.secret_for("page", page)[:KEY_LENGTH]


def link_to(page: UUID) -> str:
    """Where a helper answers this page."""
    return f"{_house()}/p/{page_key(page)}"


def way_in_key(mark: str) -> str:
    """The key of the link that goes out after a yes by reply; the same reply gives the same key again."""
    return keys.secret_for("way in", mark)[:KEY_LENGTH]


def way_in_link(key: str) -> str:
    """Where a helper who said yes by reply opens their seat, once."""
    return f"{_house()}/s/{key}"


def joining_link(key: str) -> str:
    """What the provider asks when a helper picks up the ring that joins them with their caller."""
    return f"{_house()}/replies/join/{key}"


def afterwards_link(key: str) -> str:
    """What the provider asks when it rings a helper without a screen after the two have talked."""
    return f"{joining_link(key)}/after"


def _house() -> str:
    return team.team().public_url.rstrip("/")
