"""`stepitup roster import FILE [--as FORM] [--dry-run] [--remove-missing]`: make the roster what the file says.

With any mistake nothing is imported. FORM is toml, csv or json; without it the ending of the file tells, and a file
without one is TOML.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from stepitup.calls import actions as calls
from stepitup.desk.files import read_whole
from stepitup.desk.part_by_part import part_by_part
from stepitup.ground import clock, log_book
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.file.forms import LARGEST, read_in, which_form
from stepitup.roster.file.parts import IN_ONE_GO, how_many, in_one, in_parts
from stepitup.roster.file.rows import Report, RosterRows

_NAMED = 200  # nobody reads a longer list on a terminal
_AT_MOST = LARGEST + 1024**2  # the reader itself says in words what is too long for a roster


def do(options: argparse.Namespace) -> int:
    """Import, and say what changed; 1 with every mistake and its line when the file cannot be brought in."""
    form = which_form(options.form, options.file.name)
    wanted, mistakes = read_in(form, read_whole(options.file, at_most=_AT_MOST), now=clock.now())
    for mistake in mistakes:
        sys.stderr.write(f"{options.file}: {mistake}\n")
    if mistakes:
        sys.stderr.write(f"{_counted(len(mistakes), 'mistake')}. Nothing was imported.\n")
        return 1
    _say(_bring(wanted, dry_run=options.dry_run, remove_missing=options.remove_missing))
    return 0


def _bring(wanted: RosterRows, *, dry_run: bool, remove_missing: bool) -> Report:
    """Look first, outside of any deed; then write all of it in one, or a large file part by part."""
    would = roster.bring_in(clock.now(), wanted, dry_run=True, remove_missing=remove_missing)
    if dry_run:
        return would
    if how_many(would) <= IN_ONE_GO:
        deed(calls.bring_roster_part, in_one(wanted, would), who=log_book.OPERATOR)
        return replace(would, dry_run=False)
    part_by_part(in_parts(wanted, would), calls.bring_roster_part, who=log_book.OPERATOR)
    return replace(would, dry_run=False)


def _say(report: Report) -> None:
    print("This is what would change; nothing was imported." if report.dry_run else "Imported.")
    for said, keys in (
        ("New", report.added),
        ("Changed", report.changed),
        ("Taken off the roster", report.removed),
        ("Agencies", report.agencies),
        ("Incidents", report.incidents),
        ("Not in the file, and still on the roster", report.not_in_file),
    ):
        if keys:
            print(f"  {said}: {', '.join(_the_first(keys))}")
    print(f"  The same as before: {_counted(report.unchanged, 'helper')}")
    _say_who_is_not_fit()


def _say_who_is_not_fit() -> None:
    not_fit = questions.who_is_not_fit(clock.now())
    for line in _the_first([f"{key}. {why}" for key, why in not_fit.items()]):
        print(f"  Not paged at this moment: {line}")


def _the_first(said: Sequence[str]) -> list[str]:
    more = len(said) - _NAMED
    return [*said[:_NAMED], *([f"and {more:,} more"] if more > 0 else [])]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
