"""The hash tree of RFC 6962, section 2.1: pure, and the same as anybody else's, so that others can check ours.

A leaf is hashed with a zero byte before it, a node with a one: nobody can pass a node off as an entry. A head over n
leaves commits to each of them and to their order.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256

NOTHING_YET = sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node above two."""
    return sha256(b"\x01" + left + right).digest()


def head_of(leaves: Sequence[bytes]) -> bytes:
    """The head over these leaves, in this order."""
    return head_of_peaks(_peaks(leaves))


def heads_at(sizes: Collection[int], leaves: Sequence[bytes]) -> dict[int, bytes]:
    """The heads over the first so many leaves, for several sizes at one walk."""
    heads, peaks = {0: NOTHING_YET}, list[tuple[int, bytes]]()
    for number, leaf in enumerate(leaves, start=1):
        _add(peaks, leaf)
        if number in sizes:
            heads[number] = head_of_peaks([peak for _size, peak in peaks])
    return heads


def head_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """The head over whole trees that stand side by side, the largest first."""
    if not peaks:
        return NOTHING_YET
    *others, head = peaks
    for peak in reversed(others):
        head = node_hash(peak, head)
    return head


def ends_of_peaks(size: int) -> list[int]:
    """After which leaves (counted from 1) the whole trees end that make up `size` leaves: 13 is 8, 12 and 13."""
    return [size >> bit << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]


def peak_ending(number: int, leaf: bytes, peaks_before: Sequence[bytes]) -> bytes:
    """The largest whole tree that ends with leaf `number` (from 1), given the trees before it, the largest first."""
    peak, before = leaf, list(peaks_before)
    while number % 2 == 0:
        peak, number = node_hash(before.pop(), peak), number // 2
    return peak


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What somebody needs, besides the head, to see that leaf `index` (from 0) is in the tree."""
    if len(leaves) <= 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), head_of(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), head_of(leaves[:half])]


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether a proof shows this leaf at `index` in the tree of `size` with this head (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == head


def consistency_proof(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """What somebody who kept the head over the first `size` leaves needs, to see that the tree only grew since."""
    return _subproof(leaves, size, whole=True) if 0 < size < len(leaves) else []


def only_grew(*, size: int, head: bytes, later_size: int, later_head: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the later tree begins with the earlier one (RFC 9162, section 2.1.4.2)."""
    if size in {later_size, 0}:
        return not proof and size <= later_size and (size == 0 or head == later_head)
    if size > later_size:
        return False
    steps = list(proof) if size & (size - 1) else [head, *proof]
    place, last = size - 1, later_size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    return bool(steps) and _both_heads(steps, place, last) == (head, later_head)


def _both_heads(steps: Sequence[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place % 2 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _subproof(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [head_of(leaves)]
    half = _half(len(leaves))
    if size <= half:
        return [*_subproof(leaves[:half], size, whole=whole), head_of(leaves[half:])]
    return [*_subproof(leaves[half:], size - half, whole=False), head_of(leaves[:half])]


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _peaks(leaves: Sequence[bytes]) -> list[bytes]:
    peaks = list[tuple[int, bytes]]()
    for leaf in leaves:
        _add(peaks, leaf)
    return [peak for _size, peak in peaks]


def _add(peaks: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Whole trees side by side: two of one size become one, as in counting."""
    size, peak = 1, leaf
    while peaks and peaks[-1][0] == size:
        size, peak = size * 2, node_hash(peaks.pop()[1], peak)
    peaks.append((size, peak))
