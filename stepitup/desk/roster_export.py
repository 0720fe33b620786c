"""`stepitup roster export [FILE] [--as FORM]`: the whole roster as a file of names and numbers: keep it like keys.

FORM is toml, csv or json; without it the ending of the file tells, and what is printed is TOML.
"""

import argparse
import sys

from stepitup.desk.files import write_whole
from stepitup.roster import questions
from stepitup.roster.file.forms import which_form


def do(options: argparse.Namespace) -> int:
    """Write the file for its owner alone, or print it."""
    text = questions.export_roster(which_form(options.form, options.file.name if options.file else ""))
    if options.file is None:
        sys.stdout.write(text.replace("\r\n", "\n"))
        return 0
    write_whole(options.file, text.encode())
    print(f"Written to {options.file}, for your eyes alone: it holds names and numbers.")
    return 0
