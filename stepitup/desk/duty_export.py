"""`stepitup duty export [FILE]`: every change of duty that is not over, as a table that can be brought in again."""

import argparse
import sys

from stepitup.desk.files import write_whole
from stepitup.ground import clock
from stepitup.roster.duty.shifts.bringing_in import write_shifts


def do(options: argparse.Namespace) -> int:
    """Write the table for its owner alone, or print it."""
    text = write_shifts(clock.now())
    if options.file is None:
        sys.stdout.write(text)
        return 0
    write_whole(options.file, text.encode())
    print(f"Written to {options.file}.")
    return 0
