"""Is this typed agency, or unit, that one? Yes, no, or "it may be", which counts as yes for never-rules.

People write "CFPD", "Cedar Falls police", "the sheriff's office", "cedar fals PD". Two names are told apart for sure
only when no word of the place is alike, or when both say what they are and it is not the same (police, fire).

Nothing here is remembered: what a caller typed is gone when the call was matched.
"""

import re
import tomllib
from collections.abc import Iterable
from enum import IntEnum
from importlib.resources import files
from typing import Final

from stepitup.roster.person_names import looks_like, plain


class Same(IntEnum):
    """How sure it is that two are the same. Ordered, so that the surest of several is `max`."""

    NO = 0
    MAYBE = 1
    YES = 2


_LIST: Final = tomllib.loads((files("stepitup.roster") / "words_in_names.toml").read_text(encoding="utf-8"))["agencies"]
_SPELLED_OUT: Final[dict[str, str]] = _LIST["spelled_out"]
_FILLING: Final = frozenset[str](_LIST["filling"])
_KINDS_OF_UNIT: Final = frozenset[str](_LIST["kinds_of_unit"])
_SORTS: Final[dict[str, str]] = {word: sort for sort, words in _LIST["sorts"].items() for word in words}
_ACRONYM: Final = re.compile(r"[a-z]{2,6}")


def same_agency(typed: str, names: Iterable[str]) -> Same:
    """Does what was typed mean the agency with these names?"""
    return max((_same_name(typed, name) for name in names), default=Same.NO)


def names_no_agency(typed: str) -> bool:
    """Says somebody "my department" and nothing that could be told from another?"""
    words = _words(typed)
    return not (_place(words) or _sorts(words))


def same_unit(typed: str, unit: str) -> Same:
    """Does what was typed mean this unit? "Patrol" may be Patrol North; Patrol South is not."""
    mine, theirs = frozenset(_words(typed)), frozenset(_words(unit))
    if mine and mine == theirs:
        return Same.YES
    told, their_told = mine - _FILLING - _KINDS_OF_UNIT, theirs - _FILLING - _KINDS_OF_UNIT
    if told and their_told:
        return Same.MAYBE if _overlap(told, their_told) else Same.NO
    return Same.MAYBE if not mine or not theirs or _overlap(mine, theirs) else Same.NO


def _same_name(typed: str, name: str) -> Same:
    mine, theirs = _words(typed), _words(name)
    if mine and (mine == theirs or _run_together(typed) == _run_together(name)):
        return Same.YES
    if _short_for(typed, theirs) or _short_for(name, mine):
        return Same.MAYBE
    sorts, their_sorts = _sorts(mine), _sorts(theirs)
    if sorts and their_sorts and not sorts & their_sorts:
        return Same.NO
    place, their_place = _place(mine), _place(theirs)
    if place and place == their_place and sorts == their_sorts:
        return Same.YES
    if not place or not their_place:
        return Same.MAYBE
    return Same.MAYBE if _overlap(place, their_place) else Same.NO


def _words(name: str) -> tuple[str, ...]:
    found = re.findall(r"[^\W_]+", re.sub(r"['’`]|\.(?=\w\b)", "", plain(name)))
    return tuple(word for one in found for word in _SPELLED_OUT.get(one, one).split())


def _place(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word not in _FILLING and word not in _SORTS)


def _sorts(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_SORTS[word] for word in words if word in _SORTS)


def _run_together(name: str) -> str:
    return "".join(re.findall(r"[^\W_]+", plain(name)))


def _short_for(short: str, words: tuple[str, ...]) -> bool:
    """Are these the first letters of a longer name, as in CFPD? The same letters may mean several agencies."""
    letters = _run_together(short)
    if not _ACRONYM.fullmatch(letters) or len(words) < 2:
        return False
    said = [word for word in words if word not in {"the", "of", "and", "for"}]
    ways = (said, [word for word in said if word != "county"], [word for word in said if word in _place(said)])
    return letters in {"".join(word[0] for word in way) for way in ways}


def _overlap(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(_near(one, other) for one in mine for other in theirs)


def _near(one: str, other: str) -> bool:
    """Numbers must be the same (Engine 12 is not Engine 13); words may have a slip in them."""
    if one.isdigit() or other.isdigit():
        return one == other
    return one == other or (min(len(one), len(other)) > 2 and looks_like(one, other))
