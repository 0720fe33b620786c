"""Where the process finds and leaves its files."""

from pathlib import Path

import stepitup.door

STATIC = Path(stepitup.door.__file__).parent / "static"


def written_in(data: Path) -> Path:
    """Where the directory writes the screens that open when all else is down."""
    return data / "when-all-else-is-down"
