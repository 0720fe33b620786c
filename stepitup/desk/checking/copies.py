"""Safe copies: is there one, is it young, is it anywhere else than on the disk that may be lost?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.last_copy import last_copy

_OLD = timedelta(hours=24)


def about_safe_copies(data: Path, *, now: datetime) -> Iterator[Finding]:
    """What was made, when, and where it lies."""
    last = last_copy(data)
    if last is None:
        yield missing("There is no safe copy.", "stepitup safe-copy TO, once a day, onto another disk.")
        return
    if now - last.made_at > _OLD:
        made = f"{last.made_at:%Y-%m-%d %H:%M} UTC"
        yield missing(f"The newest safe copy is of {made}, more than a day old.", "See why it is not made daily.")
    if not last.to.exists():
        return  # carried away, as it ought to be
    if last.to.stat().st_mode & 0o077:
        yield missing(f"Others on this machine can read {last.to}.", f"chmod 600 {last.to}")
    if last.to.stat().st_dev == data.stat().st_dev:
        yield think(f"{last.to} lies on the same disk as the house.", "Carry it to another one.")
