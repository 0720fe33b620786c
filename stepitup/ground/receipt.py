"""The receipt: eight words that bring a caller back to their call, from any phone.

Eight words carry 103 bits: 96 random ones and 7 that check the others, so that a slip of the pen is told from a wrong
receipt. The list is the EFF's long list of 7 776, read from the library that ships it (docs/dependencies.md), without
the words that nobody needs to read in a bad hour (`unkind_words`).
"""

import hashlib
import re
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

from stepitup.ground.errors import MistypedReceipt
from stepitup.ground.keys import bytes_for, fingerprint
from stepitup.ground.unkind_words import UNKIND

_WORDS = 8
_RANDOM_BITS = 96
_CHECK_BITS = 7


def words_for(about: object) -> str:
    """The eight words for a call: recomputed from the site key, so nothing that opens a call is stored."""
    number = int.from_bytes(bytes_for("receipt", about)[: _RANDOM_BITS // 8], "big")
    return " ".join(_spell(number << _CHECK_BITS | _check(number)))


def mark_of(words: str) -> str:
    """The fingerprint under which a call is found by its words, however they were typed.

    Raises MistypedReceipt when the words do not fit together, with those that are not on the list.
    """
    typed = re.findall(r"[a-z]+(?:-[a-z]+)*", words.lower())
    strange = tuple(word for word in typed if word not in _places())
    if strange or len(typed) != _WORDS:
        raise MistypedReceipt(strange)
    whole = _number_of(typed)
    if _check(whole >> _CHECK_BITS) != whole & (1 << _CHECK_BITS) - 1:
        raise MistypedReceipt
    return fingerprint(" ".join(typed))


def nearest(word: str) -> str | None:
    """The word on the list that somebody most likely meant, or None."""
    return next(iter(get_close_matches(word, _list(), n=1, cutoff=0.75)), None)


def _check(number: int) -> int:
    digest = hashlib.sha256(number.to_bytes(_RANDOM_BITS // 8 + 1, "big")).digest()
    return digest[0] & (1 << _CHECK_BITS) - 1


def _spell(number: int) -> list[str]:
    words = []
    for _ in range(_WORDS):
        number, place = divmod(number, len(_list()))
        words.append(_list()[place])
    return words[::-1]


def _number_of(words: list[str]) -> int:
    number = 0
    for word in words:
        number = number * len(_list()) + _places()[word]
    return number


@lru_cache(maxsize=1)
def _list() -> tuple[str, ...]:
    text = (files("xkcdpass") / "static" / "eff-long").read_text(encoding="utf-8")
    return tuple(sorted(set(text.split()) - UNKIND))


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(_list())}
