"""The heart of a watch: alive while it beats, dead ten seconds later, whatever the host's clock does meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from stepitup.ground import heart
from stepitup.ground.models import Heartbeat

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def after(seconds: float) -> datetime:
    return NIGHT + timedelta(seconds=seconds)


def test_a_house_in_which_no_watch_ever_began_has_none() -> None:
    assert heart.last_beat() is None
    assert not heart.is_beating(NIGHT)


def test_a_watch_lives_for_ten_seconds_after_its_last_beat() -> None:
    heart.beat(NIGHT, name="one")
    assert heart.is_beating(after(9.9))
    assert not heart.is_beating(after(10))
    heart.beat(after(10), name="one")
    assert heart.is_beating(after(19))
    assert heart.last_beat() == after(10)


def test_one_watch_of_several_is_enough() -> None:
    heart.beat(NIGHT, name="dead")
    heart.beat(after(20), name="alive")
    assert heart.is_beating(after(25))


def test_a_clock_put_back_does_not_let_a_dead_watch_seem_alive() -> None:
    heart.beat(after(3600), name="died in the old time")
    assert not heart.is_beating(NIGHT)
    heart.beat(NIGHT, name="alive in the new time")
    assert heart.is_beating(NIGHT)


def test_watches_that_stopped_long_ago_are_forgotten() -> None:
    heart.beat(NIGHT, name="old")
    heart.beat(after(3601), name="new")
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["new"]
