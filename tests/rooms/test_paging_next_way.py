"""Which way comes next: every path, without a database, a carrier or a second of waiting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.paging.facts import AttemptState, Outcome, StandingState, Then
from stepitup.paging.next_way import NO_ANSWER_AFTER, PAUSES, NextWay, Send, Tried, first_ways, next_way, not_arrived

NOW = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)
RESERVE, WAITING, HANDED_OVER, FAILED = (
    AttemptState.RESERVE,
    AttemptState.WAITING,
    AttemptState.HANDED_OVER,
    AttemptState.FAILED,
)
OK = Outcome.handed_over("42")
BUSY = Outcome.next_way("busy")
HICCUP = Outcome.try_again("code 451")
GONE = Outcome.unreachable("no such mailbox")


def ways(*states: AttemptState) -> list[Tried]:
    """Ways in these states; one that waits has been due since this moment."""
    return [Tried(place, state, due=NOW if state is WAITING else None) for place, state in enumerate(states)]


def test_a_page_begins_with_two_ways_at_once() -> None:
    assert first_ways(4, NOW) == (Send(0, NOW), Send(1, NOW))


def test_a_helper_with_one_way_is_paged_by_it() -> None:
    assert first_ways(1, NOW) == (Send(0, NOW),)


def test_a_way_that_nobody_confirms_is_never_all_that_goes() -> None:
    assert first_ways(3, NOW, courtesies=[0, 1]) == (Send(0, NOW), Send(1, NOW), Send(2, NOW))
    assert first_ways(3, NOW, courtesies=[0]) == (Send(0, NOW), Send(1, NOW))
    assert first_ways(2, NOW, courtesies=[0, 1]) == (Send(0, NOW), Send(1, NOW)), "there is nothing else"


@pytest.mark.parametrize("outcome", [BUSY, GONE])
def test_a_way_that_fails_gives_its_place_to_the_next_at_once(outcome: Outcome) -> None:
    assert next_way(ways(WAITING, WAITING, RESERVE), 0, outcome, NOW) == NextWay(FAILED, send=(Send(2, NOW),))


def test_two_ways_that_fail_bring_two_others() -> None:
    first = next_way(ways(WAITING, WAITING, RESERVE, RESERVE), 0, BUSY, NOW)
    second = next_way(ways(FAILED, WAITING, WAITING, RESERVE), 1, BUSY, NOW)
    assert (first.send, second.send) == ((Send(2, NOW),), (Send(3, NOW),))


def test_a_hiccup_is_tried_again_by_the_same_way_in_two_seconds() -> None:
    decided = next_way(ways(WAITING, WAITING, RESERVE), 0, HICCUP, NOW)
    assert decided == NextWay(WAITING, send=(Send(0, NOW + timedelta(seconds=2)),))


@pytest.mark.parametrize(("asked", "waits"), [(1, 2), (9, 9)])
def test_a_carrier_that_asks_for_a_longer_pause_has_it_and_none_shortens_ours(asked: int, waits: int) -> None:
    hiccup = Outcome(then=Then.TRY_AGAIN, why="code 429", after=timedelta(seconds=asked))
    assert next_way(ways(WAITING), 0, hiccup, NOW).send == (Send(0, NOW + timedelta(seconds=waits)),)


def test_after_three_tries_the_next_way_has_waited_long_enough() -> None:
    tired = [replace(ways(WAITING)[0], failures=len(PAUSES)), *ways(WAITING, RESERVE, RESERVE)[1:]]
    assert next_way(tired, 0, HICCUP, NOW) == NextWay(FAILED, send=(Send(1, NOW),))


def test_a_minute_without_an_answer_brings_one_more_way() -> None:
    decided = next_way(ways(WAITING, WAITING, RESERVE), 0, OK, NOW)
    assert decided == NextWay(HANDED_OVER, send=(Send(2, NOW + NO_ANSWER_AFTER),))


def test_the_second_way_that_is_handed_over_does_not_bring_another_minute() -> None:
    set_for_later = [*ways(HANDED_OVER, WAITING), Tried(2, WAITING, due=NOW + NO_ANSWER_AFTER), Tried(3, RESERVE)]
    assert next_way(set_for_later, 1, OK, NOW) == NextWay(HANDED_OVER)


def test_a_way_set_for_later_comes_at_once_when_another_fails() -> None:
    set_for_later = [*ways(HANDED_OVER, WAITING), Tried(2, WAITING, due=NOW + NO_ANSWER_AFTER)]
    assert next_way(set_for_later, 1, BUSY, NOW) == NextWay(FAILED, send=(Send(2, NOW),))


def test_when_the_only_way_fails_the_page_fell_through() -> None:
    assert next_way(ways(WAITING), 0, BUSY, NOW) == NextWay(FAILED, standing=StandingState.FELL_THROUGH)


def test_a_way_that_was_dropped_keeps_no_page_from_falling_through() -> None:
    assert next_way(ways(WAITING, AttemptState.DROPPED), 0, BUSY, NOW).standing is StandingState.FELL_THROUGH


def test_of_the_only_way_it_is_said_afterwards_that_it_did_not_arrive() -> None:
    assert not_arrived(ways(HANDED_OVER), 0, NOW) == NextWay(FAILED, standing=StandingState.FELL_THROUGH)


def test_a_page_that_one_carrier_has_did_not_fall_through() -> None:
    assert next_way(ways(HANDED_OVER, WAITING), 1, BUSY, NOW).standing is StandingState.UNDER_WAY


def test_a_page_with_another_way_still_under_way_did_not_fall_through() -> None:
    assert next_way(ways(WAITING, WAITING), 0, BUSY, NOW).standing is StandingState.UNDER_WAY


def test_a_worker_that_was_overtaken_and_reports_failure_changes_nothing() -> None:
    assert next_way(ways(HANDED_OVER, FAILED, RESERVE), 0, BUSY, NOW) == NextWay(HANDED_OVER)


def test_a_worker_that_was_overtaken_and_reports_success_is_believed() -> None:
    assert next_way(ways(FAILED, HANDED_OVER, RESERVE), 0, OK, NOW) == NextWay(HANDED_OVER)


# What must always be true: a page with any ways, carriers that do anything, in any order.

OUTCOMES = st.sampled_from([OK, BUSY, HICCUP, GONE])


class Walk:
    """One page on its way, with carriers that do as they are told."""

    def __init__(self, how_many: int) -> None:
        self.now = NOW
        self.ways = [Tried(place, RESERVE) for place in range(how_many)]
        self.sent: list[Send] = []
        self.standing = StandingState.UNDER_WAY
        self.arm(first_ways(how_many, NOW))

    def arm(self, sends: tuple[Send, ...]) -> None:
        for send in sends:
            self.ways[send.position] = replace(self.ways[send.position], state=WAITING, due=send.at)
            self.sent.append(send)

    def next_due(self) -> Tried | None:
        waiting = [way for way in self.ways if way.state is WAITING]
        return min(waiting, key=lambda way: (way.due or NOW, way.position), default=None)

    def go_on(self, outcome: Outcome) -> NextWay | None:
        way = self.next_due()
        if way is None:
            return None
        self.now = max(self.now, way.due or self.now)
        decided = next_way(self.ways, way.position, outcome, self.now)
        failures = way.failures + (outcome.then is not None)
        self.ways[way.position] = replace(way, state=decided.becomes, failures=failures)
        self.arm(decided.send)
        self.standing = decided.standing
        return decided


@given(st.integers(1, 6), st.lists(OUTCOMES, min_size=40, max_size=40))
def test_a_page_always_has_a_try_ahead_or_a_carrier_that_has_it_or_has_said_that_it_fell_through(
    how_many: int, outcomes: list[Outcome]
) -> None:
    walk = Walk(how_many)
    for outcome in outcomes:
        walk.go_on(outcome)
        ahead = walk.next_due() is not None
        held = any(way.state is HANDED_OVER for way in walk.ways)
        assert (ahead or held) == (walk.standing is StandingState.UNDER_WAY)


@given(st.integers(1, 6), st.lists(OUTCOMES, min_size=40, max_size=40))
def test_every_way_is_tried_in_the_end_and_none_more_than_three_times(how_many: int, outcomes: list[Outcome]) -> None:
    walk = Walk(how_many)
    for outcome in outcomes:
        walk.go_on(outcome)
    assert walk.next_due() is None, "an unanswered page comes to rest"
    assert {way.state for way in walk.ways} <= {HANDED_OVER, FAILED}, "no way was forgotten"
    assert all(way.failures <= 1 + len(PAUSES) for way in walk.ways)


@given(st.integers(2, 6), st.lists(OUTCOMES, min_size=40, max_size=40))
def test_a_failure_never_costs_more_than_a_moment(how_many: int, outcomes: list[Outcome]) -> None:
    walk = Walk(how_many)
    for outcome in outcomes:
        unbegun = any(not way.has_begun(walk.now) for way in walk.ways)
        decided = walk.go_on(outcome)
        if decided and decided.becomes is FAILED and unbegun:
            assert decided.send or walk.next_due() is None
            assert all(send.at == walk.now for send in decided.send)


@given(st.integers(1, 6), st.lists(OUTCOMES, min_size=40, max_size=40))
def test_silence_brings_one_more_way_a_minute_and_not_two(how_many: int, outcomes: list[Outcome]) -> None:
    walk = Walk(how_many)
    for outcome in outcomes:
        walk.go_on(outcome)
        for_later = [way for way in walk.ways if way.state is WAITING and not way.has_begun(walk.now)]
        assert len(for_later) <= 1
