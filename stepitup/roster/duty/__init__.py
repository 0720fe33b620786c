"""When somebody is on duty. The calendar and the engine ask this same place: `is_on_duty`, `spans_between`.

A helper's duty is written in lines (`lines.py`), each a pattern that comes again (`patterns.py`), and changed for a
while by overrides. All of it is plain values and pure functions; what is kept is beside it (`models.py`, `changes.py`).

The two odd nights of a year: a duty begins at the first occurrence of its hour and ends at the last; an hour that does
not exist begins early and ends late. Rather two on duty for an hour than nobody.
"""

from stepitup.roster.duty.asked import Duty, Override, is_on_duty, names_holidays, spans_between
from stepitup.roster.duty.lines import read_line
from stepitup.roster.duty.spans import Span

__all__ = ["Duty", "Override", "Span", "is_on_duty", "names_holidays", "read_line", "spans_between"]
