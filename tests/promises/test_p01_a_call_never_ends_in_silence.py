"""P1: whatever happens to a call: a page waits, a next step is coming, a person is there, or it is over.

Lives are made up by dice: any plan, any verb, any moment, any helpers free. The simulation tries the same through the
watch and the carriers; here each life is cheap, so that a slip in the rules is found before it is committed.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepitup.calls import changes, timing
from stepitup.calls.errors import CallTrouble
from stepitup.calls.life import CallState, Candidate, Ending, Life, TurnKind
from stepitup.calls.plan import hand_off_plan, plan_for
from stepitup.ground.vocabulary import WANTS, Kind

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

START = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
HELPERS = [Candidate(number, frozenset({kind})) for number, kind in enumerate([*Kind] * 3)]

# What every verb that may page somebody is handed: who is free, and fresh ids.
Known = dict[str, Any]
Event = tuple[int, int, int]
events = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 2**12 - 1), st.integers(0, 20)), max_size=30)


class Dice:
    """A life under way, changed by whatever the dice say."""

    def __init__(self, wants: str | None) -> None:
        self.now = START
        self._ids = 0
        self._free = HELPERS
        self.life = Life(id=self.id(), opened_at=START)
        self.plan = plan_for(wants)

    def id(self) -> UUID:
        self._ids += 1
        return UUID(int=self._ids)

    def free(self) -> Sequence[Candidate]:
        return self._free

    def roll(self, verb: int, free: int, minutes: int) -> None:
        """Let time pass, let some helpers be free, do one of the verbs."""
        self._free = [one for one in HELPERS if free & 1 << one.helper]
        self.now += timedelta(minutes=minutes, seconds=free % 60)
        known: Known = {"free": self.free, "new_id": self.id}
        try:
            self.life = self._verbs(minutes)[verb](known)
        except CallTrouble:
            return  # refused: nothing has changed

    def _verbs(self, pick: int) -> list[Callable[[Known], Life]]:
        life, now = self.life, self.now
        turn = life.turns[pick % len(life.turns)]
        pages = list(life.everyone_asked())
        page = pages[pick % len(pages)] if pages else None
        seats = life.seats
        seat = seats[pick % len(seats)] if seats else None
        same: Callable[[Known], Life] = lambda _known: life  # noqa: E731  a verb that has no object
        return [
            lambda known: changes.escalate(life, turn.id, now, **known),
            lambda known: changes.nobody_joined(life, turn.id, now, **known),
            lambda known: changes.fill(life, turn.id, now, **known),
            lambda known: changes.step_up(life, now, **known),
            lambda known: changes.replan(life, plan_for(WANTS[pick % 4]), now, **known),
            lambda known: changes.narrow(life, range(pick), now, **known),
            lambda known: changes.not_this_person(life, now, **known),
            lambda known: changes.answer_suggestion(life, now, yes=pick % 2 == 0, **known),
            lambda _known: changes.limits_were_read(life, now),
            lambda _known: changes.expire(life, now),
            (lambda _k: changes.acknowledge(life, page.page, now, seat_id=self.id(), kind=page.kind)) if page else same,
            (lambda known: changes.decline(life, page.page, now, **known)) if page else same,
            (lambda known: changes.fell_through(life, page.page, now, **known)) if page else same,
            (lambda _known: changes.joined(life, seat, now)) if seat else same,
            (lambda known: changes.hand_back(life, seat, now, **known)) if seat else same,
            (lambda known: changes.finish(life, seat, now, **known)) if seat else same,
        ]


def silent(life: Life) -> list[str]:
    """Why this life has fallen silent; empty while it has not."""
    armed = dict(timing.timers_of(life))
    if life.closed_at is not None:
        return ["a closed call has timers"] if armed else []
    why = [] if (timing.EXPIRE, str(life.id)) in armed else ["it has no end"]
    if not life.active_seats and life.searching is None:
        why.append("nobody is there and nobody is looked for")
    for turn in life.turns:
        wanted = {CallState.WAITING: timing.STEP, CallState.ACKNOWLEDGED: timing.JOIN}.get(turn.state)
        if wanted and (wanted, str(turn.id)) not in armed:
            why.append(f"a turn that is {turn.state} has no next moment")
        if turn.state in {CallState.ACKNOWLEDGED, CallState.JOINED} and turn.id not in _turns_with_somebody(life):
            why.append(f"a turn that is {turn.state} has nobody")
        if turn.state is CallState.WAITING and not turn.open_pages and not (turn.hungry or turn.last_step):
            why.append("a search has no page out and does not ask whoever comes free")
    return why


def _turns_with_somebody(life: Life) -> set[UUID]:
    return {seat.turn for seat in life.active_seats}


@settings(max_examples=300, deadline=None)
@given(wants=st.sampled_from([None, *WANTS]), first=st.integers(0, 2**12 - 1), rolled=events)
def test_no_roll_of_the_dice_leaves_a_call_in_silence(wants: str | None, first: int, rolled: list[Event]) -> None:
    dice = Dice(wants)
    dice.life = changes.begin(
        dice.life, dice.plan, START, kind=TurnKind.FIRST, free=lambda: HELPERS[: first % 12], new_id=dice.id
    )
    assert silent(dice.life) == []
    for event in rolled:
        dice.roll(*event)
        assert silent(dice.life) == [], dice.life


@settings(max_examples=100, deadline=None)
@given(wants=st.sampled_from([None, *WANTS]), minutes=st.integers(0, 600))
def test_with_nobody_at_all_the_next_try_is_always_minutes_away(wants: str | None, minutes: int) -> None:
    dice = Dice(wants)
    life = changes.begin(dice.life, dice.plan, START, kind=TurnKind.FIRST, free=list, new_id=dice.id)
    now = START + timedelta(minutes=minutes)
    while (turn := life.searching) is not None and turn.next_at is not None and turn.next_at <= now:
        life = changes.escalate(life, turn.id, turn.next_at, free=list, new_id=dice.id)
    assert life.searching is not None
    assert life.searching.last_step
    assert life.searching.next_at is not None
    assert now < life.searching.next_at <= now + dice.plan.repeat_every


@pytest.mark.parametrize("kind", [Kind.CHAPLAIN, Kind.CLINICIAN])
def test_a_hand_off_that_finds_nobody_goes_on_trying_too(kind: Kind) -> None:
    dice = Dice(None)
    life = changes.begin(
        dice.life, hand_off_plan(kind, plan_for(None)), START, kind=TurnKind.HAND_OFF, free=list, new_id=dice.id
    )
    assert silent(life) == []


def test_once_it_is_over_no_timer_is_left() -> None:
    dice = Dice(None)
    life = changes.begin(dice.life, dice.plan, START, kind=TurnKind.FIRST, free=dice.free, new_id=dice.id)
    closed = changes.close(life, START, ending=Ending.STOOD_DOWN)
    assert dict(timing.timers_of(closed)) == {}
    assert not [one for one in closed.everyone_asked() if one.state.value == "open"]
