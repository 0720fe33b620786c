"""`stepitup safe-copy TO`: the team, sealed, in one file. The house may run meanwhile."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from stepitup.desk.copying.reading import read_this_house
from stepitup.desk.copying.sealed_file import write_copy
from stepitup.desk.errors import NotUpToDate
from stepitup.desk.last_copy import LastCopy, note_last_copy
from stepitup.desk.migrate import is_up_to_date
from stepitup.ground import clock
from stepitup.ground.keys import site_key
from stepitup.ground.team import team


def do(options: argparse.Namespace) -> int:
    """Write the copy, read it back, say what is in it; 1 when the database itself is damaged."""
    site_key()  # without it nothing could be sealed: say so before anything else
    if not is_up_to_date():
        raise NotUpToDate
    contents = read_this_house(clock.now(), team().data)
    path = _named(options.to.resolve(), f"stepitup-{contents.made_at:%Y-%m-%dT%H%M%SZ}.safe-copy")
    write_copy(path, contents)
    note_last_copy(team().data, LastCopy(contents.made_at, path))
    print(f"Safe copy written to {path} and read back.")
    print(f"  Helpers: {len(contents.tables['roster.helper'])}. Files: {', '.join(contents.files) or 'none'}.")
    print("  No call is in it, and not the site key. It opens only with the site key of this house:")
    print(f"  keep a second copy of {settings.SITE_KEY_FILE} in another safe place, never beside this file.")
    return _look_after_the_database()


def _named(to: Path, name: str) -> Path:
    return to / name if to.is_dir() else to


def _look_after_the_database() -> int:
    """The moment to hear of a damaged file is the day, not the night."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        told = str(cursor.fetchone()[0])
    if told == "ok":
        return 0
    sys.stderr.write(f"The database file is damaged ({told}). Restore an older safe copy on another disk.\n")
    return 1
