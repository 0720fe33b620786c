"""When the newest safe copy was made, and where: a note in the data folder, for `stepitup check`."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stepitup.desk.files import write_whole

_FILE = "last-safe-copy.json"


@dataclass(frozen=True)
class LastCopy:
    """The newest safe copy."""

    made_at: datetime
    to: Path


def note_last_copy(data: Path, last: LastCopy) -> None:
    """Keep the note."""
    told = {"made_at": last.made_at.isoformat(timespec="seconds"), "to": str(last.to)}
    write_whole(data / _FILE, json.dumps(told).encode())


def last_copy(data: Path) -> LastCopy | None:
    """The newest safe copy, or None where none was made, or the note cannot be read."""
    try:
        told = json.loads((data / _FILE).read_text(encoding="utf-8"))
        return LastCopy(datetime.fromisoformat(told["made_at"]), Path(told["to"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
