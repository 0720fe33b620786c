"""One certificate, appointment or licence of a helper, as plain values, and whether it holds on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.ground.vocabulary import UNKNOWN, Kind

EVERY_ROLE: Final = ""
TRAINING: Final = "training"  # worth knowing, and no page goes because of it
ROLES: Final = (Kind.PEER.value, Kind.CHAPLAIN.value, Kind.CLINICIAN.value, TRAINING)
OTHER: Final = "other"


class How(StrEnum):
    """How a credential was checked. One that nobody checked does not count."""

    NOT_YET = ""
    SEEN = "seen"
    ISSUER = "issuer"
    REGISTER = "register"
    FILE = "file"


HOW: Final[Mapping[How, Promise]] = {
    How.SEEN: _("The paper was seen"),
    How.ISSUER: _("Whoever gave it was asked"),
    How.REGISTER: _("Looked up at the board or the issuer"),
    How.FILE: _("Came with the roster file, which does not say how"),
}


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """One `[[helper.credential]]` of the roster file: the same whether read from a file or drawn from the database."""

    name: str
    role: str = EVERY_ROLE
    kind: str = OTHER
    issuer: str = ""
    number: str = ""
    state: str = UNKNOWN
    granted: date | None = None
    expires: date | None = None
    checked_how: str = How.NOT_YET.value
    checked_by: str = ""
    checked_on: date | None = None
    evidence: str = ""
    designated_by: str = ""
    designated_on: date | None = None
    standard: str = ""
    specialised: str = ""
    npi: str = ""
    npi_looked_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What decides whether a credential counts: for which role, from when, through which day. It was checked."""

    role: str
    since: date
    until: date

    def holds_on(self, day: date) -> bool:
        """Does it hold on this day? The day on which it ends is the final one."""
        return self.since <= day <= self.until


@lru_cache(maxsize=10_000)
def kinds_held(kinds: frozenset[Kind], held: tuple[Held, ...], day: date) -> frozenset[Kind]:
    """The roles in which somebody may be paged on this day: each needs a credential of its own, or one for all.

    A coordinator is asked to find a helper, and may sit as one: any credential that makes somebody a helper will do.
    """
    roles = {one.role for one in held if one.holds_on(day) and one.role != TRAINING}
    if EVERY_ROLE in roles:
        return kinds
    return frozenset(kind for kind in kinds if kind.value in roles or (roles and kind is Kind.COORDINATOR))


def counts(row: CredentialRow) -> bool:
    """Does this credential let anybody be paged, on its days? It was checked, and says from when until when."""
    return row.role != TRAINING and bool(row.checked_how and row.granted and row.expires)


def counts_until(rows: Iterable[CredentialRow], today: date) -> date | None:
    """The day with which the first of the credentials that hold today ends; None where none holds."""
    return min((row.expires for row in rows if counts(row) and row.expires and row.expires >= today), default=None)


def is_plain(rows: Iterable[CredentialRow]) -> bool:
    """May this be written in the three short words of the roster file: one credential, and no more said of it?"""
    one = list(rows)
    if len(one) != 1:
        return False
    row = one[0]
    return row == CredentialRow(row.name, granted=row.granted, expires=row.expires, checked_how=How.FILE.value)
