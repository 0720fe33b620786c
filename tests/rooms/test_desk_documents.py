"""What the documents for people tell is what the program does: words, settings, commands, the plan."""

import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from stepitup.calls.plan import DEFAULT
from stepitup.calls.plan_file import plan_from
from stepitup.desk.copying.held import FILES
from stepitup.desk.plan_words import clock_of
from stepitup.ground.errors import TeamFileWrong
from stepitup.ground.team import TABLES, Team, read_team
from stepitup.site import console, settings

pytestmark = pytest.mark.only_on("sqlite")

DOCS = Path(__file__).parent.parent.parent / "docs"
RUN_IT = (DOCS / "run-it.md").read_text(encoding="utf-8")
FOR_COORDINATORS = (DOCS / "for-coordinators.md").read_text(encoding="utf-8")
PEOPLES = ("run-it.md", "for-coordinators.md", "for-helpers.md", "sign-in.md", "threat-model.md")


def toml_in(text: str) -> str:
    found = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def words_of(shape: type[Any]) -> set[str]:
    return {part.name for part in fields(shape)} - {"data", *TABLES}


def test_every_word_of_team_toml_is_explained_and_none_that_is_not() -> None:
    table = RUN_IT.partition("| word |")[2].partition("\n\n")[0]
    first_column = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|"))
    explained = set(re.findall(r"`([a-z_0-9]+)`", first_column))
    assert explained == words_of(Team).union(*(words_of(shape) for shape in TABLES.values()))


def test_the_example_of_team_toml_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(toml_in(RUN_IT))
    ours = read_team(tmp_path)
    assert ours.mail is not None
    assert ours.who_runs == "Lodge 12"
    (tmp_path / "team.toml").write_text(toml_in(RUN_IT) + "nonsense = 1\n")
    with pytest.raises(TeamFileWrong):
        read_team(tmp_path)


def test_every_setting_of_the_environment_is_named() -> None:
    known = set(re.findall(r"STEPITUP_[A-Z_]+", Path(settings.__file__).read_text(encoding="utf-8")))
    assert known
    assert not [name for name in known if name not in RUN_IT]


def test_every_command_is_told() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    told += (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert not [name for name in console._ROOMS if f"stepitup {name}" not in told]


@pytest.mark.parametrize(
    "words",
    [
        "run --port 8123 --data some/folder --demo",
        "demo --port 8123",
        "watch",
        "check",
        "migrate",
        "roster import team.toml",
        "roster export",
        "plan show",
        "plan check",
        "safe-copy a-folder",
        "restore a-copy",
    ],
)
def test_what_an_operator_was_promised_can_be_said_and_is_done_in_a_room(words: str) -> None:
    said = console._grammar().parse_args(words.split())
    assert callable(import_module(console._ROOMS[said.command]).do)


def test_without_a_word_more_the_house_listens_on_8000_of_this_machine_alone() -> None:
    said = console._grammar().parse_args(["run"])
    assert (said.host, said.port, said.demo, said.data) == ("127.0.0.1", 8000, False, None)


def test_the_example_of_plan_toml_can_be_read_and_has_the_default_times() -> None:
    read = plan_from(toml_in(FOR_COORDINATORS))
    assert read.mistakes == ()
    assert read.plan.repeat_every == DEFAULT.repeat_every
    assert read.plan.expires_after == DEFAULT.expires_after
    assert read.plan.steps == (DEFAULT.steps[0], DEFAULT.steps[2])


def test_the_default_plan_is_told_as_it_is() -> None:
    table = FOR_COORDINATORS.partition("| after the press |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| (\d+:\d\d) \|", table, re.MULTILINE)
    waits = [step.wait for step in DEFAULT.steps]
    assert told == [clock_of(sum(waits[:number], start=waits[0] * 0)) for number in range(len(waits) + 1)]


def test_what_a_safe_copy_holds_of_the_folder_is_told() -> None:
    assert all(f"`{name}`" in RUN_IT for name in FILES)


@pytest.mark.parametrize("name", PEOPLES)
def test_each_document_points_only_to_what_is_there(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert not [link for link in links if not (DOCS / link).exists()]


@pytest.mark.parametrize("name", ["for-helpers.md", "for-coordinators.md"])
def test_what_helpers_read_keeps_the_words_of_the_field(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8").lower()
    assert not re.search(
        r"committed suicide|anonymous|completely confidential|backups?\b copy|\badmin\b|\bagents?\b", text
    )
