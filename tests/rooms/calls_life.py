"""A call's life by hand: plain values, no database. Helpers are numbers; who is free is a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from stepitup.calls import changes
from stepitup.calls.life import Asked, Candidate, Life, Seat, Turn, TurnKind
from stepitup.calls.plan import DEFAULT, Plan
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
PEER, CHAPLAIN, CLINICIAN, COORDINATOR = Kind.PEER, Kind.CHAPLAIN, Kind.CLINICIAN, Kind.COORDINATOR


def peers(*numbers: int) -> list[Candidate]:
    return [Candidate(number, frozenset({PEER})) for number in numbers]


def helper(number: int, *kinds: Kind) -> Candidate:
    return Candidate(number, frozenset(kinds))


@dataclass
class Night:
    """One call and the team around it. Whoever holds a page or sits is not free, as in the real rooms."""

    team: list[Candidate]
    now: datetime = NIGHT
    life: Life = field(default_factory=lambda: Life(id=UUID(int=0), opened_at=NIGHT))
    _ids: Iterable[int] = field(default_factory=lambda: count(1))

    def press(self, plan: Plan = DEFAULT) -> "Night":
        """Rosa presses."""
        self.life = changes.begin(self.life, plan, self.now, kind=TurnKind.FIRST, free=self.free, new_id=self.new_id)
        return self

    def passes(self, *, minutes: float = 0, seconds: float = 0) -> "Night":
        """Time passes, and every timer that is due does its work."""
        self.now += timedelta(minutes=minutes, seconds=seconds)
        for turn in self.life.turns:
            self.life = changes.escalate(self.life, turn.id, self.now, free=self.free, new_id=self.new_id)
            self.life = changes.nobody_joined(self.life, turn.id, self.now, free=self.free, new_id=self.new_id)
        return self

    def yes(self, number: int) -> Seat:
        """This helper takes the call."""
        kinds = next(one.kinds for one in self.team if one.helper == number)
        kind = next(kind for kind in (PEER, CHAPLAIN, CLINICIAN) if kind in kinds)
        page = self.page_of(number).page
        self.life = changes.acknowledge(self.life, page, self.now, seat_id=self.new_id(), kind=kind)
        return self.life.seats[-1]

    def no(self, number: int) -> None:
        """This helper says no."""
        page = self.page_of(number).page
        self.life = changes.decline(self.life, page, self.now, free=self.free, new_id=self.new_id)

    def cannot_be_reached(self, number: int) -> None:
        """No way to this helper worked."""
        page = self.page_of(number).page
        self.life = changes.fell_through(self.life, page, self.now, free=self.free, new_id=self.new_id)

    def joins(self, seat: Seat) -> None:
        """The two are in contact."""
        self.life = changes.joined(self.life, seat, self.now)

    def hands_back(self, seat: Seat) -> None:
        """The helper cannot after all."""
        self.life = changes.hand_back(self.life, seat, self.now, free=self.free, new_id=self.new_id)

    def finishes(self, seat: Seat) -> None:
        """The helper's part is done."""
        self.life = changes.finish(self.life, self.seat(seat), self.now, free=self.free, new_id=self.new_id)

    def suggested_and_wanted(self, seat: Seat, kind: Kind, *, yes: bool = True) -> None:
        """A helper suggests a further kind of backup, and the caller says whether they may come."""
        self.life = changes.suggest(self.life, self.seat(seat), kind)
        self.life = changes.answer_suggestion(self.life, self.now, yes=yes, free=self.free, new_id=self.new_id)

    def step_up(self) -> None:
        """The caller wants more."""
        self.life = changes.step_up(self.life, self.now, free=self.free, new_id=self.new_id)

    def not_this_person(self, seat: Seat | None = None) -> None:
        """The caller says no to who sits there, else to who came last."""
        whose = seat.id if seat else None
        self.life = changes.not_this_person(self.life, self.now, free=self.free, new_id=self.new_id, seat=whose)

    def replan(self, plan: Plan) -> None:
        """The caller said who comes first."""
        self.life = changes.replan(self.life, plan, self.now, free=self.free, new_id=self.new_id)

    def narrow(self, *allowed: int) -> None:
        """A never-rule leaves only these."""
        self.life = changes.narrow(self.life, allowed, self.now, free=self.free, new_id=self.new_id)

    def somebody_came_free(self) -> None:
        """Every search looks whether it lacks people."""
        for turn in self.life.turns:
            self.life = changes.fill(self.life, turn.id, self.now, free=self.free, new_id=self.new_id)

    # --- looking ---------------------------------------------------------------------------------------------------

    @property
    def turn(self) -> Turn:
        """The newest turn."""
        return self.life.turns[-1]

    @property
    def asked(self) -> list[int]:
        """Who holds a page that can be answered."""
        return [one.helper for turn in self.life.turns for one in turn.open_pages]

    def asked_as(self, number: int) -> Kind:
        """As which kind this helper was asked last."""
        return self.page_of(number).kind

    def page_of(self, number: int) -> Asked:
        """The newest page to this helper."""
        return [one for one in self.life.everyone_asked() if one.helper == number][-1]

    def page_state(self, number: int) -> PageState:
        """What became of it."""
        return self.page_of(number).state

    def seat(self, seat: Seat) -> Seat:
        """The seat as it stands now."""
        return next(one for one in self.life.seats if one.id == seat.id)

    def free(self) -> list[Candidate]:
        """Whoever neither holds a page nor sits."""
        busy = {*self.asked, *(seat.helper for seat in self.life.active_seats)}
        return [one for one in self.team if one.helper not in busy]

    def new_id(self) -> UUID:
        """Ids in order."""
        return UUID(int=next(iter(self._ids)))
