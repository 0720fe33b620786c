"""Where the tests put what they throw away, and where they keep what is slow to bring."""

import os
import shutil
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
# Shared by all checkouts of one person: a browser is large, and the same for all.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stepitup"

_IN_MEMORY = Path("/dev/shm")
_ENOUGH = 2 * 1024**3


def throwaway_folder(purpose: str) -> Path:
    """A new folder, in memory where there is room: SQLite waits for the disk at each commit, and tests commit much."""
    roomy = _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ENOUGH
    return Path(tempfile.mkdtemp(prefix=f"stepitup-{purpose}-", dir=_IN_MEMORY if roomy else None))


def folder_on_disk(purpose: str) -> Path:
    """A new folder on a real disk, for what is measured or must survive."""
    return Path(tempfile.mkdtemp(prefix=f"stepitup-{purpose}-"))
