"""The files that open when all else is down."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stepitup.directory.actions import static_files, write_static
from stepitup.ground.team import Team

NAMES = {"hotlines.html", "no-signal.html", "trouble.html"}


@pytest.fixture(autouse=True)
def ours(settings: Settings, tmp_path: Path) -> Team:
    settings.TEAM = Team(name="Backup", who_runs="Smith & <Sons>", demo=True, data=tmp_path)
    house: Team = settings.TEAM
    return house


class Tags(HTMLParser):
    """Every tag of a file with what it carries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_three_files_are_written_and_read_back(tmp_path: Path) -> None:
    write_static(tmp_path / "still")
    assert {path.name for path in (tmp_path / "still").iterdir()} == NAMES
    for path in (tmp_path / "still").iterdir():
        assert "988" in path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o777 == 0o644


def test_they_are_written_before_the_first_migration_and_with_the_database_gone(tmp_path: Path) -> None:
    away = {**os.environ, "STEPITUP_DATA": str(tmp_path), "STEPITUP_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/no"}
    write = (
        "import django; django.setup(); from pathlib import Path; from stepitup.directory.actions import write_static; "
        f"write_static(Path({str(tmp_path / 'still')!r}))"
    )
    environment = {**away, "DJANGO_SETTINGS_MODULE": "stepitup.site.settings"}
    done = subprocess.run([sys.executable, "-c", write], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "still").iterdir()} == NAMES


def test_they_need_the_stylesheet_and_nothing_else(ours: Team) -> None:
    for name, text in static_files(ours=ours, style="style.css").items():
        assert "http:" not in text, name
        assert "https:" not in text, name
        assert "//" not in text, name
        for tag, told in Tags(text).found:
            assert tag not in {"script", "style", "img", "iframe", "object", "embed", "base", "form"}, name
            assert not {word for word in told if word.startswith("on") or word in {"style", "src", "srcset"}}, name
            if tag == "link":
                assert told["href"] in {"style.css", "/static/icon.svg"}, name


def test_what_the_team_calls_itself_cannot_break_the_page(ours: Team) -> None:
    for text in static_files(ours=ours).values():
        assert "Smith &amp; &lt;Sons&gt;" in text
        assert "<Sons>" not in text


def test_leaving_comes_right_after_the_skip_link_and_the_way_back_is_there(ours: Team) -> None:
    for text in static_files(ours=ours).values():
        links = [told["href"] for tag, told in Tags(text).found if tag == "a"]
        assert links[:2] == ["#main", "/away"]
        assert {"/", "/hotlines", "tel:988", "sms:988", "tel:911"} <= set(links)


def test_the_titles_tell_nothing(ours: Team) -> None:
    for text in static_files(ours=ours).values():
        assert re.findall(r"<title>(.*?)</title>", text) == ["Today"]


def test_a_demonstration_says_so(ours: Team) -> None:
    assert all("DEMO" in text for text in static_files(ours=ours).values())
    assert not any("DEMO" in text for text in static_files(ours=Team()).values())


def test_in_trouble_one_reads_what_happened_what_holds_and_what_to_do(ours: Team) -> None:
    text = static_files(ours=ours)["trouble.html"]
    assert "That is our failure, not yours" in text
    assert "A call that we confirmed before is kept" in text
    assert "Call or text one of these now" in text


def test_without_signal_nothing_pretends_to_be_sent(ours: Team) -> None:
    text = static_files(ours=ours)["no-signal.html"]
    assert "may not have reached us" in text
    assert "was sent" not in text


def test_the_lines_of_every_state_are_in_the_file_under_its_name(ours: Team) -> None:
    text = static_files(ours=ours)["hotlines.html"]
    for state in ("Colorado", "Florida", "Illinois", "Michigan", "Minnesota", "New Jersey", "New York"):
        assert f"<summary>{state}</summary>" in text
    assert text.index("line-988") < text.index("line-copline") < text.index("<summary>Colorado")


def test_a_disk_that_fills_up_halfway_leaves_yesterdays_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_static(tmp_path / "still")
    yesterday = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "still").iterdir()}

    def full(_handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_static(tmp_path / "still", ours=Team(who_runs="somebody else"))
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "still").iterdir()} == yesterday
