"""Any night at all: whatever people press and in whatever order, a call never ends in silence and has one winner."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stepitup.calls import changes, timing
from stepitup.calls.errors import CallTrouble
from stepitup.calls.life import CallState, Candidate, Ending, Seat
from stepitup.calls.plan import plan_for
from stepitup.ground.vocabulary import WANTS, Kind
from tests.rooms.calls_life import CHAPLAIN, CLINICIAN, COORDINATOR, PEER, Night

pytestmark = pytest.mark.only_on("sqlite")

KINDS = st.sampled_from([{PEER}, {PEER}, {PEER, COORDINATOR}, {CHAPLAIN}, {CLINICIAN}, {COORDINATOR}])
TEAMS = st.lists(KINDS, max_size=12).map(
    lambda kinds: [Candidate(number, frozenset(some)) for number, some in enumerate(kinds, start=1)]
)
CHANCE = st.integers(0, 99)


class AnyNight(RuleBasedStateMachine):
    """Rosa, a team of any size, and verbs in any order; what must be true is asked after each."""

    @initialize(team=TEAMS, wants=st.sampled_from([None, *WANTS]))
    def rosa_presses(self, team: list[Candidate], wants: str | None) -> None:
        self.night = Night(team).press(plan_for(wants))
        self.refused: set[int] = set()
        self.asked_by_then: Counter[int] = Counter()

    # --- what people do --------------------------------------------------------------------------------------------

    @rule(seconds=st.integers(1, 400))
    def time_passes(self, seconds: int) -> None:
        self.night.passes(seconds=seconds)

    @rule(hours=st.integers(1, 13))
    def the_host_sleeps(self, hours: int) -> None:
        self.night.passes(minutes=60 * hours)
        self.night.life = changes.expire(self.night.life, self.night.now)

    @rule(seconds=st.integers(1, 7200))
    def the_clock_is_put_back(self, seconds: int) -> None:
        self.night.now -= timedelta(seconds=seconds)
        self.night.life = changes.mend(self.night.life, self.night.now)
        self.night.passes()

    @rule(who=CHANCE)
    def a_helper_says_yes(self, who: int) -> None:
        self._tries(lambda: self.night.yes(self._anybody_ever_asked(who)))

    @rule(who=CHANCE)
    def a_helper_says_no(self, who: int) -> None:
        number = self._anybody_ever_asked(who)
        if number in self.night.asked:
            self._is_refused(number)
        self._tries(lambda: self.night.no(number))

    @rule(who=CHANCE)
    def a_helper_cannot_be_reached(self, who: int) -> None:
        self._tries(lambda: self.night.cannot_be_reached(self._anybody_ever_asked(who)))

    @rule(which=CHANCE)
    def two_are_in_contact(self, which: int) -> None:
        self._on_a_seat(which, self.night.joins)

    @rule(which=CHANCE)
    def a_helper_has_finished(self, which: int) -> None:
        self._on_a_seat(which, self.night.finishes)

    @rule(which=CHANCE)
    def a_helper_hands_back(self, which: int) -> None:
        def hands_back(seat: Seat) -> None:
            self.night.hands_back(seat)
            self._is_refused(seat.helper)

        self._on_a_seat(which, hands_back)

    @rule(which=CHANCE, kind=st.sampled_from(list(Kind)[:3]), yes=st.booleans())
    def a_helper_suggests_another_kind(self, which: int, kind: Kind, yes: bool) -> None:
        self._on_a_seat(which, lambda seat: self.night.suggested_and_wanted(seat, kind, yes=yes))

    @rule()
    def rosa_steps_it_up(self) -> None:
        self._tries(self.night.step_up)

    @rule()
    def rosa_says_not_this_person(self) -> None:
        seats = self.night.life.active_seats
        self._tries(self.night.not_this_person)
        if seats:
            self._is_refused(seats[-1].helper)

    @rule(wants=st.sampled_from(WANTS))
    def rosa_says_who_comes_first(self, wants: str) -> None:
        self.night.replan(plan_for(wants))

    @rule(who=CHANCE)
    def a_never_rule_leaves_somebody_out(self, who: int) -> None:
        if not self.night.team or self.night.life.closed_at is not None:
            return
        gone = self.night.team.pop(who % len(self.night.team))
        self.night.narrow(*(one.helper for one in self.night.team))
        self._is_refused(gone.helper)
        assert gone.helper not in self.night.asked

    @rule()
    def somebody_came_free(self) -> None:
        self.night.somebody_came_free()

    @rule(kinds=KINDS)
    def somebody_comes_on_duty(self, kinds: set[Kind]) -> None:
        number = len(self.night.team) + len(self.refused) + 100 + int(self.night.now.timestamp()) % 10_000
        if all(one.helper != number for one in self.night.team) and number not in self.refused:
            self.night.team.append(Candidate(number, frozenset(kinds)))

    @precondition(lambda self: len(self.night.life.turns) > 3)
    @rule()
    def rosa_stands_down(self) -> None:
        self.night.life = changes.close(self.night.life, self.night.now, ending=Ending.STOOD_DOWN)

    # --- what must be true -----------------------------------------------------------------------------------------

    @invariant()
    def an_open_call_always_has_a_next_moment_or_a_person(self) -> None:
        life = self.night.life
        timers = dict(timing.timers_of(life))
        if life.closed_at is not None:
            assert not timers
            return
        assert life.state is not CallState.CLOSED
        assert ("expire", str(life.id)) in timers
        assert life.active_seats or life.searching
        for turn in life.turns:
            kind = {CallState.WAITING: timing.STEP, CallState.ACKNOWLEDGED: timing.JOIN}.get(turn.state)
            if kind is not None:
                due = timers[kind, str(turn.id)]
                assert due - self.night.now <= turn.plan.longest_wait

    @invariant()
    def a_search_has_pages_out_or_has_come_to_the_last_step(self) -> None:
        search = self.night.life.searching
        assert search is None or search.open_pages or search.last_step

    @invariant()
    def each_turn_has_one_winner_and_one_seat(self) -> None:
        for turn in self.night.life.turns:
            seats = [seat for seat in self.night.life.active_seats if seat.turn == turn.id]
            assert len(seats) == (turn.state in {CallState.ACKNOWLEDGED, CallState.JOINED})
            assert sum(one.state == "yours" for one in turn.asked) <= 1

    @invariant()
    def one_search_at_a_time(self) -> None:
        assert sum(turn.state is CallState.WAITING for turn in self.night.life.turns) <= 1
        assert [turn.number for turn in self.night.life.turns] == list(range(1, len(self.night.life.turns) + 1))

    @invariant()
    def nobody_is_asked_twice_at_once_nor_while_they_sit(self) -> None:
        assert len(set(self.night.asked)) == len(self.night.asked)
        assert {seat.helper for seat in self.night.life.active_seats}.isdisjoint(self.night.asked)

    @invariant()
    def whoever_was_refused_or_refused_is_never_asked_again(self) -> None:
        asked = Counter(one.helper for one in self.night.life.everyone_asked())
        assert all(asked[number] == self.asked_by_then[number] for number in self.refused)

    @invariant()
    def a_closed_call_rests(self) -> None:
        if self.night.life.closed_at is not None:
            assert not self.night.asked
            assert not self.night.life.active_seats
            assert self.night.life.searching is None

    # --- how ---------------------------------------------------------------------------------------------------------

    def _anybody_ever_asked(self, who: int) -> int:
        ever = [one.helper for one in self.night.life.everyone_asked()]
        return ever[who % len(ever)] if ever else 0

    def _is_refused(self, number: int) -> None:
        asked = Counter(one.helper for one in self.night.life.everyone_asked())
        if number not in self.refused:
            self.refused.add(number)
            self.asked_by_then[number] = asked[number]

    def _on_a_seat(self, which: int, what: Callable[[Seat], None]) -> None:
        seats = self.night.life.seats
        if seats:
            self._tries(lambda: what(seats[which % len(seats)]))

    def _tries(self, verb: Callable[[], object]) -> None:
        """Whoever presses something that is over is told so; nothing else may happen."""
        before = self.night.life
        try:
            verb()
        except (CallTrouble, IndexError, StopIteration):
            assert self.night.life == before


AnyNight.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestAnyNight = AnyNight.TestCase
