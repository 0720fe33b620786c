"""`stepitup roster import FILE [--as FORM] [--dry-run] [--remove-missing]`: make the roster what the file says.

All or nothing. FORM is toml, csv or json; without it the ending of the file tells, and a file without one is TOML.
"""

import argparse
import sys
from datetime import datetime
from functools import partial

from stepitup.calls import actions as calls
from stepitup.calls.timing import feed_the_hungry
from stepitup.desk.files import read_whole
from stepitup.ground import bell, clock, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.file.forms import LARGEST, read_in, which_form
from stepitup.roster.file.rows import Report, RosterRows

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
    report = deed(bring_in, wanted, dry_run=options.dry_run, remove_missing=options.remove_missing)
    _say(report)
    return 0


def bring_in(now: datetime, wanted: RosterRows, *, dry_run: bool, remove_missing: bool) -> Report:
    """Bring the file in, and let it act on this night.

    1. Who was suspended or taken off holds no page and no seat any more: their callers go to somebody else.
    2. Who is new, or may be paged again, is found by searches that lack people.
    3. The log book has a line for the file, and one for each whom it suspended, took off or brought back.
    """
    stopped_before = questions.who_is_suspended_or_gone()
    report = roster.bring_in(now, wanted, dry_run=dry_run, remove_missing=remove_missing)
    if dry_run:
        return report
    _note(now, report, stopped_before=stopped_before)
    suspended = {row.key for row in wanted.helpers if row.suspended}
    for helper in sorted(questions.ids_of({*report.removed, *suspended}).values()):
        calls.release(now, helper)
    if report.added or report.changed:
        feed_the_hungry(now)
        bell.ring("timers", "roster")
    return report


def _note(now: datetime, report: Report, *, stopped_before: frozenset[str]) -> None:
    rows = len(report.added) + len(report.changed) + len(report.removed)
    write = partial(log_book.note, now, who=log_book.OPERATOR)
    write(what=What.IMPORTED, about=log_book.ROSTER, how_many=rows)
    stopped = questions.who_is_suspended_or_gone()
    ids = questions.ids_of(stopped ^ stopped_before)
    for key in sorted(stopped - stopped_before):
        what = What.REMOVED if key in report.removed else What.SUSPENDED
        write(what=what, about=log_book.helper(ids[key]))
    for key in sorted(stopped_before - stopped):
        write(what=What.LIFTED_SUSPENSION, about=log_book.helper(ids[key]))


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
