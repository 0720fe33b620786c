"""`stepitup roster import FILE [--as FORM] [--dry-run] [--remove-missing]`: make the roster what the file says.

All or nothing. FORM is toml, csv or json; without it the ending of the file tells, and a file without one is TOML.
"""

import argparse
import sys

from stepitup.calls import actions as calls
from stepitup.desk.files import read_whole
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.roster import questions
from stepitup.roster.file.forms import LARGEST, read_in, which_form
from stepitup.roster.file.rows import Report

_AT_MOST = LARGEST + 1024**2  # the reader itself says in words what is too long for a roster


def do(options: argparse.Namespace) -> int:
    """Import, and say what changed; 1 with every mistake and its line when the file cannot be brought in."""
    form = which_form(options.form, options.file.name)
    wanted, mistakes = read_in(form, read_whole(options.file, at_most=_AT_MOST))
    for mistake in mistakes:
        sys.stderr.write(f"{options.file}: {mistake}\n")
    if mistakes:
        sys.stderr.write(f"{_counted(len(mistakes), 'mistake')}. Nothing was imported.\n")
        return 1
    report = deed(
        calls.bring_roster_in,
        wanted,
        dry_run=options.dry_run,
        remove_missing=options.remove_missing,
        who=log_book.OPERATOR,
    )
    _say(report)
    return 0


def _say(report: Report) -> None:
    print("This is what would change; nothing was imported." if report.dry_run else "Imported.")
    for said, keys in (
        ("New", report.added),
        ("Changed", report.changed),
        ("Taken off the roster", report.removed),
        ("Not in the file, and still on the roster", report.not_in_file),
    ):
        if keys:
            print(f"  {said}: {', '.join(keys)}")
    print(f"  The same as before: {_counted(report.unchanged, 'helper')}")
    _say_who_is_not_fit()


def _say_who_is_not_fit() -> None:
    not_fit = questions.who_is_not_fit(clock.now())
    for key, why in not_fit.items():
        print(f"  Not paged at this moment: {key}. {why}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
