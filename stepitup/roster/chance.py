"""Chance drawn from a seed, so that whoever asks twice gets the same order, and a database draws it as Python does.

A polynomial over the numbers below a prime (Wegman and Carter, 1981): of any four helpers each order is equally likely,
and who else is on the team changes nothing. It needs no more than products and remainders, so a table of thousands is
put in order where it lies, and only its first rows are read.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Final

PRIME: Final = 2**31 - 1  # a product of two numbers below it fits into the 64 bits of a database


@lru_cache(maxsize=256)
def drawn(seed: int) -> tuple[int, int, int, int]:
    """Four numbers below the prime that follow from the seed."""
    digest = hashlib.blake2b(str(seed).encode(), digest_size=32).digest()
    a, b, c, d = (int.from_bytes(digest[at : at + 8], "big") % PRIME for at in range(0, 32, 8))
    return a, b, c, d


def chance_from(seed: int) -> Callable[[int], int]:
    """For each helper's number where chance places them; smaller comes first."""
    a, b, c, d = drawn(seed)
    # A database takes the remainder after each step; whole numbers of Python have no end, and one does.
    return lambda number: (((a * number + b) * number + c) * number + d) % PRIME
