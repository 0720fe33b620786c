"""`stepitup duty import FILE [--helper KEY] [--dry-run]`: shifts from another tool, as a table or a calendar."""

import argparse
import sys
from datetime import datetime

from stepitup.desk.errors import NobodyHasThisKey
from stepitup.desk.files import read_whole
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.roster.duty.shifts.bringing_in import LARGEST, bring_shifts_in
from stepitup.roster.duty.shifts.rows import ShiftReport
from stepitup.roster.duty.told import what_it_did
from stepitup.roster.questions import ids_of


def do(options: argparse.Namespace) -> int:
    """Bring the shifts in, all or nothing, or with `--dry-run` say what would come; 1 where something is to mend."""
    raw = read_whole(options.file, at_most=LARGEST)
    report = deed(_bring_in, raw, _only(options.helper), dry_run=options.dry_run)
    for mistake in report.mistakes:
        sys.stderr.write(f"{options.file}: {mistake}\n")
    print("\n".join(what_it_did(report)))
    return 0 if report.is_good else 1


def _bring_in(now: datetime, raw: bytes, only: int | None, *, dry_run: bool) -> ShiftReport:
    report = bring_shifts_in(now, raw, only=only, dry_run=dry_run)
    if report.added and not dry_run:
        about = log_book.helper(only) if only else log_book.ROSTER
        log_book.note(now, who=log_book.OPERATOR, what=log_book.What.CHANGED_DUTY, about=about, how_many=report.added)
    return report


def _only(key: str | None) -> int | None:
    if key is None:
        return None
    found = ids_of([key]).get(key)
    if found is None:
        raise NobodyHasThisKey(key)
    return found
