"""`stepitup roster export [FILE]`: the whole roster as a roster file. It holds names and numbers: keep it like keys."""

import argparse
import sys

from stepitup.desk.files import write_whole
from stepitup.roster import questions


def do(options: argparse.Namespace) -> int:
    """Write the file for its owner alone, or print it."""
    text = questions.export_roster()
    if options.file is None:
        sys.stdout.write(text)
        return 0
    write_whole(options.file, text.encode())
    print(f"Written to {options.file}, for your eyes alone: it holds names and numbers.")
    return 0
