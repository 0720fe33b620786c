"""The demonstration team: 24 helpers of all four roles, brought in from a readable file."""

from importlib.resources import files

from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster import questions


def fill_an_empty_roster() -> None:
    """Import the demonstration team, unless somebody is on the roster already."""
    if not questions.all_helpers():
        deed(roster.import_roster, files("stepitup.roster").joinpath("demo_team.toml").read_text(encoding="utf-8"))
