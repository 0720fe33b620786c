"""Safe copies: what is in them, what is never in them, and the way back, with the real program on both databases."""

import json
import os
import stat
import subprocess
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django import DjangoDbBlocker, Settings

from stepitup.calls import actions as calls
from stepitup.calls.models import Call
from stepitup.calls.told import Told
from stepitup.desk import restore, safe_copy
from stepitup.desk.copying import putting_back
from stepitup.desk.copying.held import FILES, HELD, LEFT_OUT
from stepitup.desk.copying.reading import read_this_house
from stepitup.desk.copying.sealed_file import read_copy, write_copy
from stepitup.desk.errors import (
    CannotWrite,
    CopyIsNewer,
    CopyOfAnotherHouse,
    HouseIsNotEmpty,
    HouseIsRunning,
    NotASafeCopy,
)
from stepitup.desk.last_copy import last_copy
from stepitup.desk.migrate import is_up_to_date
from stepitup.ground import clock, heart, keys
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.errors import SiteKeyMissing
from stepitup.ground.log_book import What
from stepitup.ground.models import LogBookEntry
from stepitup.ground.team import team
from stepitup.paging.carriers import use
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.models import Helper, Incident
from tests.nights.team import inside
from tests.provision.databases import House
from tests.rooms.roster_builders import file_with, helper_in_file

SAM, INES = helper_in_file("sam", 'full_name = "Samuel Karstadt"'), helper_in_file("ines")
DEMO = (files("stepitup.roster") / "demo_team.toml").read_text(encoding="utf-8")


class Desk:
    """Somebody at the machine of one house, with the real program."""

    def __init__(self, house: House) -> None:
        self.house = house

    def says(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Type `stepitup …` and read what comes."""
        command = [sys.executable, "-m", "stepitup", *map(str, words)]
        environment = dict(self.house.environment)
        return subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own for the house of this process."""
    data = tmp_path / "data"
    data.mkdir()
    settings.TEAM = replace(team(), data=data)
    return data


def copy_to(path: Path) -> int:
    return safe_copy.do(Namespace(to=path))


def restore_from(path: Path, *, replace_everything: bool = False) -> int:
    return restore.do(Namespace(copy=path, replace_everything=replace_everything))


# What is in a copy


@pytest.mark.only_on("sqlite")
def test_every_table_is_either_held_or_left_out_with_a_reason() -> None:
    ours = {model._meta.label_lower for model in apps.get_models()}
    assert ours == {*HELD, *LEFT_OUT}
    assert not set(HELD) & set(LEFT_OUT)


@pytest.mark.only_on("sqlite")
def test_nothing_of_a_call_or_a_page_is_ever_held() -> None:
    assert not [label for label in HELD if label.startswith(("calls.", "paging.", "talk."))]


@pytest.mark.django_db(transaction=True)
def test_rosa_calls_and_no_trace_of_it_is_in_the_copy(tmp_path: Path) -> None:
    with use(Pager()):
        deed(roster.import_roster, file_with(SAM, INES))
        rosa = deed(calls.call_for_backup, press=calls.Press(), told=Told(wants="chaplain"))
        deed(roster.note_talk, Helper.objects.get(key="sam").pk)
        contents = read_this_house(clock.now(), tmp_path)
    told = json.dumps(contents.tables)
    assert set(contents.tables) == set(HELD)
    assert str(rosa.id) not in told
    assert rosa.id.hex not in told
    assert [row["last_talk_on"] for row in contents.tables["roster.helper"]] == [None, None]


@pytest.mark.django_db(transaction=True)
def test_who_was_taken_off_the_roster_is_not_copied_past_their_day(tmp_path: Path) -> None:
    deed(roster.import_roster, file_with(SAM, INES))
    deed(roster.import_roster, file_with(INES), remove_missing=True)
    contents = read_this_house(clock.now(), tmp_path)
    assert [row["key"] for row in contents.tables["roster.helper"]] == ["ines"]
    assert len(contents.tables["roster.way"]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_teams_own_files_come_along_and_the_site_key_never(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text(f"# {name}, ß\n", encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "site-key").write_text(keys.site_key().hex())
    contents = read_this_house(clock.now(), tmp_path)
    assert contents.files == {name: f"# {name}, ß\n" for name in FILES}
    assert keys.site_key().hex() not in repr(contents)


# The file


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_for_its_owner_alone_and_tells_a_finder_nothing(tmp_path: Path) -> None:
    deed(roster.import_roster, file_with(SAM))
    path = tmp_path / "copy"
    contents = read_this_house(clock.now(), tmp_path)
    write_copy(path, contents)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Sam" not in path.read_bytes()
    assert b"cedar" not in path.read_bytes().lower()
    assert read_copy(path) == contents


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [70, 200, -1])
def test_a_copy_in_which_one_byte_was_changed_does_not_open(tmp_path: Path, place: int) -> None:
    path = tmp_path / "copy"
    write_copy(path, read_this_house(clock.now(), tmp_path))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(CopyOfAnotherHouse, match="somebody changed the copy"):
        read_copy(path)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"SQLite format 3\x00", b"Step It Up, safe copy, format 1, made "]
)
def test_another_file_is_not_taken_for_a_copy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(NotASafeCopy, match="nothing was changed"):
        read_copy(tmp_path / "copy")


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_cannot_be_written_leaves_the_older_one_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "copy"
    older = read_this_house(clock.now(), tmp_path)
    write_copy(path, older)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_copy(path, replace(older, made_at=older.made_at + timedelta(days=1)))
    assert read_copy(path) == older
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


# The way there and back


def test_the_way_there_and_back_with_the_real_program(
    house: House, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    old = Desk(house)
    (tmp_path / "roster.toml").write_text(file_with(SAM, INES))
    old.says("roster", "import", tmp_path / "roster.toml")
    (house.data / "team.toml").write_text('name = "Cedar Mesa peers"\nwho_runs = "Lodge 12"\n')
    with inside(house, django_db_blocker):
        before = questions.export_roster()
    made = old.says("safe-copy", tmp_path)
    assert made.returncode == 0, made.stderr
    [copy] = tmp_path.glob("*.safe-copy")
    noted = last_copy(house.data)
    assert noted is not None
    assert noted.to == copy

    (house.data / "team.toml").unlink()
    back = old.says("restore", copy, "--replace-everything")
    assert back.returncode == 0, back.stderr
    assert "2 helpers" in back.stdout
    assert 'who_runs = "Lodge 12"' in (house.data / "team.toml").read_text()
    assert stat.S_IMODE((house.data / "team.toml").stat().st_mode) == 0o600
    assert old.says("roster", "export").stdout == before
    checked = old.says("check")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert "no carrier" in checked.stdout


@pytest.mark.django_db(transaction=True)
def test_everybody_comes_back_and_numbers_go_on_from_there(here: Path, tmp_path: Path) -> None:
    deed(roster.import_roster, DEMO)
    before = questions.export_roster()
    copy_to(tmp_path / "copy")
    restore_from(tmp_path / "copy", replace_everything=True)
    assert questions.export_roster() == before
    report = deed(roster.import_roster, file_with(helper_in_file("newcomer")))
    assert report.added == ("newcomer",)
    assert is_up_to_date()


@pytest.mark.django_db(transaction=True)
def test_an_open_call_does_not_come_back_and_leaves_nothing_behind(here: Path, tmp_path: Path) -> None:
    with use(Pager()):
        deed(roster.import_roster, file_with(SAM))
        deed(calls.call_for_backup, press=calls.Press())
    copy_to(tmp_path / "copy")
    restore_from(tmp_path / "copy", replace_everything=True)
    kept = {label for label in LEFT_OUT if apps.get_model(label)._base_manager.exists()}
    assert kept == set(), "no call, no page, no timer and no lease"


@pytest.mark.django_db(transaction=True)
def test_a_copy_needs_the_site_key_of_its_house(here: Path, tmp_path: Path, settings: Settings) -> None:
    deed(roster.import_roster, file_with(SAM))
    copy_to(tmp_path / "copy")
    settings.SITE_KEY_FILE = tmp_path / "lost"
    with pytest.raises(SiteKeyMissing, match="needs its old one"):
        restore_from(tmp_path / "copy", replace_everything=True)
    keys.make_site_key(tmp_path / "another")
    settings.SITE_KEY_FILE = tmp_path / "another"
    with pytest.raises(CopyOfAnotherHouse, match="does not open with the site key"):
        restore_from(tmp_path / "copy", replace_everything=True)
    assert Helper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_an_older_version_is_brought_up_to_this_one(here: Path, tmp_path: Path) -> None:
    deed(roster.import_roster, file_with(SAM))
    now = read_this_house(clock.now(), here)
    came_later = {("roster", "0012_devices_in_doubt"), *(one for one in now.migrations if one[0] == "calls")}
    before = tuple(one for one in now.migrations if one not in came_later)
    write_copy(tmp_path / "copy", replace(now, migrations=before))
    restore_from(tmp_path / "copy", replace_everything=True)
    assert is_up_to_date()
    assert Helper.objects.get().key == "sam"
    assert not Call.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_restore_that_was_cut_off_can_be_done_again(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deed(roster.import_roster, file_with(SAM, INES))
    copy_to(tmp_path / "copy")

    def power_cut(_filled: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as tonight:
        tonight.setattr(putting_back, "_count_on_from_there", power_cut)
        with pytest.raises(KeyboardInterrupt):
            restore_from(tmp_path / "copy", replace_everything=True)
    assert not Helper.objects.exists(), "all or nothing"
    restore_from(tmp_path / "copy")
    assert set(Helper.objects.values_list("key", flat=True)) == {"sam", "ines"}


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_a_newer_version_is_refused_before_anything_is_touched(here: Path, tmp_path: Path) -> None:
    deed(roster.import_roster, file_with(SAM))
    now = read_this_house(clock.now(), here)
    write_copy(tmp_path / "copy", replace(now, migrations=(*now.migrations, ("roster", "0999_tomorrow"))))
    with pytest.raises(CopyIsNewer, match="roster 0999_tomorrow"):
        restore_from(tmp_path / "copy", replace_everything=True)
    assert Helper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_house_that_holds_somebody_is_not_written_over_by_a_slip(here: Path, tmp_path: Path) -> None:
    with use(Pager()):
        copy_to(tmp_path / "copy")
        deed(roster.import_roster, file_with(INES))
        deed(calls.call_for_backup, press=calls.Press())
    with pytest.raises(HouseIsNotEmpty, match=r"helpers: 1, calls: 1.*--replace-everything"):
        restore_from(tmp_path / "copy")
    assert Helper.objects.get().key == "ines"


@pytest.mark.django_db(transaction=True)
def test_an_old_copy_does_not_bring_back_who_was_suspended_since(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deed(roster.import_roster, file_with(SAM, INES))
    copy_to(tmp_path / "copy")
    deed(roster.suspend, Helper.objects.get(key="sam").pk)
    restore_from(tmp_path / "copy", replace_everything=True)
    assert "still not paged: sam" in capsys.readouterr().out
    assert questions.who_is_suspended_or_gone() == {"sam"}
    assert LogBookEntry.objects.latest("pk").what == What.RESTORED


@pytest.mark.django_db(transaction=True)
def test_what_had_its_day_since_the_copy_was_made_does_not_stay_and_the_folder_is_its_owners_alone(
    here: Path, tmp_path: Path
) -> None:
    deed(roster.import_roster, file_with(SAM, INES))
    deed(roster.import_roster, file_with(INES), remove_missing=True)
    (here / "team.toml").write_text('who_runs = "Lodge 12"\n')
    copy_to(tmp_path / "copy")
    (here / "team.toml").write_text('who_runs = "Lodge 12, new machine"\n')
    here.chmod(0o755)
    with clock.use(HandClock(clock.now() + timedelta(days=31))):
        restore_from(tmp_path / "copy", replace_everything=True)
    assert list(Helper.objects.values_list("key", flat=True)) == ["ines"], "Sam’s thirty days are over"
    assert here.stat().st_mode & 0o777 == 0o700
    assert (here / "team.toml").read_text() == 'who_runs = "Lodge 12"\n', "everything is put in its place"


@pytest.mark.django_db(transaction=True)
def test_an_incident_whose_day_came_since_the_copy_was_made_is_deleted(here: Path, tmp_path: Path) -> None:
    day = clock.now().date()
    Incident.objects.create(key="bridge", happened_on=day, deleted_on=day + timedelta(days=30))
    copy_to(tmp_path / "copy")
    with clock.use(HandClock(clock.now() + timedelta(days=31))):
        restore_from(tmp_path / "copy", replace_everything=True)
    assert not Incident.objects.exists()


@pytest.mark.only_on("sqlite")
def test_that_the_site_key_is_missing_is_said_before_anything_of_the_copy(tmp_path: Path, settings: Settings) -> None:
    settings.SITE_KEY_FILE = tmp_path / "lost"
    with pytest.raises(SiteKeyMissing):
        restore_from(tmp_path / "no copy at all")


@pytest.mark.django_db(transaction=True)
def test_what_was_written_for_this_machine_is_left_alone(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "team.toml").write_text('who_runs = "Lodge 12"\n')
    copy_to(tmp_path / "copy")
    (here / "team.toml").write_text('who_runs = "Lodge 12, new machine"\n')
    restore_from(tmp_path / "copy")
    assert "team.toml was left as it stands here" in capsys.readouterr().out
    assert "new machine" in (here / "team.toml").read_text()


@pytest.mark.django_db(transaction=True)
def test_a_running_house_is_not_restored_into(here: Path, tmp_path: Path) -> None:
    copy_to(tmp_path / "copy")
    deed(heart.beat, name="a watch somewhere")
    with pytest.raises(HouseIsRunning, match="Stop it, wait ten seconds"):
        restore_from(tmp_path / "copy", replace_everything=True)
