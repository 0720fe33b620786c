"""The National Provider Identifier: ten digits, the tenth of which checks the others. It is not a licence.

It shows that a record exists, not that somebody is licensed. The check digit is Luhn's over 80840 and the ten digits
(facts in credentials.json, `clinicians.npi.check_digit`).
"""

import re
from typing import Final

_PREFIX: Final = "80840"
_SHAPE: Final = re.compile(r"[12][0-9]{9}")


def is_npi(number: str) -> bool:
    """Are these ten digits of which the tenth is right?"""
    return bool(_SHAPE.fullmatch(number)) and _luhn(_PREFIX + number) % 10 == 0


def written_plainly(typed: str) -> str:
    """The digits alone, however somebody wrote them."""
    return re.sub(r"[\s.()-]", "", typed)


def _luhn(digits: str) -> int:
    """Every second digit from the right is doubled, beginning beside the check digit; above nine, nine is taken off."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        value = digit * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total
