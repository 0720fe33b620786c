"""Is this typed name that helper? Where it could be, the answer is yes.

Somebody in trouble types "Lt. Ruiz", "ruiz daniel" or "Danny R". To page the one person they fear is a hurt that no
apology mends; to leave out a namesake costs one helper of many. So every rule here errs to "it could be".
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from itertools import pairwise
from typing import Final

_WORDS: Final = tomllib.loads((files("stepitup.roster") / "words_in_names.toml").read_text(encoding="utf-8"))["people"]
_TITLES: Final = frozenset(_WORDS["titles"])
_PARTICLES: Final = frozenset(_WORDS["particles"])
_ALIKE: Final[dict[str, frozenset[str]]] = {}
for _group in _WORDS["same_name"]:
    for _name in _group:
        _ALIKE[_name] = _ALIKE.get(_name, frozenset()) | frozenset(_group)

# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS: Final = re.compile(r"['’‘`´ʼ.]")


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes: how people type at three in the morning."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens_typed(name: str) -> frozenset[str]:
    """What to look for when a caller typed this name.

    Titles, particles and initials count only when there is nothing else: "Lt. S. Ruiz" looks for "ruiz".
    """
    words = [word for word in _words(name) if word not in {"the", "my"}]
    names = [word for word in words if word not in _TITLES] or words
    long = [word for word in names if len(word) > 1 and word not in _PARTICLES]
    return frozenset(long) | _joined(names) if long else frozenset(names)


def is_only_a_title(name: str) -> bool:
    """Did somebody type "the chief", and no name? Then anyone above them may be meant."""
    words = [word for word in _words(name) if word not in {"the", "my"}]
    return bool(words) and all(word in _TITLES for word in words)


def tokens_of(*, display_name: str, full_name: str = "") -> frozenset[str]:
    """What a helper may be called by. The initials on display ("Sam K.") count only while no full name is known."""
    on_display = [word for word in _words(display_name) if not full_name or len(word) > 1]
    found: set[str] = set()
    for words in (on_display, _words(full_name)):
        found.update(word for word in words if word not in _PARTICLES)
        found.update(_joined(words))
    return frozenset(found)


def looks_like(one: str, other: str) -> bool:
    """Are two words the same name, give or take a slip: an initial, a short form, one letter wrong?"""
    if one == other or other in _ALIKE.get(one, ()):
        return True
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return True
    return len(short) > 3 and len(long) - len(short) < 2 and _one_slip_apart(short, long)


def who_looks_like(looked_for: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Those of these words that look like one that is looked for. Quickly, because a team has thousands of words.

    One slip never changes the first letter and the last of a longer word, so most words need no second look.
    """
    looked_for = frozenset(looked_for)
    firsts, lasts = {word[:1] for word in looked_for}, {word[-1:] for word in looked_for}
    other_forms = {form for word in looked_for for form in _ALIKE.get(word, ())}
    near = [word for word in words if word[0] in firsts or word[-1] in lasts or word in other_forms]
    return frozenset(word for word in near if any(looks_like(one, word) for one in looked_for))


def _one_slip_apart(short: str, long: str) -> bool:
    """One letter changed, missing, or two neighbours swapped."""
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]


def _words(name: str) -> list[str]:
    # An apostrophe joins ("O'Brien" is "obrien"); a full stop only ends an initial or a title; all else parts.
    return re.findall(r"[^\W\d_]+", _MARKS.sub("", plain(name).replace(". ", " ").replace(".", " ")))


def _joined(words: list[str]) -> frozenset[str]:
    """Neighbours run together, so that "Mc Donald" finds "McDonald"; initials are left out."""
    pairs = {one + two for one, two in pairwise(words) if len(one) > 1 and len(two) > 1}
    threes = {"".join(words[i : i + 3]) for i in range(len(words) - 2) if words[i] in _PARTICLES}
    return frozenset(pairs | threes)
