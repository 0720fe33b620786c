"""The data folder: for its owner alone, with a team's file when it is a demonstration."""

import re
from pathlib import Path

from stepitup.ground.team import read_team
from stepitup.site.errors import NotADemonstration

_ADDRESS = "address-of-the-demonstration"
DEMO_TEAM = """\
# The demonstration team. Nobody real is paged: pages go to an on-screen pager.
# A real team's file has the same words, and no `demo`. docs/run-it.md says what each is for.
demo = true
name = "Demonstration team"
who_runs = "whoever tries this demonstration"
network = "this machine"
time_zone = "America/Denver"
default_state = "US-CO"
on_call_clinician = "Dr. Okafor (demonstration)"
complaint_to = "nobody: this is a demonstration"
"""


def make_ready(data: Path, *, demo: bool) -> None:
    """Make the folder. For a demonstration write its team's file; raises NotADemonstration where a real team lives."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    if not demo:
        return
    file = data / "team.toml"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(DEMO_TEAM, encoding="utf-8")
    if not read_team(data).demo:
        raise NotADemonstration(file)


def note_address(data: Path, address: str) -> None:
    """Where a demonstration is open: its port was said to the process alone, and a command beside it prints links."""
    (data / _ADDRESS).write_text(f"{address}\n", encoding="utf-8")


def noted_address(data: Path) -> str:
    """Where the demonstration of this folder was open last; empty where nobody knows."""
    try:
        noted = (data / _ADDRESS).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return noted if re.fullmatch(r"http://localhost:[0-9]{1,5}", noted) else ""
