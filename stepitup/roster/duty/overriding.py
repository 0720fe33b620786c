"""Changing one helper's duty: its lines, and single spans on or off. Whoever was second is told, and loses nothing.

Each change may carry the mark of what was seen (`mark_of`). Where the duty is another by now, nothing is changed and
DutyChangedMeanwhile is raised: two coordinators at one shift do not overwrite each other in silence.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from stepitup.roster.duty.lines import read_line
from stepitup.roster.duty.spans import Span
from stepitup.roster.errors import DutyChangedMeanwhile, NoSuchHelper, SpanUnclear
from stepitup.roster.models import DutyLetter, DutyOverride, DutySwap, Helper

LONGEST: Final = timedelta(days=92)
FURTHEST: Final = timedelta(days=3 * 366)
_KEPT: Final = timedelta(days=14)


def mark_of(helper_id: int) -> str:
    """A mark of this helper's duty as it is now; another as soon as anything of it is changed."""
    lines = Helper.objects.filter(pk=helper_id).values_list("duty", flat=True).first()
    changes = DutyOverride.objects.filter(helper=helper_id).order_by("pk").values_list("pk", "is_on")
    return hashlib.sha256(json.dumps([lines, list(changes)]).encode()).hexdigest()[:16]


def write_lines(now: datetime, helper_id: int, lines: Sequence[str], *, seen: str | None = None) -> None:
    """Write a helper's lines of duty anew. Raises DutyHoursUnclear, DutyChangedMeanwhile, NoSuchHelper."""
    clean = [" ".join(line.split()) for line in lines if line.strip()]
    for line in clean:
        read_line(line)
    hold(helper_id, seen=seen)
    Helper.objects.filter(pk=helper_id).update(duty=list(dict.fromkeys(clean)))


def override(now: datetime, helper_id: int, span: Span, *, is_on: bool, seen: str | None = None) -> int:
    """Put a helper on duty, or off, for a span. Raises SpanUnclear, DutyChangedMeanwhile, NoSuchHelper."""
    refuse_unclear(now, span)
    hold(helper_id, seen=seen)
    return DutyOverride.objects.create(helper_id=helper_id, starts_at=span.start, ends_at=span.end, is_on=is_on).pk


def take_back(now: datetime, override_id: int, *, of: int, seen: str | None = None) -> bool:
    """Let the lines hold again where an override stood. False where it is gone already."""
    hold(of, seen=seen)
    gone, _by_table = DutyOverride.objects.filter(pk=override_id, helper=of).delete()
    return bool(gone)


def hold(helper_id: int, *, seen: str | None = None) -> Helper:
    """Keep everybody else from changing this helper's duty until commit, if it is still as it was seen."""
    row = Helper.objects.select_for_update().filter(pk=helper_id, removed_at__isnull=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    if seen is not None and seen != mark_of(helper_id):
        raise DutyChangedMeanwhile
    return row


def bind(changes: Iterable[tuple[int, Span, bool]]) -> None:
    """Write many changes at once: helper, span, on or off."""
    DutyOverride.objects.bulk_create(
        [
            DutyOverride(helper_id=helper, starts_at=span.start, ends_at=span.end, is_on=is_on)
            for helper, span, is_on in changes
        ],
        batch_size=200,
    )


def forget_duty(now: datetime) -> int:
    """Delete what was over 14 days ago: changes, swaps and the letters that told of gaps; return how many."""
    long_ago = now - _KEPT
    over = (
        DutyOverride.objects.filter(ends_at__lt=long_ago),
        DutySwap.objects.filter(ends_at__lt=long_ago).exclude(back_ends_at__gte=long_ago),
        DutyLetter.objects.filter(day__lt=long_ago.date()),
    )
    return sum(rows.delete()[0] for rows in over)


def refuse_unclear(now: datetime, span: Span) -> None:
    """Raises SpanUnclear, in words."""
    if span.end <= span.start:
        raise SpanUnclear(_("It ends before it begins."))
    if span.end <= now:
        raise SpanUnclear(_("It is over already."))
    if span.end - span.start > LONGEST:
        raise SpanUnclear(_("It is longer than three months. Write it as lines of duty."))
    if span.end > now + FURTHEST:
        raise SpanUnclear(_("It lies more than three years ahead."))
