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
    return f"{team.team().public_url.rstrip('/')}/p/{page_key(page)}"
