"""What can go wrong in this room.

LimitsError
├── LawFileWrong      the facts we ship do not hold together: the house does not start
├── LocalRulesWrong   the team's own file of rules cannot be read: `stepitup check` says why, callers see that it is so
└── UnknownWord       somebody asked about a state, service or employer that is no word of ours
"""

from collections.abc import Iterable, Sequence


class LimitsError(Exception):
    """Something in the limits does not hold."""


class LawFileWrong(LimitsError):
    """The law file holds something we do not understand, so we must not show it."""


class LocalRulesWrong(LimitsError):
    """The team's local rules hold mistakes; all of them are in `mistakes`, in words."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        """Keep every mistake, so that the team can mend them in one go."""
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class UnknownWord(LimitsError, ValueError):
    """A word we do not know, with the words to choose from."""

    def __init__(self, what: str, word: str, *, known: Iterable[str]) -> None:
        """Say which words would have done."""
        super().__init__(f"{what}: {word!r} is not a word we know; choose from {', '.join(known)}")
