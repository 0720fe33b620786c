"""A large file in parts, so that nobody's press waits while it is brought in.

SQLite writes one transaction at a time: fifty thousand helpers in one would hold every press for half a minute. So what
would change is found first, without holding anybody, and written in parts of forty, each a deed of its own. A part
is whole or not there. If something stops half way, the same file brought in again finishes it.

Forty helpers take 23 ms of processor time, a hundred 59, new or changed, however many are on the roster: no press waits
longer than that for a part.
"""

import gc
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from stepitup.roster.file.rows import Report, RosterRows

_T = TypeVar("_T")

_A_PART: Final = 40
IN_ONE_GO: Final = 100  # so many changes are one deed, all or nothing


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, and the keys to which they are compared: whoever is among them and has no row is taken off."""

    rows: RosterRows
    among: tuple[str, ...] = ()


def how_many(would: Report) -> int:
    """How many helpers, agencies and incidents would change."""
    return sum(map(len, (would.added, would.changed, would.removed, would.agencies, would.incidents)))


def in_one(wanted: RosterRows, would: Report) -> Part:
    """What would change, and nothing besides: however many are on the roster, they are neither read nor held for it."""
    rows = _what_changes(wanted, would)
    return Part(rows, among=(*(row.key for row in rows.helpers), *would.removed))


def in_parts(wanted: RosterRows, would: Report) -> Iterator[Part]:
    """What would change: agencies first, then helpers, then whoever goes, and incidents.

    Meanwhile Python looks for no garbage among the rows that were read: at fifty thousand one such look takes a second,
    and it would be taken while a part holds everybody up.
    """
    gc.freeze()
    try:
        yield from _parts_of(wanted, would)
    finally:
        gc.unfreeze()


def _parts_of(wanted: RosterRows, would: Report) -> Iterator[Part]:
    rows = _what_changes(wanted, would)
    for agencies in _sliced(rows.agencies):
        yield Part(RosterRows(agencies=agencies))
    for helpers in _sliced(rows.helpers):
        yield Part(RosterRows(helpers=helpers), among=tuple(row.key for row in helpers))
    for gone in _sliced(would.removed):
        yield Part(RosterRows(), among=gone)
    for incidents in _sliced(rows.incidents):
        yield Part(RosterRows(incidents=incidents))


def _what_changes(wanted: RosterRows, would: Report) -> RosterRows:
    agencies, incidents, helpers = set(would.agencies), set(would.incidents), {*would.added, *would.changed}
    return RosterRows(
        tuple(row for row in wanted.agencies if row.key in agencies),
        tuple(row for row in wanted.helpers if row.key in helpers),
        tuple(row for row in wanted.incidents if row.key in incidents),
    )


def _sliced(rows: Collection[_T]) -> Iterator[tuple[_T, ...]]:
    left = iter(rows)
    while some := tuple(islice(left, _A_PART)):
        yield some
