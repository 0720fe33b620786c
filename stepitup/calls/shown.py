"""What may be seen of a call, and by whom: the values that screens and the API are made of."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from stepitup.calls.life import CallState, Ending, SeatState
from stepitup.calls.told import Number
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Notice, Situation
from stepitup.roster.facts import HelperShown


@dataclass(frozen=True)
class Paged:
    """How many helpers of one kind were paged in this search, each counted once. Whoever no page reached is not."""

    kind: Kind
    how_many: int


@dataclass(frozen=True)
class HelperThere:
    """A helper who has the call, as the caller may see them. The team number only once the limits were read."""

    seat: UUID
    helper: HelperShown
    joined: bool
    words_may_pass: bool

    @property
    def mark(self) -> str:
        """Tells who sits here from who comes next: "not this person" on an old screen never means another one."""
        return sha256(self.seat.bytes).hexdigest()[:16]


@dataclass(frozen=True)
class CallerSees:
    """A call, as its caller sees it."""

    id: UUID
    version: int
    state: CallState
    ending: Ending | None
    opened_at: datetime
    changed_at: datetime
    expires_at: datetime
    delete_at: datetime
    searching: bool
    last_step: bool
    step: int
    next_at: datetime | None
    next_kinds: tuple[Kind, ...]
    paged: tuple[Paged, ...]
    not_reached: int
    pages_out: int
    turns: int
    hotline_is_main_at: datetime
    wants: str
    situation: Situation
    limits: tuple[Notice, ...]
    limits_due: tuple[Notice, ...]
    helpers: tuple[HelperThere, ...]
    left: SeatState | None  # how the part of whoever was there ended, while somebody else is looked for
    suggested: Kind | None
    number: Number | None
    place: str
    wishes_used: bool

    @property
    def is_open(self) -> bool:
        """Whether the call is not closed."""
        return self.state is not CallState.CLOSED


@dataclass(frozen=True)
class PageSeen:
    """A page, as whoever holds its key sees it: nothing about the caller."""

    state: str  # open, yours, taken or over
    role: Kind


@dataclass(frozen=True)
class SeatSees:
    """A call, as a helper who sits sees it: before the limits were read, only that somebody is waiting."""

    state: SeatState
    kind: Kind
    call_state: CallState
    ending: Ending | None
    opened_at: datetime
    joined: bool
    join_by: datetime | None
    words_may_pass: bool
    situation: Situation | None
    shown: tuple[str, ...]
    in_common: tuple[str, ...]
    number: Number | None
    place: str
    same_agency: bool | None
    sworn: bool | None
    team_number: str | None
    suggested: Kind | None
    others: int
    version: int
    helper: int = 0
    may_join_by_ring: bool = False
    asked_from: datetime | None = None  # from when on they are asked whether the two have finished
