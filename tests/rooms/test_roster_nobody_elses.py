"""What one helper does with their own things touches nobody else's: Sam acts, and Ines's row stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stepitup.roster import actions, questions
from stepitup.roster.errors import NoSuchWay, WayRefused
from stepitup.roster.models import Account, Credential, Helper, NeverPair, Oversight, Related, Way
from stepitup.roster.own_hands import leaving, ways
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.team_door import has_account

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

MORE = (
    'full_name = "Full Name"',
    'related_to = ["Eva"]',
    'supervises = [{ agency = "cedar" }]',
    'never_for = [{ agency = "cedar" }]',
    "years = 12",
    "sworn = true",
    'team_number = "303 555 0101"',
)


def sam_and_ines() -> tuple[int, int]:
    report = actions.import_roster(NIGHT, file_with(helper_in_file("sam", *MORE), helper_in_file("ines", *MORE)))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]
    return Helper.objects.get(key="sam").pk, Helper.objects.get(key="ines").pk


def whose(table: type[Way | Credential | Related | NeverPair | Oversight | Account]) -> list[int | None]:
    return list(table._default_manager.order_by("helper").values_list("helper", flat=True))


def test_when_sam_leaves_his_sign_in_and_all_that_was_kept_of_him_go_and_hers_stay() -> None:
    sam, ines = sam_and_ines()
    has_account(helper="sam")
    has_account(helper="ines")
    has_account(name="maria")
    actions.note_talk(NIGHT, sam)
    actions.rest_until(NIGHT, sam, NIGHT + timedelta(hours=8))
    leaving.leave(NIGHT, sam)
    for table in (Way, Credential, Related, NeverPair, Oversight):
        assert whose(table) == [ines], table
    assert list(Account.objects.order_by("name").values_list("name", flat=True)) == ["ines", "maria"]
    left, stays = Helper.objects.get(pk=sam), Helper.objects.get(pk=ines)
    assert (left.full_name_sealed, left.team_number_sealed, left.unit, left.removed_at) == (None, None, "", NIGHT)
    assert (left.years, left.sworn, left.last_talk_on, left.off_until) == (None, None, None, None)
    assert (stays.full_name_sealed is None, stays.removed_at) == (False, None)
    assert [one.id for one in questions.fit_now(NIGHT)] == [ines]


def test_somebody_who_leaves_is_gone_on_the_day_that_they_were_told() -> None:
    sam, ines = sam_and_ines()
    told = leaving.leave(NIGHT, sam)
    assert told == date(2026, 4, 4)  # thirty days, and the watch looks once a day
    assert not leaving.is_gone(sam)
    actions.forget(datetime.combine(told, NIGHT.timetz()))
    assert leaving.is_gone(sam)
    assert not leaving.is_gone(ines)


def test_sam_sees_adds_and_moves_his_own_ways_alone() -> None:
    sam, ines = sam_and_ines()
    hers = ways.add_way(NIGHT, ines, "text", "303 555 0112", employer_owned=False)
    his = ways.add_way(NIGHT, sam, "text", "  303 555 0111 ", employer_owned=False)
    assert [way.address for way in ways.own_ways(sam)] == ["pager:sam-1", "+13035550111"]
    for touch in (ways.move_way_up, ways.take_off_way):
        with pytest.raises(NoSuchWay):
            touch(NIGHT, sam, hers)
    assert not ways.way_is_mine(sam, hers)
    ways.move_way_up(NIGHT, sam, his)
    assert ways.own_ways(sam)[0].id == his
    assert [way.address for way in ways.own_ways(ines)] == ["pager:ines-1", "+13035550112"]


def test_one_phone_may_be_the_way_of_two_helpers() -> None:
    sam, ines = sam_and_ines()
    for helper in (sam, ines):
        ways.add_way(NIGHT, helper, "text", "303 555 0111", employer_owned=False)
    with pytest.raises(WayRefused, match="already"):
        ways.add_way(NIGHT, sam, "text", "(303) 555-0111", employer_owned=False)


def test_a_list_of_eight_ways_is_full() -> None:
    sam, _ines = sam_and_ines()
    for number in range(1, ways.MOST_WAYS):
        ways.add_way(NIGHT, sam, "text", f"303 555 010{number}", employer_owned=False)
    with pytest.raises(WayRefused, match="full"):
        ways.add_way(NIGHT, sam, "text", "303 555 0199", employer_owned=False)
    assert len(ways.own_ways(sam)) == 8


def test_breaks_and_suspensions_are_of_one_helper() -> None:
    sam, ines = sam_and_ines()
    actions.suspend(NIGHT, sam)
    actions.suspend(NIGHT + timedelta(days=1), sam)
    assert Helper.objects.get(pk=sam).suspended_at == NIGHT
    assert [one.id for one in questions.fit_now(NIGHT)] == [ines]
    actions.rest_until(NIGHT, ines, datetime(2026, 3, 5, tzinfo=UTC))
    actions.lift_suspension(NIGHT, sam)
    assert [one.id for one in questions.fit_now(NIGHT)] == [sam]
