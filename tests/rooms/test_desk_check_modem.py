"""`stepitup check` about a modem of one's own."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stepitup.desk.checking.modem import about_the_modem
from stepitup.ground.team import ModemSettings, Team
from stepitup.paging.carriers.modem_gammu.folders import Folders

pytestmark = pytest.mark.only_on("sqlite")

NOW = datetime.now(UTC)


@pytest.fixture
def ours(tmp_path: Path) -> Team:
    """A house with a modem, its folders made."""
    Folders(tmp_path / "modem").make()
    return Team(modem=ModemSettings(), data=tmp_path)


@pytest.fixture
def processes(tmp_path: Path) -> Path:
    """The list of what runs on this machine, with the daemon on it."""
    runs = tmp_path / "proc" / "4711"
    runs.mkdir(parents=True)
    (runs / "comm").write_text("gammu-smsd\n")
    return runs.parent


def says(ours: Team, processes: Path) -> str:
    return " ".join(finding.what for finding in about_the_modem(ours, now=NOW, processes=processes))


def test_a_modem_that_works_is_not_spoken_of(ours: Team, processes: Path) -> None:
    assert not says(ours, processes)


def test_a_house_without_a_modem_hears_nothing_of_it(processes: Path) -> None:
    assert not says(Team(), processes)


def test_a_daemon_that_does_not_run_is_missing(ours: Team, processes: Path) -> None:
    (processes / "4711" / "comm").write_text("cat\n")
    assert "gammu-smsd does not run" in says(ours, processes)


def test_folders_that_are_not_there_are_missing(ours: Team, processes: Path) -> None:
    (ours.data / "modem" / "sent").rmdir()
    assert "folders" in says(ours, processes)


def test_texts_that_nobody_takes_are_told(ours: Team, processes: Path) -> None:
    waits = ours.data / "modem" / "outbox" / "OUTA20260301_030400_00_+15125550143_k.txtd"
    waits.touch()
    assert not says(ours, processes), "it may go in a second"
    earlier = (NOW - timedelta(minutes=5)).timestamp()
    os.utime(waits, (earlier, earlier))
    assert "nothing takes them" in says(ours, processes)


def test_a_demonstration_has_no_modem_to_look_after(processes: Path) -> None:
    assert not says(Team(modem=ModemSettings(), demo=True, data=processes), processes)


def test_a_file_in_the_place_of_a_folder_and_a_folder_of_somebody_elses_are_no_use(
    ours: Team, processes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "access", lambda _path, _how: False)
        assert "not ours" in says(ours, processes)
    (ours.data / "modem" / "sent").rmdir()
    (ours.data / "modem" / "sent").touch()
    assert "folders" in says(ours, processes)


def test_without_its_folders_nothing_more_is_asked_of_the_modem(ours: Team, processes: Path) -> None:
    (ours.data / "modem" / "sent").rmdir()
    (processes / "4711" / "comm").write_text("cat\n")
    assert "does not run" not in says(ours, processes)


def test_where_nobody_can_see_what_runs_it_is_the_texts_that_tell(ours: Team, tmp_path: Path) -> None:
    assert not says(ours, tmp_path / "no such list")
