"""`stepitup check` says in words what is missing before the first real night, and what to do about it."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

import stepitup.door
from stepitup.desk import check, plan_check, plan_show
from stepitup.desk.checking import machine
from stepitup.desk.checking.copies import about_safe_copies
from stepitup.desk.checking.finding import Finding, Weight
from stepitup.desk.checking.machine import (
    about_durability,
    about_the_clock,
    about_the_date,
    about_the_folder,
    about_the_room,
)
from stepitup.desk.checking.people import about_the_people
from stepitup.desk.checking.plan import about_the_plan, about_the_steps
from stepitup.desk.checking.team_file import STRONGER_THAN_TRUE, WHAT_THE_FIRST_SCREEN_SAYS, about_the_team
from stepitup.desk.checking.words import about_the_words
from stepitup.desk.last_copy import LastCopy, note_last_copy
from stepitup.directory import questions as directory
from stepitup.ground import clock, heart, set_up
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import make_site_key
from stepitup.ground.set_up import Asked
from stepitup.ground.team import AppSettings, MailSettings, ProviderSettings, SignedAnswers, Team, team
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

TODAY = NIGHT.date()
MAIL = MailSettings(host="mail.lodge12.example", sender="team@lodge12.example")
BY_MAIL = 'carrier = "mail"\naddress = "{key}@home.example"'


def helper(key: str, *more: str, kinds: str = '["peer"]') -> str:
    """A helper of the real team, reached by mail."""
    return helper_in_file(key, *more, kinds=kinds, way=BY_MAIL.format(key=key))


EVERYBODY = [
    *(helper(f"peer-{number}") for number in range(8)),
    *(helper(f"clinician-{number}", kinds='["clinician"]') for number in range(2)),
    *(helper(f"chaplain-{number}", kinds='["chaplain"]') for number in range(2)),
    *(helper(f"coordinator-{number}", kinds='["coordinator"]') for number in range(3)),
]


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Team:
    """A team that has thought of everything, in a data folder of its own."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.SITE_KEY_FILE = data / "secrets" / "site-key"
    make_site_key(settings.SITE_KEY_FILE)
    made = Team(
        name="Cedar Mesa peers",
        who_runs="Lodge 12",
        network="Lodge 12",
        time_zone="America/Denver",
        public_url="https://backup.lodge12.example",
        on_call_clinician="Dr. Okafor, +1 303 555 0199",
        complaint_to="the regional coalition, +1 303 555 0150",
        my_job=SignedAnswers("Talking to a peer is no ground for …", "A. Counsel", TODAY),
        mail=MAIL,
        data=data,
    )
    settings.TEAM = made
    return made


def said(findings: Iterator[Finding], weight: Weight | None = None) -> str:
    return "\n".join(str(one) for one in findings if weight is None or one.weight is weight)


def lacks(findings: Iterator[Finding]) -> str:
    return said(findings, Weight.MISSING)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.use(HandClock(moment)):
        yield


# The whole


@pytest.mark.django_db
def test_a_team_that_thought_of_everything_is_ready(ours: Team, capsys: pytest.CaptureFixture[str]) -> None:
    now = clock.now()
    settled = dict.fromkeys((Asked.POLICY, Asked.CLINICAL_LEAD, Asked.COUNSEL), "It is settled.")
    settled[Asked.RECORDS_REQUEST] = "We hold no list of calls."
    deed(set_up.answer, settled, signed_by="A. Counsel", dated=TODAY, who="account 1", seen={})
    certificates = f"certified_until = {now.year + 2}-12-31"
    deed(roster.import_roster, file_with(*EVERYBODY).replace("certified_until = 2028-12-31", certificates))
    deed(heart.beat, name="a watch")
    note_last_copy(ours.data, LastCopy(now, ours.data / "carried-away"))
    today = now.astimezone(ours.zone).date()
    first = "".join(f"[line.{line.id}]\ndate = {today}\nby = 'Maria'\n" for line in directory.first_lines())
    (ours.data / "checked.toml").write_text(first)
    found = [one for one in check.everything(now) if one.weight is Weight.MISSING]
    # The tests' PostgreSQL does not wait for the disk, and check is right to say so.
    assert [str(one) for one in found if "power cut" not in one.what] == []
    if not found:
        assert check.do(Namespace(log_book=None)) == 0
        assert "Ready for the first real night" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_house_of_which_nothing_is_known_says_so_line_by_line(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TEAM = Team(data=tmp_path)
    assert check.do(Namespace(log_book=None)) == 1
    lines = capsys.readouterr().out.splitlines()
    told = "\n".join(lines)
    for word in ("carrier", "who_runs", "network", "on_call_clinician", "complaint_to", "safe copy", "roster", "watch"):
        assert word in told, word
    assert lines[-1].endswith("missing before the first real night.")
    weights = [line.split()[0] for line in lines[:-1]]
    assert weights == sorted(weights), "what is missing comes first"


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_looking_at_a_house_that_is_not_there_makes_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TEAM = Team(data=tmp_path / "nowhere")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "nowhere" / "stepitup.sqlite3"))
    told = lacks(check.everything(datetime.now(UTC)))
    assert "There is no data folder" in told
    assert "There is no database yet" in told
    assert list(tmp_path.iterdir()) == []


# The team's file


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"demo": True, "mail": None}, "nobody real is paged"),
        ({"mail": None}, "no carrier"),
        ({"who_runs": " "}, "`who_runs`"),
        ({"network": ""}, "`network`"),
        ({"name": ""}, "`name`"),
        ({"on_call_clinician": ""}, "`on_call_clinician`"),
        ({"complaint_to": ""}, "`complaint_to`"),
        ({"public_url": "http://backup.lodge12.example"}, "read and change the screens"),
        ({"public_url": "http://localhost:8000"}, "no phone but this machine"),
        ({"public_url": "https://127.0.0.1"}, "no phone but this machine"),
        ({"public_url": f"https://{'a' * 60}.example"}, "fits one text message"),
        ({"mail": replace(MAIL, security="none")}, "unprotected"),
        ({"my_job": SignedAnswers("yes", "A. Counsel", TODAY + timedelta(days=1))}, "ahead of today"),
        ({"run_by_employer": True, "team_rule": "All of it is Confidential."}, "'confidential'"),
        ({"run_by_employer": True, "name": "The Independent Peers"}, "'independent'"),
    ],
)
def test_what_the_file_leaves_unsaid_is_missing(
    ours: Team, settings: Settings, change: dict[str, object], says: str
) -> None:
    assert lacks(about_the_team(ours, today=TODAY)) == ""
    settings.TEAM = replace(ours, **change)  # type: ignore[arg-type]  # each row of the table fits its field
    assert says in lacks(about_the_team(team(), today=TODAY))


@pytest.mark.only_on("sqlite")
def test_what_would_hold_tonight_is_only_to_be_thought_about(ours: Team) -> None:
    later = replace(ours, my_job=None, time_zone="UTC", mail=replace(MAIL, host="127.0.0.1", security="none"))
    assert lacks(about_the_team(later, today=TODAY)) == ""
    told = said(about_the_team(later, today=TODAY))
    assert "My gun?" in told
    assert "UTC" in told
    a_year_on = said(about_the_team(ours, today=TODAY + timedelta(days=366)))
    assert "more than a year ago" in a_year_on


@pytest.mark.only_on("sqlite")
def test_where_an_employer_runs_the_machine_check_quotes_the_first_screen_word_for_word(ours: Team) -> None:
    told = said(about_the_team(replace(ours, run_by_employer=True), today=TODAY))
    assert "an employer runs this machine: Lodge 12, on the network of Lodge 12." in told
    template = Path(stepitup.door.__file__).parent / "ask_for_backup/templates/ask_for_backup/who_knows.html"
    screen = template.read_text().replace("{{ runs }}", "{who_runs}").replace("{{ network }}", "{network}")
    employer_part = screen.partition("{% elif")[0]
    assert all(sentence in employer_part for sentence in WHAT_THE_FIRST_SCREEN_SAYS)
    assert not any(word in employer_part.lower() for word in STRONGER_THAN_TRUE), "and it keeps to its own rule"


# The machine


@pytest.mark.only_on("sqlite")
def test_whoever_else_can_look_is_told_with_the_command_that_ends_it(ours: Team, settings: Settings) -> None:
    assert lacks(about_the_folder(ours.data)) == ""
    ours.data.chmod(0o755)
    Path(settings.SITE_KEY_FILE).chmod(0o644)
    (ours.data / "team.toml").write_text("")
    (ours.data / "team.toml").chmod(0o640)
    told = lacks(about_the_folder(ours.data))
    assert f"chmod 700 {ours.data}" in told
    assert f"chmod 600 {settings.SITE_KEY_FILE}" in told
    assert f"chmod 600 {ours.data / 'team.toml'}" in told


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("content", "says"), [(None, "no site key"), ("zzz", "cannot be read"), ("ab12", "not a whole")]
)
def test_a_site_key_that_is_none_is_told(
    ours: Team, settings: Settings, tmp_path: Path, content: str | None, says: str
) -> None:
    settings.SITE_KEY_FILE = tmp_path / f"key-{content}"
    if content:
        settings.SITE_KEY_FILE.touch(mode=0o600)
        settings.SITE_KEY_FILE.write_text(content)
    assert says in lacks(about_the_folder(ours.data))


@pytest.mark.only_on("sqlite")
def test_a_disk_that_fills_is_told_before_it_is_full(ours: Team) -> None:
    assert "nearly full: 100 MB" in lacks(about_the_room(ours.data, free=100 * 1024**2))
    assert "fills: 500 MB" in said(about_the_room(ours.data, free=500 * 1024**2), Weight.THINK)
    assert said(about_the_room(ours.data, free=5 * 1024**3)) == ""


@pytest.mark.only_on("sqlite")
def test_a_clock_that_is_behind_what_has_happened_is_wrong_for_sure() -> None:
    yesterday = NIGHT - timedelta(days=2)
    assert "installed on 2026-03-04" in lacks(about_the_date(yesterday, installed=NIGHT, last_beat=None))
    assert "the watch beat" in lacks(about_the_date(NIGHT, installed=NIGHT, last_beat=NIGHT + timedelta(minutes=5)))
    assert said(about_the_date(NIGHT, installed=NIGHT, last_beat=NIGHT)) == ""


@pytest.mark.django_db
def test_a_clock_that_nothing_keeps_right_is_something_to_think_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_is_kept_right", lambda: False)
    assert "NTP" in said(about_the_clock(datetime.now(UTC)), Weight.THINK)
    monkeypatch.setattr(machine, "_is_kept_right", lambda: None)
    assert said(about_the_clock(datetime.now(UTC))) == ""


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_two_clocks_apart_are_told() -> None:
    with at(datetime.now(UTC) + timedelta(seconds=90)):
        assert "90 s apart" in lacks(about_the_clock(datetime.now(UTC)))


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_a_postgresql_that_does_not_wait_for_the_disk_loses_calls() -> None:
    told = lacks(about_durability())  # the tests' own is forgetful
    assert "PostgreSQL has fsync = off: a power cut loses calls. Set fsync = on." in told
    assert "synchronous_commit = off" in told


@pytest.mark.django_db
def test_a_house_that_stands_still_pages_nobody(ours: Team) -> None:
    assert "no page would go out" in lacks(check.everything(clock.now()))
    deed(heart.beat, name="a watch")
    assert "no page would go out" not in lacks(check.everything(clock.now()))


# Safe copies


@pytest.mark.only_on("sqlite")
def test_a_house_without_a_young_safe_copy_is_not_ready(ours: Team) -> None:
    assert "no safe copy" in lacks(about_safe_copies(ours.data, now=NIGHT))
    note_last_copy(ours.data, LastCopy(NIGHT, ours.data / "gone"))
    assert said(about_safe_copies(ours.data, now=NIGHT + timedelta(hours=23))) == ""
    assert "more than a day old" in lacks(about_safe_copies(ours.data, now=NIGHT + timedelta(hours=25)))


@pytest.mark.only_on("sqlite")
def test_a_copy_beside_the_house_is_lost_with_it(ours: Team) -> None:
    copy = ours.data / "copy"
    copy.touch(mode=0o600)
    note_last_copy(ours.data, LastCopy(NIGHT, copy))
    assert "same disk" in said(about_safe_copies(ours.data, now=NIGHT), Weight.THINK)
    copy.chmod(0o644)
    assert "can read" in lacks(about_safe_copies(ours.data, now=NIGHT))


# What callers read


@pytest.mark.only_on("sqlite")
def test_hotlines_that_nobody_rang_are_named(ours: Team) -> None:
    told = lacks(about_the_words(ours.data, default_state="unknown", today=TODAY))
    assert "988, copline" in told
    (ours.data / "checked.toml").write_text(f"[line.988]\ndate = {TODAY}\nby = 'Maria'\n")
    assert ": copline." in lacks(about_the_words(ours.data, default_state="unknown", today=TODAY))
    later = TODAY + timedelta(days=40)
    assert "988, copline" in lacks(about_the_words(ours.data, default_state="unknown", today=later))


@pytest.mark.only_on("sqlite")
def test_mistakes_in_what_the_team_wrote_are_told(ours: Team) -> None:
    (ours.data / "checked.toml").write_text(f"[line.nobody]\ndate = {date.max}\nby = 'Maria'\n")
    (ours.data / "local_rules.toml").write_text('[[rule]]\nkind = "friend"\n')
    told = lacks(about_the_words(ours.data, default_state="unknown", today=TODAY))
    assert "[line.nobody] is not a line" in told
    assert "ahead of today" in told
    assert "local_rules.toml" in told


# People and plan


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
