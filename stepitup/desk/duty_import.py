"""`stepitup duty import FILE [--helper KEY] [--dry-run]`: shifts from another tool, as a table or a calendar."""

import argparse
import sys
from dataclasses import replace

from stepitup.desk.errors import NobodyHasThisKey
from stepitup.desk.files import read_whole
from stepitup.desk.part_by_part import part_by_part
from stepitup.ground import clock, log_book
from stepitup.roster.duty.shifts.bringing_in import LARGEST, Looked, bring_shift_part, look_at_shifts
from stepitup.roster.duty.shifts.rows import ShiftReport
from stepitup.roster.duty.told import what_it_did
from stepitup.roster.questions import ids_of


def do(options: argparse.Namespace) -> int:
    """Bring the shifts in, or with `--dry-run` say what would come; 1 with every mistake, and then nothing comes."""
    raw = read_whole(options.file, at_most=LARGEST)
    only = _only(options.helper)
    looked = look_at_shifts(clock.now(), raw, only=only)
    report = looked.report if options.dry_run else _bring(looked, only)
    for mistake in report.mistakes:
        sys.stderr.write(f"{options.file}: {mistake}\n")
    print("\n".join(what_it_did(report)))
    return 0 if report.is_good else 1


def _bring(looked: Looked, only: int | None) -> ShiftReport:
    about = log_book.helper(only) if only else log_book.ROSTER
    came = part_by_part(looked.parts(), bring_shift_part, who=log_book.OPERATOR, about=about)
    return replace(looked.report, added=sum(came), dry_run=False)


def _only(key: str | None) -> int | None:
    if key is None:
        return None
    found = ids_of([key]).get(key)
    if found is None:
        raise NobodyHasThisKey(key)
    return found
