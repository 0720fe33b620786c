"""`stepitup check` says in words what is missing before the first real night, and what to do about it."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

import stepitup.door
from stepitup.desk import check
from stepitup.desk.checking import machine
from stepitup.desk.checking.copies import about_safe_copies
from stepitup.desk.checking.finding import Weight
from stepitup.desk.checking.machine import (
    about_durability,
    about_the_clock,
    about_the_date,
    about_the_folder,
    about_the_room,
)
from stepitup.desk.checking.team_file import STRONGER_THAN_TRUE, WHAT_THE_FIRST_SCREEN_SAYS, about_the_team
from stepitup.desk.checking.words import about_the_words
from stepitup.desk.last_copy import LastCopy, note_last_copy
from stepitup.directory import questions as directory
from stepitup.ground import clock, heart, set_up
from stepitup.ground.deeds import deed
from stepitup.ground.set_up import Asked
from stepitup.ground.team import SignedAnswers, Team, team
from stepitup.roster import actions as roster
from tests.rooms.checked_house import EVERYBODY, MAIL, TODAY, at, lacks, said, thought_of_everything
from tests.rooms.roster_builders import NIGHT, file_with


@pytest.fixture
def ours(settings: Settings, tmp_path: Path) -> Team:
    return thought_of_everything(settings, tmp_path)


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
