"""The tally: a number for a week, with nobody in it, and none that could point at a night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import models

from stepitup.tally import actions as tally
from stepitup.tally.actions import Counted
from stepitup.tally.models import WeekCount
from stepitup.tally.questions import LARGE_ENOUGH, weeks

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
LAST_WEEK = WEDNESDAY - timedelta(weeks=1)


def shown(now: datetime = WEDNESDAY) -> list[int | None]:
    return [week.how_many for week in weeks(now, Counted.MISSED_STEP)]


def test_a_week_that_is_over_is_shown_by_its_monday() -> None:
    for days in (0, 1, 2):
        tally.count(LAST_WEEK + timedelta(days=days), Counted.MISSED_STEP, 2)
    assert shown() == [6, None, None, None]
    assert weeks(WEDNESDAY, Counted.MISSED_STEP)[0].monday == date(2026, 2, 23)


def test_a_number_too_small_to_hide_a_person_is_shown_as_nothing() -> None:
    tally.count(LAST_WEEK, Counted.MISSED_STEP, LARGE_ENOUGH - 1)
    assert shown() == [None, None, None, None]


def test_this_week_is_not_shown_for_a_number_that_grows_tells_the_night() -> None:
    tally.count(WEDNESDAY, Counted.MISSED_STEP, 40)
    assert shown() == [None, None, None, None]
    assert shown(WEDNESDAY + timedelta(weeks=1))[0] == 40


def test_a_week_is_deleted_after_a_year() -> None:
    tally.count(WEDNESDAY, Counted.MISSED_STEP)
    assert tally.forget(WEDNESDAY + timedelta(weeks=53)) == 0
    assert tally.forget(WEDNESDAY + timedelta(weeks=54)) == 1


def test_a_row_has_no_room_for_a_person_or_a_night() -> None:
    kinds = {field.name: type(field) for field in WeekCount._meta.concrete_fields}
    assert set(kinds) == {"id", "monday", "what", "how_many"}
    assert models.ForeignKey not in kinds.values()
