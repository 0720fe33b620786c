"""A file of shifts in parts, so that nobody's press waits while it is brought in (roster/file/parts.py says why).

What would change is found first, without holding anybody, and written in parts, each a deed of its own. The changes of
one helper stand side by side, and whoever was always on duty so far stays so until the last of theirs is there: where
something stops half way nobody is missing, and the same file brought in again finishes it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stepitup.roster.duty.spans import Span

# Two hundred take 10 ms of processor time, five hundred 21; wanted: nobody held longer than 50.
A_PART: Final = 200

Change = tuple[int, Span, bool]  # a helper, when, and whether they are on duty then


@dataclass(frozen=True, slots=True)
class ShiftPart:
    """Some changes, and those of whom no more follow, who were always on duty so far."""

    changes: tuple[Change, ...]
    by_calendar: tuple[int, ...] = ()


def in_parts(new: Sequence[Change], always: Collection[int]) -> Iterator[ShiftPart]:
    """All of these changes, each in one part."""
    some, done = list[Change](), list[int]()
    for helper, theirs in groupby(sorted(new), key=_helper):
        for change in theirs:
            if len(some) == A_PART:
                yield ShiftPart(tuple(some), tuple(done))
                some, done = [], []
            some.append(change)
        done += [helper] if helper in always else []
    if some:
        yield ShiftPart(tuple(some), tuple(done))


def _helper(change: Change) -> int:
    return change[0]
