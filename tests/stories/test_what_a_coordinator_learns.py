"""What a coordinator learns of the nights: that somebody was missing, by the week, and never when or for whom."""

from datetime import date

from stepitup.tally.models import WeekCount
from tests.stories.night import Night
from tests.stories.people import Rosa


def test_a_step_that_nobody_answered_is_counted_when_the_call_closes_and_not_before(night: Night, rosa: Rosa) -> None:
    night.crowd(9)
    rosa.presses()
    night.passes(minutes=3)
    assert not WeekCount.objects.exists()
    rosa.stands_down()
    assert [(row.monday, row.how_many) for row in WeekCount.objects.all()] == [(date(2026, 3, 2), 1)]


def test_a_call_that_the_first_three_answered_leaves_nothing_behind(night: Night, rosa: Rosa) -> None:
    [peer] = night.crowd(1)
    rosa.presses()
    peer.gets_a_page().answers()
    rosa.stands_down()
    assert not WeekCount.objects.exists()
