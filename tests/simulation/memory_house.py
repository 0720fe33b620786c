"""The engine against memory: the same pure functions as the real rooms, and dictionaries where they have tables."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from stepitup.calls import changes, timing
from stepitup.calls.errors import CallIsOver, NobodyToRefuse, PageTrouble, SeatIsOver
from stepitup.calls.life import CallState, Candidate, Ending, Life, SeatState, TurnKind
from stepitup.calls.plan import SITTING, plan_for
from stepitup.ground.clock import HandClock
from stepitup.paging.facts import AttemptState, Outcome, PageState, StandingState
from stepitup.paging.next_way import Tried, first_ways, next_way
from tests.simulation.carriers import Carriers
from tests.simulation.house import LEASE, MENDS_EVERY, Brought, SimHelper, Weather

_EXPECTED = (PageTrouble, CallIsOver, NobodyToRefuse, SeatIsOver)
Change = Callable[[Life, datetime, changes.Free], Life]


@dataclass
class Attempt:
    """One way of one round of a page."""

    page: UUID
    helper: int
    carrier: str
    position: int
    round: int
    key: str
    state: AttemptState
    due: datetime | None
    failures: int = 0
    unreachable: bool = False


@dataclass
class MemoryHouse:
    """A house without a disk. A change is either wholly kept or not at all, as a transaction is."""

    helpers: dict[int, SimHelper]
    clock: HandClock
    weather: Weather
    chance: Random
    carriers: Carriers
    _lives: dict[UUID, Life] = field(default_factory=dict)
    _opened: dict[str, UUID] = field(default_factory=dict)
    _timers: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _leased: set[tuple[str, str]] = field(default_factory=set)
    _attempts: dict[str, Attempt] = field(default_factory=dict)
    _of_page: dict[UUID, list[Attempt]] = field(default_factory=dict)
    _pressed: dict[UUID, str] = field(default_factory=dict)
    _call_of: dict[UUID, UUID] = field(default_factory=dict)  # of each turn, page and seat
    _mended_at: datetime | None = None

    @property
    def dangers(self) -> int:
        return 4

    @contextmanager
    def night(self) -> Iterator[None]:
        yield

    def number_of(self, helper: int) -> int:
        return helper

    def press(self, key: str) -> UUID:
        if key in self._opened:
            return self._opened[key]
        self.weather.dangerous_instant()
        now = self.clock.now()
        nothing = Life(id=self._new_id(), opened_at=now)
        begun = changes.begin(nothing, plan_for(None), now, kind=TurnKind.FIRST, free=self._free, new_id=self._new_id)
        self._opened[key] = nothing.id
        self._keep(nothing, begun)
        self.weather.dangerous_instant()
        return nothing.id

    def acknowledge(self, page: UUID, press: str) -> UUID | None:
        life = self._life_of_page(page)
        mine = next((seat for seat in life.seats if seat.page == page), None) if life else None
        if life is None or mine is not None:
            return mine.id if mine and self._pressed.get(mine.id) == press else None
        asked = next(one for one in life.everyone_asked() if one.page == page)
        helper, seat = self.helpers[asked.helper], self._new_id()
        kind = next((kind for kind in (asked.kind, *SITTING) if kind in SITTING and kind in helper.kinds), None)
        sits = any(one.helper == helper.id for other in self._lives.values() for one in other.active_seats)
        if kind is None or not helper.fit or sits:
            return None
        self._pressed[seat] = press
        after = self._change(
            life.id, lambda life, now, _free: changes.acknowledge(life, page, now, seat_id=seat, kind=kind)
        )
        return seat if after is not None else None

    def decline(self, page: UUID) -> None:
        self._on_page(page, changes.decline)

    def joined(self, seat: UUID) -> None:
        self._on_seat(seat, lambda life, mine, now, _free: changes.joined(life, mine, now))

    def hand_back(self, seat: UUID) -> None:
        self._on_seat(
            seat, lambda life, mine, now, free: changes.hand_back(life, mine, now, free=free, new_id=self._new_id)
        )

    def finished(self, seat: UUID) -> None:
        self._on_seat(
            seat, lambda life, mine, now, free: changes.finish(life, mine, now, free=free, new_id=self._new_id)
        )

    def not_a_call(self, seat: UUID) -> None:
        self._on_seat(
            seat,
            lambda life, mine, now, _free: (
                changes.close(life, now, ending=Ending.NOT_A_CALL) if mine.state is SeatState.ACTIVE else life
            ),
        )

    def step_up(self, call: UUID) -> None:
        self._change(call, lambda life, now, free: changes.step_up(life, now, free=free, new_id=self._new_id))

    def not_this_person(self, call: UUID) -> None:
        self._change(call, lambda life, now, free: changes.not_this_person(life, now, free=free, new_id=self._new_id))

    def stand_down(self, call: UUID) -> None:
        self._change(call, lambda life, now, _free: changes.close(life, now, ending=Ending.STOOD_DOWN))

    def suspend(self, helper: int) -> None:
        allowed = frozenset(self.helpers) - {helper}
        for call in list(self._lives):
            self._change(
                call, lambda life, now, free: changes.narrow(life, allowed, now, free=free, new_id=self._new_id)
            )

    def lapse(self, helper: int) -> None:
        """The driver has noted it, and nothing else happens."""

    def watch(self) -> None:
        self._mend_now_and_then()
        for _ in range(300):
            now = self.clock.now()
            at, timer = min(((at, timer) for timer, at in self._timers.items()), default=(now, None))
            if timer is None or at > now:
                return
            self._timers[timer] = now + LEASE  # a claim is a write of its own
            self._leased.add(timer)
            self.weather.dangerous_instant()
            self._do(timer, now)
        raise AssertionError("the watch turns in circles")

    def restart(self) -> None:
        self.weather.crash_in = None

    def lives(self) -> Collection[Life]:
        return self._lives.values()

    def timers(self) -> Mapping[tuple[str, str], datetime]:
        return self._timers

    def on_its_way(self, page: UUID, *, armed: Collection[str]) -> bool:
        return any(
            attempt.state is AttemptState.HANDED_OVER
            or (attempt.state is AttemptState.WAITING and attempt.key in armed)
            for attempt in self._of_page.get(page, ())
        )

    def phones(self) -> list[Brought]:
        return self.carriers.brought

    # --- the watch -------------------------------------------------------------------------------------------------

    def _mend_now_and_then(self) -> None:
        """Twice a minute, as the watch does, and whenever the clock was put back."""
        now = self.clock.now()
        if self._mended_at is None or abs(now - self._mended_at) >= MENDS_EVERY or now < self._mended_at:
            self._mend(now)
            self._mended_at = now

    def _mend(self, now: datetime) -> None:
        far = now + timedelta(minutes=2)
        self._arm({timer: now for timer, at in self._timers.items() if at > far and timer[0] == "attempt"})
        for call, life in list(self._lives.items()):
            if life.closed_at is None:
                self._change(call, lambda life, now, _free: changes.mend(life, now))

    def _do(self, timer: tuple[str, str], now: datetime) -> None:
        kind, subject = timer
        if kind == "attempt":
            self._send(timer, now)
            return
        verbs: dict[str, Change] = {
            timing.STEP: lambda life, now, free: changes.escalate(
                life, UUID(subject), now, free=free, new_id=self._new_id
            ),
            timing.JOIN: lambda life, now, free: changes.nobody_joined(
                life, UUID(subject), now, free=free, new_id=self._new_id
            ),
            timing.FILL: lambda life, now, free: changes.fill(life, UUID(subject), now, free=free, new_id=self._new_id),
            timing.EXPIRE: lambda life, now, _free: changes.expire(life, now),
        }
        if kind == timing.STILL_THERE:  # a notice, of which these nights know nothing
            self._done(timer)
            return
        call = UUID(subject) if kind == timing.EXPIRE else self._call_of.get(UUID(subject))
        after = self._change(call, verbs[kind])
        if kind == timing.EXPIRE and after is not None and after.closed_at is None:
            self._arm({timer: now + after.turns[0].plan.expires_after})
        self._done(timer)
        self.weather.dangerous_instant()

    def _send(self, timer: tuple[str, str], now: datetime) -> None:
        attempt = self._attempts[timer[1]]
        life = self._life_of_page(attempt.page)
        open_here = life is not None and any(
            one.page == attempt.page and one.state is PageState.OPEN for one in life.everyone_asked()
        )
        if not open_here or attempt.state is not AttemptState.WAITING:
            self._done(timer)
            return
        if not self.helpers[attempt.helper].fit:
            self._on_page(attempt.page, changes.fell_through)
            self._done(timer)
            return
        outcome = self.carriers.send(attempt.carrier, attempt.helper, attempt.page, attempt.key, now)
        self.weather.dangerous_instant()
        self._record(attempt, outcome, now)
        self._done(timer)

    def _record(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        ways = {other.position: other for other in self._of_page[attempt.page] if other.round == attempt.round}
        decided = next_way(
            [Tried(way.position, way.state, due=way.due, failures=way.failures) for way in ways.values()],
            attempt.position,
            outcome,
            now,
        )
        if decided.standing is StandingState.FELL_THROUGH:
            # First, because the house may go down in it: then nothing of this was written.
            self._on_page(attempt.page, changes.fell_through)
        attempt.state = decided.becomes
        attempt.failures += outcome.then is not None
        for send in decided.send:
            ways[send.position].state, ways[send.position].due = AttemptState.WAITING, send.at
            self._arm({("attempt", ways[send.position].key): send.at})

    def _done(self, timer: tuple[str, str]) -> None:
        """It has happened; unless it was armed anew meanwhile."""
        if timer in self._leased:
            self._leased.remove(timer)
            del self._timers[timer]

    def _arm(self, timers: Mapping[tuple[str, str], datetime]) -> None:
        self._timers |= timers
        self._leased -= timers.keys()

    def _disarm(self, timer: tuple[str, str]) -> None:
        self._timers.pop(timer, None)
        self._leased.discard(timer)

    # --- keeping ---------------------------------------------------------------------------------------------------

    def _change(self, call: UUID | None, what: Change) -> Life | None:
        if call is None:
            return None
        before = self._lives[call]
        try:
            after = what(before, self.clock.now(), self._free)
        except _EXPECTED:
            return None
        self.weather.dangerous_instant()
        self._keep(before, after)
        self.weather.dangerous_instant()
        return after

    def _keep(self, before: Life, after: Life) -> None:
        if after is before:
            return
        now = self.clock.now()
        self._lives[after.id] = after
        known = {one.page: one for one in before.everyone_asked()}
        self._call_of |= {turn.id: after.id for turn in after.turns} | {seat.id: after.id for seat in after.seats}
        for turn in after.turns:
            for one in turn.asked:
                if one.page not in known:
                    self._call_of[one.page] = after.id
                    self._write_round(one.page, one.helper, now, number=1)
                elif known[one.page].state is not one.state:
                    self._drop(one.page)
        self._repeat(before, after, now)
        had, wants = dict(timing.timers_of(before)), dict(timing.timers_of(after))
        for gone in had.keys() - wants.keys():
            self._disarm(gone)
        self._arm({timer: at for timer, at in wants.items() if had.get(timer) != at})
        if timing.somebody_came_free(before, after):
            hungry = (t for life in self._lives.values() for t in life.turns if t.hungry)
            waiting = sorted((t.opened_at, str(t.id)) for t in hungry if t.state is CallState.WAITING)
            self._arm({(timing.FILL, turn): now for _, turn in waiting[:5]})

    def _repeat(self, before: Life, after: Life, now: datetime) -> None:
        known = {turn.id: turn for turn in before.turns}
        for turn in after.turns:
            was = known.get(turn.id)
            if was is None or not turn.last_step or turn.state is not CallState.WAITING or was.next_at == turn.next_at:
                continue
            for one in was.asked:
                if one.state is PageState.OPEN and one in turn.asked:
                    rounds = [other.round for other in self._of_page.get(one.page, ())]
                    self._drop(one.page)
                    self._write_round(one.page, one.helper, now, number=max(rounds, default=0) + 1)

    def _write_round(self, page: UUID, helper: int, now: datetime, *, number: int) -> None:
        ways = self.helpers[helper].carriers
        begin = {send.position for send in first_ways(len(ways), now)}
        for position, carrier in enumerate(ways):
            key = self._new_id().hex
            state = AttemptState.WAITING if position in begin else AttemptState.RESERVE
            due = now if position in begin else None
            attempt = Attempt(page, helper, carrier, position, number, key, state, due)
            self._attempts[key] = attempt
            self._of_page.setdefault(page, []).append(attempt)
            if due:
                self._arm({("attempt", key): due})

    def _drop(self, page: UUID) -> None:
        for attempt in self._of_page.get(page, ()):
            if attempt.state in {AttemptState.WAITING, AttemptState.RESERVE}:
                attempt.state = AttemptState.DROPPED
                self._disarm(("attempt", attempt.key))

    # --- looking things up -----------------------------------------------------------------------------------------

    def _free(self) -> Sequence[Candidate]:
        return list(self._candidates())

    def _candidates(self) -> Iterator[Candidate]:
        lives = self._lives.values()
        busy = {one.helper for life in lives for turn in life.turns for one in turn.open_pages}
        busy |= {seat.helper for life in lives for seat in life.active_seats}
        for helper in self.helpers.values():
            if helper.fit and helper.id not in busy:
                yield Candidate(helper.id, helper.kinds)

    def _on_page(self, page: UUID, verb: Callable[..., Life]) -> None:
        life = self._life_of_page(page)
        if life is not None:
            self._change(life.id, lambda life, now, free: verb(life, page, now, free=free, new_id=self._new_id))

    def _on_seat(self, seat: UUID, verb: Callable[..., Life]) -> None:
        self._change(
            self._call_of[seat],
            lambda life, now, free: verb(life, next(one for one in life.seats if one.id == seat), now, free),
        )

    def _life_of_page(self, page: UUID) -> Life | None:
        call = self._call_of.get(page)
        return self._lives[call] if call else None

    def _new_id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128))
