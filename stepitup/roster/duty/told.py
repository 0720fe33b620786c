"""Gaps and imports in words, for screens, the daily letter and the desk. Gaps name no helper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.ground.vocabulary import STATES, Kind
from stepitup.roster.duty.gaps import ANYWHERE, Gap
from stepitup.roster.duty.shifts.rows import ShiftReport

KINDS: Final = {
    Kind.PEER: gettext_lazy("Peers"),
    Kind.CHAPLAIN: gettext_lazy("Chaplains"),
    Kind.CLINICIAN: gettext_lazy("Clinicians"),
    Kind.COORDINATOR: gettext_lazy("Coordinators"),
}
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_IN_A_LETTER: Final = 30


def who_is_missing(gap: Gap) -> str:
    """Of which kind and where nobody is there."""
    kind = str(KINDS[gap.kind])
    if gap.state == ANYWHERE:
        return kind
    return _("%(kind)s in %(state)s") % {"kind": kind, "state": STATES.get(gap.state, _("a state that is not known"))}


def from_until(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """A span by the clock on the wall: the day of its end only where it is another."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    told = {"day": day_and_date(first), "start": f"{first:%H:%M}", "last": day_and_date(last), "end": f"{last:%H:%M}"}
    if first.date() == last.date():
        return _("%(day)s, %(start)s to %(end)s") % told
    return _("%(day)s, %(start)s to %(last)s, %(end)s") % told


def day_and_date(moment: datetime) -> str:
    """A day as short as it can be told without doubt."""
    return f"{_(_DAYS[moment.weekday()])} {moment:%Y-%m-%d}"


def what_it_did(report: ShiftReport, *, is_own: bool = False) -> list[str]:
    """What an import of shifts did, or would do. `is_own`: it is told to the helper whose shifts they are."""
    if not report.is_good:
        return [_("Nothing was brought in: there is something to mend.")]
    told = {"added": report.added, "same": report.same, "twice": report.twice, "past": report.past}
    lines = [_("Would come: %(added)s.") % told if report.dry_run else _("Brought in: %(added)s.") % told]
    lines += [_("Known already, and left as they are: %(same)s.") % told] if report.same else []
    lines += [_("In the file more than once, and counted once: %(twice)s.") % told] if report.twice else []
    lines += [_("Over already, and left out: %(past)s.") % told] if report.past else []
    if report.now_by_calendar and is_own:
        lines.append(_("So far you are always on duty. With these shifts you are on duty in them, and in no others."))
    elif report.now_by_calendar:
        who = ", ".join(report.now_by_calendar)
        lines.append(_("Always on duty so far, and then only in these shifts: %(who)s.") % {"who": who})
    return lines


def letter_about(gaps: Sequence[Gap], zone: ZoneInfo, link: str) -> str:
    """The whole letter."""
    lines = [
        f"- {who_is_missing(gap)}: {from_until(gap.span.start, gap.span.end, zone)}" for gap in gaps[:_IN_A_LETTER]
    ]
    if len(gaps) > _IN_A_LETTER:
        lines.append(_("- and %(number)s more") % {"number": len(gaps) - _IN_A_LETTER})
    return "\n\n".join(
        [
            _("In the coming 14 days nobody is on duty at these times:"),
            "\n".join(lines),
            _("Times are by the clock of %(zone)s. The calendar shows who could fill them:") % {"zone": zone.key},
            link,
            _("This comes once a day while there are gaps, to everybody who coordinates. It names no helper."),
        ]
    )


def swap_letter(link: str) -> str:
    """The letter to a helper whom somebody asks to take a duty."""
    words = _("Somebody on your team asks you to take a duty of theirs. Who, and which one, stands on your own screen.")
    return "\n\n".join([words, _("Say yes or no there; no reason is asked. Nothing changes until you say yes."), link])


def swap_answer(link: str, *, is_yes: bool) -> str:
    """The letter to a helper whose question was answered."""
    if is_yes:
        words = _("Whoever you asked says yes and takes the duty. It is not yours any more.")
    else:
        words = _("Whoever you asked says no. The duty is yours still. You can ask somebody else.")
    return "\n\n".join([words, _("Which one, and who answered, stands on your own screen."), link])
