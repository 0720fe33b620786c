"""Looking at a file of shifts, bringing it in part by part, and taking the changes of duty out as the same file."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stepitup.ground import log_book
from stepitup.roster.duty.lines import BY_CALENDAR
from stepitup.roster.duty.overriding import FURTHEST, LONGEST, bind
from stepitup.roster.duty.shifts.calendars import is_calendar, read_calendar
from stepitup.roster.duty.shifts.parts import Change, ShiftPart, in_parts
from stepitup.roster.duty.shifts.rows import Crew, Shift, ShiftReport
from stepitup.roster.duty.shifts.tables import read_table
from stepitup.roster.duty.spans import Span, at
from stepitup.roster.file.rows import Mistake
from stepitup.roster.models import DutyOverride, Helper
from stepitup.roster.reading import duties_of

LARGEST: Final = 8_000_000  # bytes; 50 000 lines need about 3 000 000
_AT_ONCE: Final = 500
_SHOWN: Final = 60


def read_shifts(
    now: datetime, raw: bytes, *, only: int | None = None, agency: int | None = None
) -> tuple[list[Shift], list[Mistake]]:
    """Read a table or a calendar; with any mistake the shifts are not to be used.

    `only`: all are this helper's. `agency`: nobody of another agency can be named.
    """
    if len(raw) > LARGEST:
        return [], [Mistake(0, "", f"the file is {len(raw):,} bytes large; at most {LARGEST:,}")]
    crew = who_can_be_named(now, agency=agency)
    shifts, mistakes = (
        read_calendar(now, raw, crew, only=only) if is_calendar(raw) else read_table(raw, crew, only=only)
    )
    mistakes += _out_of_reach(now, shifts) + _contradictions(shifts)
    return shifts, sorted(set(mistakes))


@dataclass(frozen=True, slots=True)
class Looked:
    """What bringing a file in would do, and what is new in it."""

    report: ShiftReport
    new: tuple[Change, ...] = ()
    always: frozenset[int] = frozenset()

    def parts(self) -> Iterator[ShiftPart]:
        """What is new, so many at a time that nobody's press waits for it."""
        return in_parts(self.new, self.always)


def look_at_shifts(now: datetime, raw: bytes, *, only: int | None = None, agency: int | None = None) -> Looked:
    """Read a file of shifts, and say what bringing it in would do. With any mistake nothing is new.

    Nothing is written, so it stands outside of any deed.

    1. What is over is counted and left; what is known already, or stands twice in the file, counts once.
    2. A helper without hours of their own was always on duty. Put on duty by a shift, they are so by calendar alone.
    """
    shifts, mistakes = read_shifts(now, raw, only=only, agency=agency)
    if mistakes:
        return Looked(ShiftReport(mistakes=tuple(mistakes), dry_run=True))
    coming = [shift for shift in shifts if shift.span.end > now]
    wanted = dict.fromkeys((shift.helper, shift.span, shift.is_on) for shift in coming)
    kept = _kept(now, {helper for helper, _span, _is_on in wanted})
    new = [change for change in wanted if change not in kept]
    always = _always_on({helper for helper, _span, is_on in new if is_on})
    report = ShiftReport(
        added=len(new),
        same=len(wanted) - len(new),
        twice=len(coming) - len(wanted),
        past=len(shifts) - len(coming),
        now_by_calendar=tuple(sorted(always.values())),
        first=tuple(sorted(((span, is_on) for _helper, span, is_on in new), key=_begins))[:_SHOWN],
        dry_run=True,
    )
    return Looked(report, tuple(new), frozenset(always))


def bring_shift_part(now: datetime, part: ShiftPart, *, who: str | None, about: str = log_book.ROSTER) -> int:
    """Bring one part in, as changes of duty; return how many came. `who` stands in the log book: None for one's own.

    What somebody else brought in since the look is not brought in again, and nobody's who has left since.
    """
    helpers = {helper for helper, _span, _is_on in part.changes}
    here = Helper.objects.select_for_update().filter(removed_at__isnull=True, pk__in=helpers).order_by("pk")
    lines = {row.pk: row.duty for row in here}
    kept = _kept(now, lines)
    new = [change for change in part.changes if change[0] in lines and change not in kept]
    bind(new)
    Helper.objects.filter(pk__in=[one for one in part.by_calendar if lines.get(one) == []]).update(duty=[BY_CALENDAR])
    if new and who is not None:
        log_book.note(now, who=who, what=log_book.What.CHANGED_DUTY, about=about, how_many=len(new))
    return len(new)


def write_shifts(now: datetime) -> str:
    """Every change of duty that is not over, as a table that can be brought in again."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["helper", "from", "until", "change"])
    zones = who_can_be_named(now).zones
    rows = DutyOverride.objects.filter(ends_at__gt=now, helper__removed_at=None).order_by("helper__key", "pk")
    for helper, key, start, end, is_on in rows.values_list("helper_id", "helper__key", "starts_at", "ends_at", "is_on"):
        moments = (moment.astimezone(zones[helper]).isoformat(sep=" ") for moment in (start, end))
        table.writerow([key, *moments, "on" if is_on else "off"])
    return out.getvalue()


def who_can_be_named(now: datetime, *, agency: int | None = None) -> Crew:
    """Everybody on the roster, or of one agency, by key and by name."""
    here = Helper.objects.filter(removed_at__isnull=True)
    if agency is not None:
        here = here.filter(agency=agency)
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    rows = duties_of(here, at(now))
    for row in rows:
        by_name[" ".join(row.name.split()).casefold()].append(row.pk)
    return Crew(
        by_key=dict(here.values_list("key", "pk")),
        by_name={name: who[0] for name, who in by_name.items() if len(who) == 1},
        zones={row.pk: row.duty.zone for row in rows},
    )


def _out_of_reach(now: datetime, shifts: Iterable[Shift]) -> list[Mistake]:
    found = []
    for shift in shifts:
        if shift.span.end - shift.span.start > LONGEST:
            found.append(Mistake(shift.line, "", "is longer than three months; write lines of duty for that"))
        if shift.span.end > now + FURTHEST:
            found.append(Mistake(shift.line, "", "lies more than three years ahead; see whether the year is right"))
    return found


def _contradictions(shifts: Sequence[Shift]) -> list[Mistake]:
    """On duty and off at once: which of the two is meant, only a person can say."""
    found: list[Mistake] = []
    latest: dict[tuple[int, bool], Shift] = {}
    for shift in sorted(shifts, key=lambda one: (one.helper, one.span.start, one.line)):
        other = latest.get((shift.helper, not shift.is_on))
        if other and other.span.end > shift.span.start:
            first, second = sorted((shift.line, other.line))
            found.append(Mistake(second, "", f"line {first} says the opposite for the same time"))
        before = latest.get((shift.helper, shift.is_on))
        if before is None or before.span.end < shift.span.end:
            latest[shift.helper, shift.is_on] = shift
    return found


def _kept(now: datetime, helpers: Iterable[int]) -> set[Change]:
    rows: set[Change] = set()
    for some in _in_slices(sorted(helpers)):
        kept = DutyOverride.objects.filter(helper__in=some, ends_at__gt=now)
        values = kept.values_list("helper_id", "starts_at", "ends_at", "is_on")
        rows |= {(helper, Span(start, end), is_on) for helper, start, end, is_on in values}
    return rows


def _always_on(helpers: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _in_slices(sorted(helpers)):
        rows = Helper.objects.filter(pk__in=some).values_list("pk", "key", "duty")
        found |= {pk: key for pk, key, lines in rows if not lines}
    return found


def _begins(change: tuple[Span, bool]) -> datetime:
    return change[0].start


def _in_slices(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
