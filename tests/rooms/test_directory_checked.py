"""What the team tried itself stands beside the line; a mistake in that file costs nobody a number."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stepitup.directory import questions
from stepitup.directory.checked import read_checked, what_is_wrong
from stepitup.ground.team import Team

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.TEAM = Team(data=tmp_path)
    return tmp_path


def write(data: Path, text: str) -> None:
    (data / "checked.toml").write_text(text, encoding="utf-8")


def test_maria_rang_copline_and_the_screen_says_when(data: Path) -> None:
    write(data, '[line.copline]\ndate = 2026-11-20\nby = "Maria"\n')
    copline = questions.by_id("copline")
    assert copline.checked_on == date(2026, 11, 20)
    assert copline.checked == "Test-called by this team on November 20, 2026: it answered."
    assert "Maria" not in copline.checked + copline.seen
    assert what_is_wrong(data, today=TODAY) == []


def test_a_line_that_did_not_answer_is_taken_off_every_screen(data: Path) -> None:
    write(data, '[line.copline]\ndate = 2026-11-20\nby = "Maria"\nanswered = false\n')
    assert "copline" not in {line.id for line in questions.hotlines()}
    assert [line.id for line in questions.first_lines()] == ["988"]


def test_988_can_be_marked_but_never_taken_away(data: Path) -> None:
    write(data, '[line.988]\ndate = 2026-11-20\nby = "Maria"\nanswered = false\n')
    assert "it did not answer" in questions.hotlines()[0].checked
    assert questions.hotlines()[0].id == "988"


@pytest.mark.parametrize(
    "text",
    [
        "this is not toml",
        "\x00\x01",
        '[line.copline]\ndate = "yesterday"\nby = "Maria"\n',
        '[line.copline]\ndate = 2026-11-20\nby = ""\n',
        "[line.copline]\n",
        "line = 3\n",
        '[lines.copline]\ndate = 2026-11-20\nby = "Maria"\n',
        '[line.safe-call-now]\ndate = 2026-11-20\nby = "Maria"\n',
        '[line.copline]\ndate = 2027-01-01\nby = "Maria"\n',
        "[card]\nby = 3\n",
    ],
)
def test_a_mistake_is_told_by_day_and_costs_nobody_a_number_at_night(data: Path, text: str) -> None:
    everything = [line.id for line in questions.hotlines()]
    write(data, text)
    assert what_is_wrong(data, today=TODAY)
    assert [line.id for line in questions.hotlines()] == everything


def test_a_line_that_we_do_not_publish_is_not_published_by_ringing_it(data: Path) -> None:
    write(data, '[line.safe-call-now]\ndate = 2026-11-20\nby = "Maria"\n')
    assert "safe-call-now" not in {line.id for line in questions.hotlines()}


def test_a_file_that_cannot_be_read_at_all_counts_as_nothing_checked(data: Path) -> None:
    (data / "checked.toml").mkdir()
    assert read_checked(data).lines == {}
    assert what_is_wrong(data, today=TODAY)


def test_dr_okafor_approves_this_version_of_the_card_and_no_other(data: Path) -> None:
    assert "No clinician of this team has signed" in questions.card().standing
    version = questions.card().version
    write(data, f'[card]\ndate = 2026-11-21\nby = "Dr. Okafor"\nversion = "{version}"\n')
    assert questions.card().approved
    assert "Dr. Okafor" in questions.card().standing
    write(data, '[card]\ndate = 2026-11-21\nby = "Dr. Okafor"\nversion = "older"\n')
    assert not questions.card().approved
    assert "waits to be read again" in questions.card().standing
