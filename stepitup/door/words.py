"""Counts and times as whole sentences. Nothing here is glued: each sentence can be translated as it stands."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stepitup.calls.shown import Paged
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind

_MINUTE = timedelta(minutes=1)


def clock_time(moment: datetime) -> str:
    """03:21 MST: the time as this team's clocks show it, always with the zone."""
    return moment.astimezone(team().zone).strftime("%H:%M %Z")


def day(moment: datetime) -> str:
    """Tuesday, December 1."""
    return dateformat.format(moment.astimezone(team().zone), "l, F j")


def when(moment: datetime, now: datetime) -> str:
    """In 2 minutes (03:21 MST). Rounded up: nobody waits longer than was said."""
    minutes = math.ceil((moment - now) / _MINUTE)
    time = clock_time(moment)
    if minutes <= 0:
        return _("now (%(time)s)") % {"time": time}
    if moment - now < _MINUTE:
        return _("in less than a minute (%(time)s)") % {"time": time}
    return ngettext("in %(minutes)d minute (%(time)s)", "in %(minutes)d minutes (%(time)s)", minutes) % {
        "minutes": minutes,
        "time": time,
    }


def true_for(moment: datetime | None, now: datetime) -> int:
    """For how many seconds what `when` says of this moment stays true; 0 when it stays so, or nothing is said."""
    if moment is None or moment <= now:
        return 0
    left = moment - now
    changes_after = left % _MINUTE or _MINUTE
    return math.ceil(changes_after.total_seconds()) + 1  # and a second, so that a clock a little ahead finds it changed


def may_still_answer(pages_out: int, *, paged: int) -> str:
    """How many of those who were paged may still say yes; empty while all may, or while nobody was paged."""
    if pages_out == paged:
        return ""
    if not pages_out:
        return _("None of them can come.")
    return ngettext("%(n)d of them can still answer.", "%(n)d of them can still answer.", pages_out) % {"n": pages_out}


def could_not_be_reached(how_many: int) -> str:
    """Whom no way reached; empty while there is nobody of whom we know it."""
    if not how_many:
        return ""
    return ngettext(
        "%(n)d helper could not be reached. We try again.",
        "%(n)d helpers could not be reached. We try again.",
        how_many,
    ) % {"n": how_many}


def none_of_the_wanted(kind: str) -> str:
    """Who was asked for first cannot come; empty for whoever asked for nobody in particular."""
    return {
        Kind.PEER.value: _(
            "You asked for a peer first. None can come at this moment. If one comes free, we page them."
        ),
        Kind.CHAPLAIN.value: _(
            "You asked for a chaplain first. None can come at this moment. If one comes free, we page them."
        ),
        Kind.CLINICIAN.value: _(
            "You asked for a clinician first. None can come at this moment. If one comes free, we page them."
        ),
    }.get(kind, "")


def being_paged(counts: Iterable[Paged]) -> list[str]:
    """Right after the press: how many of which kind are being paged, a sentence each."""
    return [
        {
            Kind.PEER: ngettext("%(n)d peer is being paged now.", "%(n)d peers are being paged now.", one.how_many),
            Kind.CHAPLAIN: ngettext(
                "%(n)d chaplain is being paged now.", "%(n)d chaplains are being paged now.", one.how_many
            ),
            Kind.CLINICIAN: ngettext(
                "%(n)d clinician is being paged now.", "%(n)d clinicians are being paged now.", one.how_many
            ),
            Kind.COORDINATOR: ngettext(
                "%(n)d coordinator is asked to find somebody.",
                "%(n)d coordinators are asked to find somebody.",
                one.how_many,
            ),
        }[one.kind]
        % {"n": one.how_many}
        for one in counts
    ]


def were_paged(counts: Iterable[Paged]) -> list[str]:
    """While waiting: how many of which kind were paged so far, a sentence each."""
    return [
        {
            Kind.PEER: ngettext("%(n)d peer was paged.", "%(n)d peers were paged.", one.how_many),
            Kind.CHAPLAIN: ngettext("%(n)d chaplain was paged.", "%(n)d chaplains were paged.", one.how_many),
            Kind.CLINICIAN: ngettext("%(n)d clinician was paged.", "%(n)d clinicians were paged.", one.how_many),
            Kind.COORDINATOR: ngettext(
                "%(n)d coordinator was asked to find somebody.",
                "%(n)d coordinators were asked to find somebody.",
                one.how_many,
            ),
        }[one.kind]
        % {"n": one.how_many}
        for one in counts
    ]


def next_kinds(kinds: Iterable[Kind]) -> str:
    """Who is paged when the next step comes, in a sentence."""
    coming = frozenset(kinds)
    if coming == {Kind.PEER}:
        return _("More peers are paged.")
    if coming == {Kind.CHAPLAIN}:
        return _("A chaplain is paged.")
    if coming == {Kind.CLINICIAN}:
        return _("A clinician is paged.")
    if coming == {Kind.CHAPLAIN, Kind.CLINICIAN}:
        return _("A chaplain and a clinician are paged.")
    if coming == {Kind.COORDINATOR}:
        return _("Our coordinators are asked to find somebody.")
    return _("More people are paged.") if coming else _("We page again.")


def answered(kind: Kind, name: str) -> str:
    """Who answered, in a sentence."""
    sentences = {
        Kind.PEER: _("%(name)s, a peer, has answered."),
        Kind.CHAPLAIN: _("%(name)s, a chaplain, has answered."),
        Kind.CLINICIAN: _("%(name)s, a clinician, has answered."),
        Kind.COORDINATOR: _("%(name)s has answered."),
    }
    return sentences[kind] % {"name": name}


def is_with_you(name: str) -> str:
    """Who is in contact with the caller, in a sentence."""
    return _("%(name)s is with you.") % {"name": name}
