"""What an import of the roster leaves in the log book: a line for the file, one for each whom it stopped or freed."""

from datetime import datetime
from functools import partial

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster import questions
from stepitup.roster.file.parts import how_many
from stepitup.roster.file.rows import Report


def note_import(now: datetime, report: Report, *, stopped_before: frozenset[str], who: str) -> None:
    """`stopped_before` are the keys that were suspended or taken off before the import."""
    write = partial(log_book.note, now, who=who)
    write(what=What.IMPORTED, about=log_book.ROSTER, how_many=how_many(report))
    stopped = questions.who_is_suspended_or_gone()
    ids = questions.ids_of(stopped ^ stopped_before)
    for key in sorted(stopped - stopped_before):
        what = What.REMOVED if key in report.removed else What.SUSPENDED
        write(what=what, about=log_book.helper(ids[key]))
    for key in sorted(stopped_before - stopped):
        write(what=What.LIFTED_SUSPENSION, about=log_book.helper(ids[key]))
