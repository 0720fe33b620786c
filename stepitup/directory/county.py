"""A county's own number: a helper's 911 reaches the helper's county, and help is wanted where the caller is.

We know no such number: no list of them could be read that may be used here. What stands on the helper's card is what
this team wrote down itself, after somebody rang it; a number that nobody rang, or that did not answer, is not shown.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from stepitup.directory.tried import TestCall, how_it_was_tried
from stepitup.ground.vocabulary import STATES

# The first digit of an area code, and of an exchange, is never 0 or 1.
_TEN_DIGITS: Final = re.compile(r"(?:\+?1)?([2-9]\d\d)([2-9]\d\d)(\d{4})")
_BETWEEN: Final = re.compile(r"[\s().\-]")
_NO_BREAK, _NO_BREAK_HYPHEN = "\u00a0", "\u2011"


def _ten_digits(written: str) -> str:
    found = _TEN_DIGITS.fullmatch(_BETWEEN.sub("", written))
    if found is None:
        raise ValueError("write the ten digits of a number here; 911 reaches the county of whoever rings it")
    return f"+1{''.join(found.groups())}"


def _a_state(written: str) -> str:
    if written not in STATES:
        raise ValueError("write the state as US-CO")
    return written


class County(TestCall):
    """A county's ten-digit emergency number: which county, and who of the team rang it when."""

    name: str = Field(min_length=1, max_length=60)
    state: Annotated[str, AfterValidator(_a_state)]
    phone: Annotated[str, AfterValidator(_ten_digits)]


@dataclass(frozen=True)
class CountyShown:
    """A county's number as the helper's card shows it. `phone`: what `tel:` carries, the number alone."""

    name: str
    state_name: str
    phone: str
    phone_display: str
    checked: str


def shown_of(counties: tuple[County, ...]) -> tuple[CountyShown, ...]:
    """Those that answered, by state and name."""
    answered = [one for one in counties if one.answered]
    found = [
        CountyShown(one.name, STATES[one.state], one.phone, _printed(one.phone), how_it_was_tried(one))
        for one in answered
    ]
    return tuple(sorted(found, key=lambda one: (one.state_name, one.name)))


def _printed(phone: str) -> str:
    area, exchange, line = phone[2:5], phone[5:8], phone[8:]
    return f"({area}){_NO_BREAK}{exchange}{_NO_BREAK_HYPHEN}{line}"
