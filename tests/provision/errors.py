"""What can go wrong while providing.

CannotBeHad     a part the tests need is not on this machine and could not be brought; the run fails and says so
"""


class CannotBeHad(Exception):
    """Names the part, what was tried, and what a person can do."""

    def __init__(self, part: str, *, tried: str, instead: str) -> None:
        super().__init__(f"{part} cannot be had here. Tried: {tried}. What helps: {instead}.")
        self.part = part
