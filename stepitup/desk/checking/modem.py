"""The modem: does somebody take what we lay into its outbox?"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stepitup.desk.checking.finding import Finding, missing
from stepitup.ground.team import Team
from stepitup.paging.carriers.modem_gammu.folders import FOLDERS

_DAEMON = "gammu-smsd"
_A_MINUTE = timedelta(minutes=1)


def about_the_modem(ours: Team, *, now: datetime, processes: Path = Path("/proc")) -> Iterator[Finding]:
    """Where the house has a modem of its own: its folders, its daemon, and whether anything moves."""
    if ours.modem is None or ours.demo:
        return
    place = ours.data / ours.modem.folder
    if not all(_can_use(place / name) for name in FOLDERS):
        yield missing(
            f"The modem's folders below {place} are not there, or not ours.", "Start the house: it makes them."
        )
        return
    if _runs(processes) is False:
        yield missing(f"{_DAEMON} does not run: no text leaves this house.", "Start it (docs/modem.md).")
    elif any(_age(path, now) > _A_MINUTE for path in (place / "outbox").glob("OUT*")):
        yield missing(
            "Texts wait in the modem's outbox and nothing takes them.", "Look after the modem (docs/modem.md)."
        )


def _can_use(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _runs(processes: Path) -> bool | None:
    """Whether the daemon runs; None where that cannot be asked."""
    names = list(processes.glob("[0-9]*/comm"))
    return any(_first_line(name) == _DAEMON for name in names) if names else None


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it ended while we looked
        return ""


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except FileNotFoundError:  # it went while we looked
        return timedelta(0)
