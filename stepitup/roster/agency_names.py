"""Is this typed agency, or unit, that one? Yes, no, or "it may be", which counts as yes for never-rules.

People write "CFPD", "Cedar Falls police", "the sheriff's office", "cedar fals PD". Two names are told apart for sure
only when no word of the place is alike, or when both say what they are and it is not the same (police, fire).

Only the roster's own names are remembered: what a caller typed is gone when the call was matched.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

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
_SMALL_WORDS: Final = frozenset({"the", "of", "and", "for"})
_BEFORE_THE_PLACE: Final = ("pd", "fd", "so", "sd")
_WORDS_AT_MOST: Final = 12  # whoever types sixty words of one letter keeps nobody waiting
_MAY_BE_UNSAID: Final = tuple("dorsab")  # department, office, rescue, service, authority, bureau
_BEFORE_A_NUMBER: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")


class _Name(NamedTuple):
    """A name taken apart. `letters` is all of it run together.

    `initials`: the first letter of each word, and whether a short form must have it: New York City Police Department is
    NYPD, without its city. `alone`: short forms of a part of it.
    """

    words: tuple[str, ...]
    letters: str
    sorts: frozenset[str]
    place: frozenset[str]
    initials: tuple[tuple[str, bool], ...]
    alone: frozenset[str]


def same_agency(typed: str, names: Iterable[str]) -> Same:
    """Does what was typed mean the agency with these names? The names are the roster's own, and are remembered."""
    return max(map(means(typed), names), default=Same.NO)


def means(typed: str) -> Callable[[str], Same]:
    """The same question for many names, one by one: what was typed is taken apart once, and gone with the answer.

    Hundreds of agencies share their words ("police", the name of a county), so each word is compared once.
    """
    mine = _taken_apart(typed)
    is_near = cache(lambda word: any(_near(one, word) for one in mine.place))
    return cache(lambda name: _same_name(mine, _known(name), is_near))


def names_no_agency(typed: str) -> bool:
    """Says somebody "my department" and nothing that could be told from another?"""
    words = _words(typed)
    return not (_place(words) or _sorts(words))


def same_unit(typed: str, unit: str) -> Same:
    """Does what was typed mean this unit? "Patrol" may be Patrol North; Patrol South is not."""
    mine, theirs = _unit_words(typed), _unit_words(unit)
    if mine and mine == theirs:
        return Same.YES
    told, their_told = mine - _FILLING - _KINDS_OF_UNIT, theirs - _FILLING - _KINDS_OF_UNIT
    if told and their_told:
        return Same.MAYBE if _overlap(told, their_told) else Same.NO
    return Same.MAYBE if not mine or not theirs or _overlap(mine, theirs) else Same.NO


def _same_name(mine: _Name, theirs: _Name, is_near: Callable[[str], bool]) -> Same:
    if mine.words and (mine.words == theirs.words or mine.letters == theirs.letters):
        return Same.YES
    if _may_be_short_for(mine.letters, theirs) or _may_be_short_for(theirs.letters, mine):
        return Same.MAYBE
    if mine.sorts and theirs.sorts and not mine.sorts & theirs.sorts:
        return Same.NO
    if mine.place and mine.place == theirs.place and mine.sorts == theirs.sorts:
        return Same.YES
    if not mine.place or not theirs.place:
        return Same.MAYBE
    return Same.MAYBE if any(map(is_near, theirs.place)) else Same.NO


def _taken_apart(name: str) -> _Name:
    words = _words(name)
    place = _place(words)
    initials = tuple((word[0], word in place or word in _SORTS) for word in words)
    return _Name(words, _run_together(name), _sorts(words), place, initials, _short_forms_of_a_part(words, place))


_known = lru_cache(maxsize=10_000)(_taken_apart)


def _words(name: str) -> tuple[str, ...]:
    found = re.findall(r"[^\W_]+", re.sub(r"['’`]|\.(?=\w\b)", "", plain(name)))
    return tuple(word for one in found for word in _SPELLED_OUT.get(one, one).split())


def _unit_words(unit: str) -> frozenset[str]:
    """K9 and K-9, E12 and Engine 12: the number of a unit stands by itself, however it is written."""
    return frozenset(_words(_BEFORE_A_NUMBER.sub(" ", unit)))


def _place(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word not in _FILLING and word not in _SORTS)


def _sorts(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_SORTS[word] for word in words if word in _SORTS)


def _run_together(name: str) -> str:
    return "".join(re.findall(r"[^\W_]+", plain(name)))


def _short_forms_of_a_part(words: tuple[str, ...], place: frozenset[str]) -> frozenset[str]:
    """CF for Cedar Falls Police, DPS for Texas Department of Public Safety: what people there say to each other."""
    beside = [word for word in words if word not in place]
    ways = (
        ([word for word in words if word in place], 2),
        (beside, 3),
        ([word for word in beside if word not in _SMALL_WORDS], 3),
    )
    return frozenset("".join(word[0] for word in way) for way, at_least in ways if len(way) >= at_least)


def _may_be_short_for(letters: str, name: _Name) -> bool:
    """Whether these letters may stand for this longer name. The same letters may mean several agencies."""
    if len(name.words) < 2 or not _ACRONYM.fullmatch(letters):
        return False
    return letters in name.alone or any(
        _spell(way, name.initials[:_WORDS_AT_MOST]) for way in _as_they_may_be_meant(letters)
    )


def _as_they_may_be_meant(letters: str) -> set[str]:
    """With the T of The or without, FDNY as NYFD, and without the letter of a department that the name does not say."""
    ways = {letters, letters.removeprefix("t")}
    if letters[:2] in _BEFORE_THE_PLACE:
        ways.add(letters[2:] + letters[:2])
    return ways | {way[:-1] for way in ways if way[-1:] in _MAY_BE_UNSAID}


def _spell(letters: str, initials: tuple[tuple[str, bool], ...]) -> bool:
    """Whether the letters are these initials in their order, leaving out only those that may be left out."""
    if not initials:
        return not letters
    (initial, is_needed), rest = initials[0], initials[1:]
    return (letters.startswith(initial) and _spell(letters[1:], rest)) or (not is_needed and _spell(letters, rest))


def _overlap(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(_near(one, other) for one in mine for other in theirs)


def _near(one: str, other: str) -> bool:
    """Numbers must be the same (Engine 12 is not Engine 13); words may have a slip in them."""
    if one.isdigit() or other.isdigit():
        return one == other
    return one == other or (min(len(one), len(other)) > 2 and looks_like(one, other))
