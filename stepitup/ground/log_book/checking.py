"""Is the log book what was written? Decided from plain lines and heads, so that each way of tampering can be tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from stepitup.ground.log_book import tree


class Wrong(StrEnum):
    """What is wrong with some lines."""

    CHANGED = "changed"  # they are not what was written
    GONE = "gone"  # they are not there
    ADDED = "added"  # two stand in one place
    NOT_AS_KEPT = "not_as_kept"  # at least one of them is not what it was when a head was taken


@dataclass(frozen=True)
class Line:
    """One line as it stands now: its place, the hash of what it says, and the hashes that were written with it."""

    number: int
    says: bytes
    leaf: bytes
    peak: bytes


@dataclass(frozen=True)
class Head:
    """A head that somebody kept: how many lines, and the hash over them."""

    size: int
    root: bytes
    at: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """Lines `first` to `last` are not as they must be. `head` is the kept head that shows it, if one does."""

    wrong: Wrong
    first: int
    last: int
    head: Head | None = None


def faults_in(lines: Sequence[Line], heads: Sequence[Head]) -> list[Fault]:
    """Everything that is wrong with one book, in order.

    1. Each line by itself: does it say what was hashed when it was written? Is one missing, or there twice?
    2. Each whole tree: was a line rewritten together with its own hash?
    3. Each kept head: was everything rewritten that stands in this house?
    """
    ordered = sorted(lines, key=lambda line: line.number)
    faults = _joined([*_by_themselves(ordered), *_twice(ordered)])
    if not faults:
        faults = _joined(list(_rewritten(ordered)))
    return [*faults, *_gone_at_the_end(ordered, heads), *_against_heads(ordered, heads, faults)]


def _by_themselves(lines: Sequence[Line]) -> Iterator[Fault]:
    expected = 1
    for line in lines:
        if line.number > expected:
            yield Fault(Wrong.GONE, expected, line.number - 1)
        if line.says != line.leaf:
            yield Fault(Wrong.CHANGED, line.number, line.number)
        expected = line.number + 1


def _twice(lines: Sequence[Line]) -> Iterator[Fault]:
    for one, another in pairwise(lines):
        if one.number == another.number:
            yield Fault(Wrong.ADDED, one.number, one.number)


def _rewritten(lines: Sequence[Line]) -> Iterator[Fault]:
    """Only where each line stands by itself: a whole tree that does not fit names the lines under it."""
    peaks = list[tuple[int, bytes]]()
    for line in lines:
        size, peak = 1, line.leaf
        while peaks and peaks[-1][0] == size:
            size, peak = size * 2, tree.node_hash(peaks.pop()[1], peak)
        if peak != line.peak:
            yield Fault(Wrong.CHANGED, line.number - size + 1, line.number)
        peaks.append((size, line.peak))


def _gone_at_the_end(lines: Sequence[Line], heads: Sequence[Head]) -> Iterator[Fault]:
    largest = max(heads, key=lambda head: head.size, default=None)
    last = lines[-1].number if lines else 0
    if largest and largest.size > last:
        yield Fault(Wrong.GONE, last + 1, largest.size, largest)


def _against_heads(lines: Sequence[Line], heads: Sequence[Head], known: Sequence[Fault]) -> Iterator[Fault]:
    """The first kept head that does not fit: what it holds beyond the one before it is not as it was."""
    sound = min((fault.first for fault in known), default=len(lines) + 1) - 1
    comparable = sorted((head for head in heads if 0 < head.size <= sound), key=lambda head: head.size)
    found = tree.heads_at({head.size for head in comparable}, [line.leaf for line in lines[:sound]])
    held = 0
    for head in comparable:
        if found[head.size] != head.root:
            yield Fault(Wrong.NOT_AS_KEPT, held + 1, head.size, head)
            return
        held = head.size


def _joined(faults: list[Fault]) -> list[Fault]:
    """Neighbours of one sort told as one."""
    joined = list[Fault]()
    for fault in sorted(faults, key=lambda one: (one.first, one.last)):
        before = joined[-1] if joined else None
        if before and before.wrong is fault.wrong and fault.first <= before.last + 1:
            joined[-1] = replace(before, last=max(before.last, fault.last))
        else:
            joined.append(fault)
    return joined
