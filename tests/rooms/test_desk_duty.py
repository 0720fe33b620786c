"""Duty from the command line: gaps, shifts in and out. And the feed, as a phone's calendar fetches it."""

import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.test import Client

from stepitup.desk import duty_export, duty_gaps, duty_import
from stepitup.desk.errors import CannotRead, NobodyHasThisKey
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.log_book import entries
from stepitup.ground.models import LogBookEntry
from stepitup.paging import carriers
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.roster.duty.feeds import renew_feed
from stepitup.roster.models import DutyOverride
from tests.rooms.duty_house import NOON, number_of, sam_and_ines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday_noon() -> Iterator[None]:
    """Noon in Denver, and Sam and Ines on the team."""
    with clock.use(HandClock(NOON)), carriers.use(Pager()):
        sam_and_ines()
        yield


def import_of(file: Path, *, helper: str | None = None, dry_run: bool = False) -> int:
    return duty_import.do(Namespace(file=file, helper=helper, dry_run=dry_run))


def table(folder: Path, *lines: str) -> Path:
    file = folder / "shifts.csv"
    file.write_text("\n".join(["helper,from,until", *lines]), encoding="utf-8")
    return file


def test_gaps_are_printed_and_the_shell_knows(capsys: pytest.CaptureFixture[str]) -> None:
    assert duty_gaps.do(Namespace()) == 1
    assert "Peers: Sat 2026-11-28, 13:00 to Mon 2026-11-30, 13:00" in capsys.readouterr().out


def test_shifts_go_in_after_a_look_and_are_noted_in_the_log_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path, "ines,2026-11-28 06:00,2026-11-30 06:00")
    assert import_of(file, dry_run=True) == 0
    assert (DutyOverride.objects.count(), LogBookEntry.objects.count()) == (0, 0)
    assert import_of(file) == 0
    assert "Would come: 1.\nBrought in: 1.\n" in capsys.readouterr().out
    assert [entry.what for entry in entries(2026)] == ["opened_book", "changed_duty"]
    assert duty_export.do(Namespace(file=tmp_path / "out.csv")) == 0
    assert "ines,2026-11-28 06:00:00-07:00" in (tmp_path / "out.csv").read_text()
    assert import_of(tmp_path / "out.csv") == 0
    assert DutyOverride.objects.count() == 1


def test_a_large_file_of_shifts_comes_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepitup.roster.duty.shifts.parts.A_PART", 1)
    file = table(tmp_path, *(f"ines,2026-11-{day} 06:00,2026-11-{day} 18:00" for day in (28, 29)))
    monkeypatch.setattr(time, "sleep", Mock())
    assert import_of(file) == 0
    assert time.sleep.call_args.args[0] >= 0.03  # type: ignore[attr-defined]  # a breath for whoever presses
    assert [entry.how_many for entry in entries(2026)] == [None, 1, 1], "two deeds"


def test_mistakes_are_printed_with_their_lines_and_nothing_is_brought_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path, "ines,2026-11-28 06:00,2026-11-30 06:00", "ines,1900-01-00,2026-11-30")
    assert import_of(file) == 1
    assert f"{file}: line 3: “1900-01-00”: spreadsheets write 1900" in capsys.readouterr().err
    assert DutyOverride.objects.count() == 0
    with pytest.raises(NobodyHasThisKey):
        import_of(file, helper="nobody")
    with pytest.raises(CannotRead):
        import_of(tmp_path / "nothing.csv")


def test_a_phone_fetches_the_feed_without_signing_in_and_another_link_finds_nothing() -> None:
    secret = renew_feed(NOON, number_of("sam"))
    answer = Client().get(f"/duty/{secret}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.count(b"BEGIN:VEVENT") > 60
    assert not answer.cookies
    assert Client().get(f"/duty/{secret[:-1]}.ics").status_code == 404
    assert Client().post(f"/duty/{secret}.ics").status_code == 405
