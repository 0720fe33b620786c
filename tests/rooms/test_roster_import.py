"""Bringing a roster in: all or nothing, and nothing lost on the way."""

from datetime import timedelta
from importlib.resources import files

import pytest

from stepitup.ground.vocabulary import Kind
from stepitup.roster import actions, questions
from stepitup.roster.facts import Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.models import Agency, Credential, Helper, Way
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = pytest.mark.django_db

DEMO = (files("stepitup.roster") / "demo_team.toml").read_text(encoding="utf-8")


def test_a_first_import_adds_everybody() -> None:
    report = actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))
    assert (report.added, report.changed, report.unchanged) == (("sam", "ines"), (), 0)
    assert Helper.objects.count() == 2


def test_the_same_file_again_changes_nothing() -> None:
    actions.import_roster(NIGHT, DEMO)
    before = list(Helper.objects.order_by("pk").values_list("pk", "full_name_sealed"))
    report = actions.import_roster(NIGHT, DEMO)
    assert (report.added, report.changed, report.unchanged) == ((), (), 24)
    assert list(Helper.objects.order_by("pk").values_list("pk", "full_name_sealed")) == before


def test_one_mistake_anywhere_and_nothing_is_imported() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam")))
    report = actions.import_roster(NIGHT, file_with(helper_in_file("ines"), helper_in_file("theo", "years = -1")))
    assert not report.is_good
    assert [row.key for row in Helper.objects.all()] == ["sam"]


def test_a_dry_run_tells_what_it_would_do_and_does_nothing() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))
    changed = file_with(helper_in_file("sam", "years = 9"), helper_in_file("theo"))
    report = actions.import_roster(NIGHT, changed, dry_run=True, remove_missing=True)
    assert (report.added, report.changed, report.removed, report.dry_run) == (("theo",), ("sam",), ("ines",), True)
    assert set(Helper.objects.filter(removed_at=None).values_list("key", "years")) == {("sam", None), ("ines", None)}


def test_whoever_the_file_does_not_name_stays_and_is_told() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))
    report = actions.import_roster(NIGHT, file_with(helper_in_file("sam")))
    assert (report.not_in_file, report.removed) == (("ines",), ())
    assert Helper.objects.filter(removed_at=None).count() == 2


def test_somebody_who_was_taken_off_and_comes_back_keeps_their_row() -> None:
    both, one = file_with(helper_in_file("sam"), helper_in_file("ines")), file_with(helper_in_file("sam"))
    actions.import_roster(NIGHT, both)
    ines = Helper.objects.get(key="ines").pk
    actions.import_roster(NIGHT, one, remove_missing=True)
    assert "ines" not in questions.export_roster()
    assert actions.import_roster(NIGHT, both).added == ("ines",)
    assert Helper.objects.get(key="ines", removed_at=None).pk == ines


def test_an_older_file_lifts_neither_a_suspension_nor_a_rest() -> None:
    text = file_with(helper_in_file("sam"))
    actions.import_roster(NIGHT, text)
    sam = Helper.objects.get()
    actions.suspend(NIGHT, sam.pk)
    actions.rest_until(NIGHT, sam.pk, NIGHT + timedelta(days=3))
    assert actions.import_roster(NIGHT, text).unchanged == 1
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", "years = 9")))
    sam.refresh_from_db()
    assert (sam.suspended_at, sam.off_until, sam.years) == (NIGHT, NIGHT + timedelta(days=3), 9)


def test_a_file_can_suspend_and_lift_in_so_many_words() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", "suspended = true")))
    assert Helper.objects.get().suspended_at == NIGHT
    assert actions.import_roster(NIGHT, file_with(helper_in_file("sam", "suspended = false"))).changed == ("sam",)
    assert Helper.objects.get().suspended_at is None


def test_a_way_that_stays_keeps_its_number_and_what_is_known_of_it() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam")))
    way = Way.objects.get()
    actions.mark_unreachable(NIGHT, way.pk)
    two = 'carrier = "mail"\naddress = "sam@example.org"\n[[helper.way]]\ncarrier = "pager"\naddress = "pager:sam-1"'
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", way=two)))
    moved = Way.objects.get(pk=way.pk)
    assert (moved.position, moved.unreachable_since) == (1, NIGHT)
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", way='carrier = "pager"\naddress = "pager:sam-9"')))
    assert Way.objects.get().unreachable_since is None


def test_an_older_file_takes_back_no_way_that_was_tried_since() -> None:
    untried = file_with(helper_in_file("sam")).replace("confirmed = 2024-01-01\n", "")
    actions.import_roster(NIGHT, untried)
    actions.mark_reachable(NIGHT, Way.objects.get().pk)
    assert actions.import_roster(NIGHT, untried).unchanged == 1
    actions.import_roster(NIGHT, untried.replace("[[helper]]", "[[helper]]\nyears = 9"))
    assert Way.objects.get().confirmed_on == NIGHT.date()


def test_whoever_is_suspended_a_second_time_is_so_since_the_first() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", "suspended = true")))
    actions.import_roster(NIGHT + timedelta(days=1), file_with(helper_in_file("sam", "suspended = true", "years = 9")))
    assert (Helper.objects.get().suspended_at, Helper.objects.get().years) == (NIGHT, 9)


def test_whoevers_credentials_are_the_same_is_not_reminded_of_them_anew() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))
    Credential.objects.update(reminded=30)
    renewed = helper_in_file("ines", "certified_until = 2030-12-31")
    actions.import_roster(NIGHT, file_with(helper_in_file("sam", "years = 9"), renewed))
    assert dict(Credential.objects.values_list("helper__key", "reminded")) == {"sam": 30, "ines": None}


def test_an_agency_takes_its_new_name_everywhere() -> None:
    actions.import_roster(NIGHT, file_with(helper_in_file("sam")))
    renamed = file_with(helper_in_file("sam")).replace("Cedar Mesa Police Department", "City Police of Cedar Mesa")
    actions.import_roster(NIGHT, renamed)
    assert questions.all_helpers()[0].agency_name == "City Police of Cedar Mesa"
    assert Agency.objects.count() == 1


def test_export_and_import_into_an_empty_house_give_the_same_file() -> None:
    actions.import_roster(NIGHT, DEMO)
    actions.suspend(NIGHT, Helper.objects.get(key="earl").pk)
    actions.rest_until(NIGHT, Helper.objects.get(key="sam").pk, NIGHT + timedelta(days=2))
    text = questions.export_roster()
    Helper.objects.all().delete()
    Agency.objects.all().delete()
    assert actions.import_roster(NIGHT, text).is_good
    assert questions.export_roster() == text


def test_an_export_imported_over_itself_changes_nothing() -> None:
    actions.import_roster(NIGHT, DEMO)
    assert actions.import_roster(NIGHT, questions.export_roster()).unchanged == 24


def test_the_demonstration_team_serves_ten_calls_at_once() -> None:
    assert actions.import_roster(NIGHT, DEMO).is_good
    helpers = {helper.id: helper for helper in questions.all_helpers()}
    fit = {one.id: one.kinds for one in questions.fit_now(NIGHT)}
    peers = {one for one, kinds in fit.items() if Kind.PEER in kinds and not helpers[one].internal_affairs}
    assert len(helpers) == 24
    assert len(peers) >= 18
    assert {kind for kinds in fit.values() for kind in kinds} == set(Kind)
    assert len({helper.agency_name for helper in helpers.values()} - {""}) == 3
    assert len({helper.agency_state for helper in helpers.values()} - {"unknown"}) == 2
    assert all(len(ways) == 2 for ways in questions.ways_of(helpers).values())
    assert {*questions.who_is_not_fit(NIGHT)} >= {"earl"}


def test_the_demonstration_team_has_somebody_for_a_family_whose_agency_is_unknown() -> None:
    actions.import_roster(NIGHT, DEMO)
    order = put_in_order(questions.all_helpers(), Wishes(family=True), seed=1).order
    assert Helper.objects.get(pk=order[0]).key == "nora"


def test_a_large_team_comes_in_and_goes_out_whole() -> None:
    text = file_with(*(helper_in_file(f"h{number:04}") for number in range(600)))
    assert len(actions.import_roster(NIGHT, text).added) == 600
    assert len(questions.fit_now(NIGHT)) == 600
    assert len(questions.all_helpers()) == 600
    assert actions.import_roster(NIGHT, questions.export_roster()).unchanged == 600
