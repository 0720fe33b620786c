"""A call's life as plain values: what the rules read and what they give back. No database, no clock.

    Life ── turns ── asked (one entry a page)
      └──── seats

Who was asked and what they answered is kept for the length of the call; who the caller is, never.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from stepitup.calls.plan import Plan
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState


class CallState(StrEnum):
    """Where a call stands."""

    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    JOINED = "joined"
    CLOSED = "closed"


class TurnKind(StrEnum):
    """Why a turn was opened."""

    FIRST = "first"
    REOPENED = "reopened"
    HAND_OFF = "hand_off"


class SeatState(StrEnum):
    """Whether a helper is with the caller, and how it ended."""

    ACTIVE = "active"
    FINISHED = "finished"
    HANDED_BACK = "handed_back"
    REFUSED = "refused"  # the caller said "not this person"; no reason is asked
    NOT_JOINED = "not_joined"
    RANG_OFF = "rang_off"  # whoever can only be rung left the line, and did not say how it goes on


class Ending(StrEnum):
    """How a call ended."""

    STOOD_DOWN = "stood_down"
    FINISHED = "finished"
    NOT_A_CALL = "not_a_call"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Candidate:
    """A helper who is fit, free and allowed for this call, as which kinds. Candidates come best first."""

    helper: int
    kinds: frozenset[Kind]


@dataclass(frozen=True)
class Asked:
    """One page of one turn: who was asked, as which kind, at which step, and what became of it."""

    page: UUID
    helper: int
    kind: Kind
    step: int
    state: PageState = PageState.OPEN


@dataclass(frozen=True)
class Turn:
    """One search for one helper. Pages, timers and the winner belong to it."""

    id: UUID
    number: int
    kind: TurnKind
    plan: Plan
    opened_at: datetime
    state: CallState = CallState.WAITING
    step: int = -1
    next_at: datetime | None = None  # the next step while waiting; the time to join by while acknowledged
    last_step: bool = False
    hungry: bool = False  # fewer were free than the step wanted: whoever comes free is asked
    asked: tuple[Asked, ...] = ()

    @property
    def open_pages(self) -> tuple[Asked, ...]:
        """The pages that can still be answered."""
        return tuple(one for one in self.asked if one.state is PageState.OPEN)

    @property
    def paged(self) -> dict[int, Kind]:
        """Who was paged, as which kind: people, not pages, for on the last step the same are asked again and again."""
        return {one.helper: one.kind for one in self.asked if one.state is not PageState.OVER}

    @property
    def not_reached(self) -> frozenset[int]:
        """Whom no way reached: what was to be their page fell through each time."""
        return frozenset(one.helper for one in self.asked) - self.paged.keys()


@dataclass(frozen=True)
class Seat:
    """A helper who took the call, as the kind they sit as."""

    id: UUID
    turn: UUID
    page: UUID
    helper: int
    kind: Kind
    opened_at: datetime
    state: SeatState = SeatState.ACTIVE
    joined_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Life:
    """One call for backup, whole."""

    id: UUID
    opened_at: datetime
    turns: tuple[Turn, ...] = ()
    seats: tuple[Seat, ...] = ()
    closed_at: datetime | None = None
    ending: Ending | None = None
    suggested: Kind | None = None  # a helper suggests a further kind of backup; the caller has not answered yet

    @property
    def state(self) -> CallState:
        """The call is where its best turn is: a search beside a helper who stays leaves it joined."""
        reached = {turn.state for turn in self.turns}
        for state in (CallState.JOINED, CallState.ACKNOWLEDGED, CallState.WAITING):
            if state in reached:
                return state
        return CallState.CLOSED

    @property
    def searching(self) -> Turn | None:
        """The turn that is looking for somebody now, if one is."""
        return next((turn for turn in reversed(self.turns) if turn.state is CallState.WAITING), None)

    @property
    def active_seats(self) -> tuple[Seat, ...]:
        """Who is with the caller now."""
        return tuple(seat for seat in self.seats if seat.state is SeatState.ACTIVE)

    @property
    def left(self) -> Seat | None:
        """The seat of whoever left the caller alone last; None while somebody is there, or before anybody was."""
        ended = [seat for seat in self.seats if seat.ended_at is not None]
        return None if self.active_seats else max(ended, key=lambda seat: seat.ended_at or seat.opened_at, default=None)

    @property
    def refused(self) -> frozenset[int]:
        """Helpers who are not asked again for this call: they said no, handed back, or the caller said not this one."""
        said_no = {one.helper for one in self.everyone_asked() if one.state is PageState.DECLINED}
        left = {seat.helper for seat in self.seats if seat.state in {SeatState.HANDED_BACK, SeatState.REFUSED}}
        return frozenset(said_no | left)

    def everyone_asked(self) -> Iterator[Asked]:
        """Every page of every turn."""
        for turn in self.turns:
            yield from turn.asked

    def turn_of_page(self, page: UUID) -> Turn | None:
        """The turn to which a page belongs."""
        return next((turn for turn in self.turns if any(one.page == page for one in turn.asked)), None)

    def turn(self, wanted: UUID) -> Turn:
        """The turn with this id."""
        return next(turn for turn in self.turns if turn.id == wanted)

    def with_turn(self, changed: Turn) -> "Life":
        """The same life with one turn changed or added."""
        if all(turn.id != changed.id for turn in self.turns):
            return replace(self, turns=(*self.turns, changed))
        return replace(self, turns=tuple(changed if turn.id == changed.id else turn for turn in self.turns))

    def with_seat(self, changed: Seat) -> "Life":
        """The same life with one seat changed or added."""
        if all(seat.id != changed.id for seat in self.seats):
            return replace(self, seats=(*self.seats, changed))
        return replace(self, seats=tuple(changed if seat.id == changed.id else seat for seat in self.seats))
