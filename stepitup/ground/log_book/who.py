"""Whom a line of the log book names: a number of ours, never a name.

The name stands in the roster alone. When somebody's data is deleted on its day, the line stays and points at nobody.
"""

import re
from typing import Final

OPERATOR: Final = "operator"  # whoever has the machine's command line
ROSTER: Final = "roster"

_A_NUMBER_OF_OURS = re.compile(r"[a-z]+(-[a-z]+)*( \d{1,9})?", re.ASCII)


class NotANumberOfOurs(ValueError):
    """Something other than a plain word and a number of ours was to be written into the log book."""

    def __init__(self) -> None:
        super().__init__("the log book takes a word and a number of ours, such as 'helper 17'; no name, no address")


def account(number: int) -> str:
    """Somebody who signs in."""
    return f"account {number}"


def helper(number: int) -> str:
    """Somebody on the roster."""
    return f"helper {number}"


def agency(number: int) -> str:
    """An agency."""
    return f"agency {number}"


def must_be_ours(word: str) -> str:
    """The word, if it can be no name. Raises NotANumberOfOurs, without repeating what it was."""
    if not _A_NUMBER_OF_OURS.fullmatch(word):
        raise NotANumberOfOurs
    return word
