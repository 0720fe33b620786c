"""Which law bears on a caller, and how surely.

1. A federal officer falls under the federal row, wherever they work; other federal staff fall under no row of ours,
   and never under the state's.
2. Everybody else: the row of their state, if it was confirmed.
3. A row that names other services is not shown as protecting this one.
4. Whatever we do not know about the caller makes it "may cover you", and we say which part we do not know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.limits.rows import FEDERAL, Row

_FEDERAL_SERVICES = ("law_enforcement", UNKNOWN)
_OTHERS = "other"
# A row that names none of these describes whom it covers in other words, such as "anybody affected by a crisis".
_NAMED_BY_MOST = frozenset({"law_enforcement", "fire", "ems", "dispatch", "corrections"})


class Standing(StrEnum):
    """How a law stands to a caller."""

    NAMES_YOU = "names you"
    MAY_COVER = "may cover you"
    NAMES_OTHERS = "names others"
    NOT_CONFIRMED = "not confirmed"


class Doubt(StrEnum):
    """What makes us unsure whether a law covers a caller, or why we show none."""

    STATE_UNKNOWN = "state unknown"
    SERVICE_UNKNOWN = "service unknown"
    IN_OTHER_WORDS = "covers people in other words"
    EMPLOYER_UNKNOWN = "employer unknown"
    TRIBAL = "tribal"
    PRIVATE = "private"
    VOLUNTEER = "volunteer"
    FEDERAL_STAFF = "federal, and not known to be law enforcement"


_DOUBTFUL_EMPLOYERS: Mapping[str, Doubt] = {
    UNKNOWN: Doubt.EMPLOYER_UNKNOWN,
    "tribal": Doubt.TRIBAL,
    "private": Doubt.PRIVATE,
    "volunteer": Doubt.VOLUNTEER,
}


@dataclass(frozen=True)
class Bearing:
    """The row that bears on a caller, if any, how it stands to them, and what leaves us unsure."""

    standing: Standing
    row: Row | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def shown(self) -> Row | None:
        """The row, where it may be shown to this caller as the law that covers, or may cover, them."""
        return self.row if self.standing in (Standing.NAMES_YOU, Standing.MAY_COVER) else None


def which_law(rows: Mapping[str, Row], *, state: str, service: str, employer: str) -> Bearing:
    """The law that bears on somebody of this state, service and employer."""
    if employer == "federal" and service not in _FEDERAL_SERVICES:
        return Bearing(Standing.NOT_CONFIRMED, doubts=(Doubt.FEDERAL_STAFF,))
    code = FEDERAL if employer == "federal" else state
    if code == UNKNOWN:
        return Bearing(Standing.NOT_CONFIRMED, doubts=(Doubt.STATE_UNKNOWN,))
    row = rows.get(code)
    if row is None or not row.is_confirmed:
        return Bearing(Standing.NOT_CONFIRMED)
    return _stands(row, service=service, employer=employer)


def _stands(row: Row, *, service: str, employer: str) -> Bearing:
    doubts = _doubts_about(row, service=service)
    if doubts is None:
        return Bearing(Standing.NAMES_OTHERS, row)
    if employer in _DOUBTFUL_EMPLOYERS:
        doubts = (*doubts, _DOUBTFUL_EMPLOYERS[employer])
    return Bearing(Standing.MAY_COVER if doubts else Standing.NAMES_YOU, row, doubts)


def _doubts_about(row: Row, *, service: str) -> tuple[Doubt, ...] | None:
    """What leaves us unsure about the service; None where the row names other services than this one."""
    if service == UNKNOWN:
        return (Doubt.SERVICE_UNKNOWN,)
    if service in row.covers and service != _OTHERS:
        return ()
    in_other_words = _OTHERS in row.covers and (service == _OTHERS or not _NAMED_BY_MOST & set(row.covers))
    return (Doubt.IN_OTHER_WORDS,) if in_other_words else None
