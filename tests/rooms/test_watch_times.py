"""The watch’s own times, which other tests shorten: each leaves room for the next, and what was lost comes soon."""

from datetime import timedelta

import pytest

from stepitup.ground import heart
from stepitup.paging.next_way import AT_ONCE, NO_ANSWER_AFTER, PAUSES
from stepitup.site import hub
from stepitup.watch import line, loop

pytestmark = pytest.mark.only_on("sqlite")


def test_what_a_killed_watch_held_is_taken_over_within_ten_seconds() -> None:
    assert loop.LEASE.total_seconds() + loop._LOOK_AGAIN_AFTER <= 10


def test_a_lease_is_renewed_twice_before_it_ends() -> None:
    assert loop.LEASE.total_seconds() >= 2 * loop._RENEW_EVERY + loop._LOOK_AGAIN_AFTER


def test_a_heart_beats_several_times_before_it_is_held_for_dead() -> None:
    assert timedelta(seconds=10) == heart.DEAD_AFTER
    assert heart.DEAD_AFTER.total_seconds() >= 5 * (loop._BEAT_EVERY + loop._LOOK_AGAIN_AFTER)


def test_what_nobody_rang_for_is_found_within_two_seconds_and_what_was_dropped_within_a_minute() -> None:
    assert loop._LOOK_AGAIN_AFTER <= 2
    assert loop._MEND_EVERY <= 60


def test_a_screen_that_missed_a_ring_hears_of_it_within_two_seconds() -> None:
    assert 1 <= hub.LOOK_AGAIN_AFTER <= 2


def test_a_runner_that_overstays_its_carriers_limit_is_written_off_in_seconds() -> None:
    assert line._GRACE <= 10


def test_the_first_page_goes_two_ways_and_silence_brings_the_third_after_a_minute() -> None:
    assert AT_ONCE == 2
    assert timedelta(minutes=1) == NO_ANSWER_AFTER
    assert sum(PAUSES, timedelta()) <= timedelta(seconds=10), "a hiccup is over in seconds"
