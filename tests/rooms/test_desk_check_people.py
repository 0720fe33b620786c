"""`stepitup check` on the people and the plan: who cannot be reached, when nobody is there, which step is empty."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from stepitup.desk import plan_check, plan_show
from stepitup.desk.checking.finding import Weight
from stepitup.desk.checking.people import about_the_people
from stepitup.desk.checking.plan import about_the_plan, about_the_steps
from stepitup.ground.deeds import deed
from stepitup.ground.keys import make_site_key
from stepitup.ground.team import AppSettings, ProviderSettings, Team
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from tests.rooms.checked_house import EVERYBODY, at, helper, lacks, said, thought_of_everything
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Team:
    return thought_of_everything(settings, tmp_path)


@pytest.mark.django_db
def test_an_empty_roster_is_told_once(ours: Team) -> None:
    assert lacks(about_the_people(NIGHT)).count("\n") == 0
    assert "Nobody is on the roster" in lacks(about_the_people(NIGHT))


@pytest.mark.django_db
def test_a_full_roster_lacks_nobody(ours: Team) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY))
    assert said(about_the_people(NIGHT)) == ""
    assert said(about_the_plan(NIGHT)) == ""


@pytest.mark.django_db
def test_helpers_whom_no_carrier_of_this_house_reaches_are_named(ours: Team) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY, helper_in_file("sam"), helper("ines")))
    deed(roster.mark_unreachable, Way.objects.get(helper__key="ines").pk)
    told = lacks(about_the_people(NIGHT))
    assert "Nobody can reach ines, sam" in told
    assert "goes by mail" in told


@pytest.mark.django_db
def test_a_helper_with_nothing_but_another_app_is_named(ours: Team, settings: Settings) -> None:
    settings.TEAM = replace(ours, app=AppSettings())
    by_app = 'carrier = "app"\naddress = "ntfys://ntfy.example/a-long-random-topic"'
    deed(roster.import_roster, file_with(*EVERYBODY, helper_in_file("sam", way=by_app)))
    told = lacks(about_the_people(NIGHT))
    assert "reaches sam: it can be muted" in told
    assert "peer-1" not in told


@pytest.mark.django_db
def test_a_helper_who_can_only_be_rung_is_named(ours: Team, settings: Settings) -> None:
    voice = ProviderSettings("AC1", "token", "+15125550100", base_url="http://127.0.0.1:1")
    settings.TEAM = replace(ours, voice=voice)
    rung = 'carrier = "voice"\naddress = "+13035550104"'
    deed(roster.import_roster, file_with(*EVERYBODY, helper_in_file("sam", way=rung)))
    told = said(about_the_people(NIGHT))
    assert "Can be rung, and have no way to open a seat: sam." in told
    assert not lacks(about_the_people(NIGHT))


@pytest.mark.django_db
def test_a_helper_who_is_only_off_duty_now_is_no_finding_and_one_who_lapsed_is(ours: Team) -> None:
    off_duty = helper("sam", 'duty = ["daily 20:00-21:00"]')
    lapsed = helper("ines", "certified_until = 2025-01-01")
    deed(roster.import_roster, file_with(*EVERYBODY, off_duty, lapsed))
    told = said(about_the_people(NIGHT))
    assert "ines. Has a credential that lapsed after 2025-01-01." in told
    assert "sam" not in told


@pytest.mark.django_db
def test_a_certificate_that_ends_within_the_month_is_told_in_time(ours: Team) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY, helper("ines", "certified_until = 2026-03-20")))
    assert "ines (2026-03-20)" in said(about_the_people(NIGHT), Weight.THINK)


@pytest.mark.django_db
def test_the_hours_in_which_nobody_is_there_are_told_by_the_teams_clock(ours: Team) -> None:
    by_day = helper("sam", 'duty = ["daily 06:00-22:00"]')
    deed(roster.import_roster, file_with(by_day, helper("maria", kinds='["coordinator"]')))
    told = lacks(about_the_people(NIGHT))
    assert "from Wednesday 04 March, 22:00 to Thursday 05 March, 06:00 (America/Denver)" in told
    assert told.count("Nobody who can talk is fit from") == 8
    assert "more such gaps" not in told


@pytest.mark.django_db
def test_ten_minutes_between_two_shifts_are_told_though_somebody_is_there_at_each_full_hour(ours: Team) -> None:
    by_day = helper("sam", 'duty = ["daily 06:10-22:20"]')
    by_night = helper("ines", 'duty = ["daily 22:30-06:10"]')
    deed(roster.import_roster, file_with(by_day, by_night))
    told = lacks(about_the_people(NIGHT))
    assert "from Wednesday 04 March, 22:20 to Wednesday 04 March, 22:30 (America/Denver)" in told
    assert told.count("Nobody who can talk is fit from") == 7


@pytest.mark.django_db
def test_a_coordinator_alone_is_nobody_who_can_talk(ours: Team) -> None:
    deed(roster.import_roster, file_with(helper("maria", kinds='["coordinator"]')))
    assert lacks(about_the_people(NIGHT)).count("Nobody who can talk is fit from") == 1


@pytest.mark.django_db
def test_an_empty_step_is_told_and_a_thin_one_is_to_be_thought_about(ours: Team) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY[:4], helper("maria", kinds='["coordinator"]')))
    told = lacks(about_the_steps(NIGHT))
    assert told.startswith("MISSING  The step at 4:00 (two of: clinician) is empty")
    assert told.count("\n") == 0
    thin = said(about_the_steps(NIGHT), Weight.THINK)
    assert "The step at 2:00 (five of: peer) has one now." in thin
    assert "asks for a chaplain first gets none now" in thin


@pytest.mark.django_db
def test_without_a_carrier_nobody_can_be_paged_however_fit(ours: Team, settings: Settings) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY))
    settings.TEAM = replace(ours, mail=None)
    assert "Nobody can be paged at this moment" in lacks(about_the_steps(NIGHT))


@pytest.mark.django_db
def test_a_roster_sealed_under_another_key_is_told_in_words(ours: Team, settings: Settings, tmp_path: Path) -> None:
    deed(roster.import_roster, file_with(*EVERYBODY))
    make_site_key(tmp_path / "another")
    settings.SITE_KEY_FILE = tmp_path / "another"
    assert "not the one under which this roster was sealed" in lacks(about_the_people(NIGHT))


@pytest.mark.django_db
def test_plan_check_says_what_is_wrong_in_the_file_and_which_steps_are_empty(
    ours: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    with at(NIGHT):
        deed(roster.import_roster, file_with(*EVERYBODY))
        assert plan_check.do(Namespace()) == 0
        assert "Each step of the plan has somebody" in capsys.readouterr().out
        (ours.data / "plan.toml").write_text('[[step]]\nkinds = ["friend"]\nhow_many = 1\nwait = "2m"\n')
        assert plan_check.do(Namespace()) == 1
    assert "plan.toml: line 2" in capsys.readouterr().err
    assert "plan.toml: line 2" in lacks(about_the_plan(NIGHT))


@pytest.mark.only_on("sqlite")
def test_plan_show_tells_each_wish_with_its_times(ours: Team, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan_show.do(Namespace()) == 0
    told = capsys.readouterr().out
    assert "The default plan" in told
    first = told.split("\n\n")[1]
    assert first.splitlines()[1:4] == ["  0:00  three peers", "  2:00  five more peers", "  4:00  two clinicians"]
    assert "  0:00  three chaplains" in told
    assert "closes after 12 hours" in told


@pytest.mark.only_on("sqlite")
def test_plan_show_tells_the_teams_own_plan(ours: Team, capsys: pytest.CaptureFixture[str]) -> None:
    own = '[[step]]\nkinds = ["peer", "chaplain"]\nhow_many = 1\nwait = "90s"\n'
    (ours.data / "plan.toml").write_text(f'expires_after = "1h"\n{own}')
    assert plan_show.do(Namespace()) == 0
    told = capsys.readouterr().out
    assert "The team's own plan" in told
    assert "  0:00  one peer or chaplain\n  1:30  last step" in told
    assert "closes after 1 hour." in told
