"""Timers: each is done by one watch at a time, comes back when that watch dies, and is gone when it is done."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.timers import Claimed
from tests.rooms.side_by_side import side_by_side

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
SOON, LATER = NIGHT + timedelta(seconds=1), NIGHT + timedelta(minutes=2)
LEASE = timedelta(seconds=5)

pytestmark = pytest.mark.django_db


def claim(now: datetime, *kinds: str, holder: str = "one", limit: int = 10) -> list[Claimed]:
    return timers.claim(now, kinds=kinds or ("step",), limit=limit, lease=LEASE, holder=holder)


def subjects(claimed: Sequence[Claimed]) -> list[str]:
    return [one.subject for one in claimed]


def test_what_is_due_is_claimed_the_longest_due_first_and_the_rest_waits() -> None:
    timers.arm_many("step", [("second", NIGHT), ("first", NIGHT - LEASE), ("third", SOON), ("not yet", LATER)])
    assert subjects(claim(SOON, limit=2)) == ["first", "second"]
    assert subjects(claim(SOON)) == ["third"]
    assert claim(SOON) == []
    assert subjects(claim(LATER, holder="two"))[-1] == "not yet"


def test_what_is_armed_twice_at_once_is_due_when_it_was_said_last() -> None:
    timers.arm_each([("step", "turn", LATER), ("join", "turn", LATER), ("step", "turn", SOON)])
    assert timers.armed_for("step", "turn") == SOON
    assert timers.armed_for("join", "turn") == LATER


def test_only_the_kinds_that_were_asked_for_are_claimed() -> None:
    timers.arm_each([("step", "turn", NIGHT), ("attempt:mail", "page", NIGHT), ("expire", "call", LATER)])
    assert sorted(timers.kinds_due(NIGHT)) == ["attempt:mail", "step"]
    assert subjects(claim(NIGHT, "attempt:mail", "expire")) == ["page"]
    assert timers.kinds_due(NIGHT) == ["step"]


def test_a_claimed_timer_is_nobody_elses_until_the_lease_runs_out() -> None:
    timers.arm("step", "turn", NIGHT)
    (mine,) = claim(NIGHT, holder="one")
    assert claim(NIGHT + LEASE - timedelta(seconds=1), holder="two") == []
    (theirs,) = claim(NIGHT + LEASE, holder="two")
    assert theirs.id == mine.id
    assert theirs.due_at == NIGHT, "the lateness is measured from when it was to happen"


def test_whoever_is_still_at_it_keeps_it() -> None:
    timers.arm_many("step", [("kept", NIGHT), ("let slip", NIGHT)])
    kept, _slipped = sorted(claim(NIGHT, holder="one"), key=lambda one: one.subject)
    timers.keep(NIGHT + LEASE / 2, holder="one", ids=[kept.id], lease=LEASE)
    assert subjects(claim(NIGHT + LEASE, holder="two")) == ["let slip"]
    assert subjects(claim(NIGHT + LEASE * 1.5, holder="two")) == ["kept"]


def test_whoever_was_overtaken_can_neither_keep_nor_end_it() -> None:
    timers.arm("step", "turn", NIGHT)
    (mine,) = claim(NIGHT, holder="one")
    claim(NIGHT + LEASE, holder="two")
    timers.keep(NIGHT + LEASE, holder="one", ids=[mine.id], lease=LEASE * 100)
    timers.done(mine, holder="one")
    assert subjects(claim(NIGHT + LEASE * 2, holder="three")) == ["turn"]


def test_what_is_done_is_gone() -> None:
    timers.arm("step", "turn", NIGHT)
    (mine,) = claim(NIGHT)
    timers.done(mine, holder="one")
    assert not Timer.objects.exists()
    assert timers.next_due() is None


def test_what_was_armed_anew_meanwhile_is_not_ended_by_who_did_the_old() -> None:
    timers.arm("step", "turn", NIGHT)
    (mine,) = claim(NIGHT)
    timers.arm("step", "turn", LATER)
    timers.keep(NIGHT, holder="one", ids=[mine.id], lease=LEASE)
    timers.done(mine, holder="one")
    assert timers.armed_for("step", "turn") == LATER
    assert subjects(claim(LATER)) == ["turn"]


def test_arming_again_replaces_and_arming_what_is_missing_does_not() -> None:
    timers.arm("step", "turn", NIGHT)
    timers.arm("step", "turn", LATER)
    assert Timer.objects.count() == 1
    timers.arm_missing([("step", "turn", NIGHT), ("join", "turn", NIGHT)])
    assert timers.armed_for("step", "turn") == LATER
    assert timers.armed_for("join", "turn") == NIGHT


def test_what_is_leased_is_not_armed_away_by_the_net() -> None:
    timers.arm("step", "turn", NIGHT)
    (mine,) = claim(NIGHT)
    timers.arm_missing([("step", "turn", NIGHT)])
    timers.done(mine, holder="one")
    assert not Timer.objects.exists()


def test_what_is_disarmed_does_not_happen_and_the_rest_does() -> None:
    timers.arm_each([("step", "a", NIGHT), ("join", "a", NIGHT), ("step", "b", NIGHT), ("expire", "a", NIGHT)])
    timers.disarm(["step", "join"], ["a"])
    assert timers.armed_among(["step", "join", "expire"], ["a", "b"]) == {"a", "b"}
    timers.disarm("expire", ["a"])
    assert timers.armed_among(["step", "join", "expire"], ["a", "b"]) == {"b"}


def test_what_a_clock_put_back_has_made_too_late_is_pulled_in() -> None:
    timers.arm_each([("attempt:mail", "far", NIGHT + timedelta(hours=1)), ("attempt:mail", "near", LATER)])
    timers.arm("forget", "call", NIGHT + timedelta(days=8))
    timers.pull_in(NIGHT, prefix="attempt:", beyond=timedelta(minutes=2))
    assert subjects(claim(NIGHT, "attempt:mail", "forget")) == ["far"]


def test_a_watch_that_is_alone_takes_over_what_the_last_one_held() -> None:
    timers.arm_many("step", [("held", NIGHT), ("not yet", LATER)])
    claim(NIGHT, holder="killed")
    timers.release_all(SOON)
    assert subjects(claim(SOON, holder="new")) == ["held"]


def test_a_watch_that_stops_lets_go_of_its_own_and_of_nobody_elses() -> None:
    timers.arm("step", "mine", NIGHT)
    claim(NIGHT, holder="one")
    timers.arm("step", "theirs", NIGHT)
    claim(NIGHT, holder="two")
    timers.release(SOON, holder="one")
    assert subjects(claim(SOON, holder="three")) == ["mine"]


def test_when_to_wake_leaves_out_what_has_no_room_just_now() -> None:
    timers.arm_each([("attempt:mail", "page", NIGHT), ("step", "turn", SOON)])
    assert timers.next_due() == NIGHT
    assert timers.next_due(besides={"attempt:mail"}) == SOON
    assert timers.next_due(besides={"attempt:mail", "step"}) is None


def test_the_oldest_overdue_page_is_known_also_while_somebody_is_at_it() -> None:
    timers.arm_each([("attempt:mail", "old", NIGHT), ("attempt:text", "new", SOON), ("step", "turn", NIGHT - LEASE)])
    claim(NIGHT, "attempt:mail")
    assert timers.oldest_due(LATER, kind_prefix="attempt:") == NIGHT
    assert timers.oldest_due(NIGHT - LEASE, kind_prefix="attempt:") is None


@pytest.mark.django_db(transaction=True)
def test_watches_side_by_side_never_get_the_same_timer_and_leave_none() -> None:
    timers.arm_many("step", [(number, NIGHT) for number in range(60)])

    def takes_all(holder: str) -> list[str]:
        taken: list[str] = []
        while claimed := deed(lambda _now: claim(NIGHT, holder=holder, limit=7)):
            taken += subjects(claimed)
        return taken

    taken = side_by_side(*[lambda holder=holder: takes_all(holder) for holder in ("one", "two", "three", "four")])
    everything = [subject for share in taken if isinstance(share, list) for subject in share]
    assert sorted(everything, key=int) == [str(number) for number in range(60)]
