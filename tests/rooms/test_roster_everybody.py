"""Everybody at once is read quicker than one by one, and it comes to the same, also when something has just changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from stepitup.ground.raw_rows import raw_rows
from stepitup.roster import actions, questions
from stepitup.roster.duty.changed import overrides_within
from stepitup.roster.duty.spans import Span, at
from stepitup.roster.everybody import standings
from stepitup.roster.keeping.lapsing import lapsing
from stepitup.roster.models import Agency, Credential, DutyOverride, Helper
from stepitup.roster.reading import standing_columns, standings_from, usable_ways
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = pytest.mark.django_db

EVERYBODY = Helper.objects.order_by("pk")
TODAY, A_MOMENT = NIGHT.date(), at(NIGHT)


def sam() -> Helper:
    return Helper.objects.get(key="sam")


CHANGES: tuple[Callable[[], object], ...] = (
    lambda: None,
    lambda: actions.rest_until(NIGHT, sam().pk, NIGHT + timedelta(days=2)),
    lambda: actions.suspend(NIGHT, sam().pk),
    lambda: Helper.objects.filter(key="sam").update(duty=["Mon-Fri 18:00-06:00"], quiet=["daily 01:00-02:00"]),
    lambda: Helper.objects.filter(key="sam").update(is_chaplain=True, unit="Traffic", display_name="Sam Q."),
    lambda: DutyOverride.objects.create(helper=sam(), starts_at=NIGHT, ends_at=NIGHT + timedelta(hours=2), is_on=False),
    lambda: Credential.objects.create(
        helper=sam(), role="chaplain", name="Endorsed", granted=date(2020, 1, 1), expires=TODAY, checked_how="seen"
    ),
    lambda: Credential.objects.filter(helper=sam()).update(expires=TODAY - timedelta(days=1)),
    lambda: Agency.objects.update(time_zone="Pacific/Guam", name="Cedar Mesa Constables"),
    lambda: Agency.objects.update(time_zone=""),
)


@pytest.fixture(autouse=True)
def two() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))


def plainly(when: Span) -> object:
    return standings_from(list(standing_columns(EVERYBODY, usable_ways(None))), overrides_within(when))


def test_after_each_change_everybody_stands_as_each_does_alone() -> None:
    for change in CHANGES:
        change()
        for _read_again in range(2):
            assert standings(EVERYBODY, A_MOMENT) == plainly(A_MOMENT)
            assert standings(EVERYBODY, A_MOMENT, by=["pager"])[0].standing.has_usable_way
            assert not standings(EVERYBODY, A_MOMENT, by=["mail"])[0].standing.has_usable_way


def test_after_each_change_matching_knows_everybody_as_they_are_now() -> None:
    Agency.objects.create(key="larkspur", name="Larkspur Fire")
    before = questions.all_helpers()
    Helper.objects.filter(key="sam").update(unit="Traffic", is_chaplain=True)
    Agency.objects.filter(key="cedar").update(name="Cedar Mesa Constables")
    now = questions.all_helpers()
    assert [one.unit for one in before] != [one.unit for one in now]
    assert {one.agency_name for one in now} == {"Cedar Mesa Constables"}
    assert questions.all_helpers() == now == [questions.helper(one.id) for one in now]


def test_another_zone_of_the_house_is_not_taken_for_this_one(settings: Settings) -> None:
    Agency.objects.update(time_zone="")
    for zone in ("America/Denver", "Pacific/Guam"):
        settings.TEAM = replace(settings.TEAM, time_zone=zone)
        assert {str(row.standing.zone) for row in standings(EVERYBODY, A_MOMENT)} == {zone}


def test_nobody_asked_about_is_nobody_found() -> None:
    assert raw_rows(Helper.objects.none().values_list("pk"))[0] == []
    assert standings(Helper.objects.none(), A_MOMENT) == []


def test_a_credential_that_ends_soon_is_told_unless_a_later_one_is_for_the_same_role() -> None:
    def holds(name: str, role: str, days: int, how: str = "seen") -> None:
        until = TODAY + timedelta(days=days)
        Credential.objects.create(
            helper=sam(), role=role, name=name, granted=date(2020, 1, 1), expires=until, checked_how=how
        )

    for what in (("Old", "peer", 5), ("New", "peer", 9), ("Twin", "peer", 9), ("Endorsed", "chaplain", 7)):
        holds(*what)
    holds("Nobody looked", "chaplain", 400, how="")
    assert [one.credential for one in lapsing(NIGHT)] == ["Endorsed", "Twin"]
    holds("For years", "peer", 900)
    assert [one.credential for one in lapsing(NIGHT)] == ["Endorsed"]
