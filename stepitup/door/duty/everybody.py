"""Everybody's duty, for who coordinates: a week and six weeks with their gaps, one day with its people, all gaps.

No list of calls, no count of anybody's hours: who is planned when, and when nobody is.
"""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stepitup.door.duty.own import WEEKS, month_of, week_of
from stepitup.door.duty.shown import A_DAY, day_asked_for, days_shown, hours_in_words, monday_of, whole_days
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.roster.duty.coming import coming_gaps
from stepitup.roster.duty.gaps import Gap
from stepitup.roster.duty.questions import planned
from stepitup.roster.duty.told import KINDS, who_is_missing

_SHOWN: Final = 60  # names on one screen; the others are found by a part of their name


@require_safe
@for_whom(Role.COORDINATOR)
def week(request: HttpRequest, me: Me) -> HttpResponse:
    """Seven days: the gaps of each, and a way to its people."""
    now = clock.now()
    monday, today = _asked_for(request, now)
    gaps = _gaps(now)
    days = days_shown((), monday, 7, zone=team().zone, today=today, gaps=[gap.span for gap in gaps])
    told = {**week_of(monday, days), "rows": [(day, _who(gaps, day.day)) for day in days], "gaps": len(gaps)}
    return team_screen(request, me, "duty/everybody.html", {**told, "zone": team().time_zone})


@require_safe
@for_whom(Role.COORDINATOR)
def month(request: HttpRequest, me: Me) -> HttpResponse:
    """Six weeks, a row each, marked on the days with a gap. Gaps are looked for 14 days ahead."""
    now = clock.now()
    monday, today = _asked_for(request, now)
    spans = [gap.span for gap in _gaps(now)]
    days = days_shown((), monday, 7 * WEEKS, zone=team().zone, today=today, gaps=spans)
    told = {**month_of(monday, days), "heading": _("Everybody’s duty, six weeks"), "mark": _("a gap")}
    more = {"to": "/team/duty/everybody", "here_is": "/team/duty/everybody/month"}
    return team_screen(request, me, "duty/month.html", {**told, **more})


@require_safe
@for_whom(Role.COORDINATOR)
def day(request: HttpRequest, me: Me) -> HttpResponse:
    """Who is on duty on this day, by name, each with the way to change it."""
    now, zone = clock.now(), team().zone
    asked = day_asked_for(request.GET.get("day", ""), today=now.astimezone(zone).date())
    name = request.GET.get("name", "").strip()[:60]
    whole = whole_days(asked, 1, zone)
    here = [one for one in planned(whole, agency=me.agency) if _is_meant(one.name, name)]
    on = [one for one in here if one.spans] if not name else here
    told: dict[str, Any] = {
        "day": asked,
        "heading": dateformat.format(asked, "l, F j, Y"),
        "people": [(one, _kinds(one.kinds), [hours_in_words(span, zone) for span in one.spans]) for one in on[:_SHOWN]],
        "more": max(len(on) - _SHOWN, 0),
        "name": name,
        "gaps": _on_that_day(_gaps(now), asked),
        "before": asked - A_DAY,
        "after": asked + A_DAY,
    }
    return team_screen(request, me, "duty/day.html", told)


@require_safe
@for_whom(Role.COORDINATOR)
def gaps(request: HttpRequest, me: Me) -> HttpResponse:
    """Every gap of the coming 14 days."""
    zone = team().zone
    found = [(who_is_missing(gap), _when(gap), gap.span.start.astimezone(zone).date()) for gap in _gaps(clock.now())]
    told = {"gaps": found, "zone": team().time_zone, "has_mail": "mail" in carriers.in_use()}
    return team_screen(request, me, "duty/gaps.html", told)


def _asked_for(request: HttpRequest, now: datetime) -> tuple[date, date]:
    today = now.astimezone(team().zone).date()
    return monday_of(day_asked_for(request.GET.get("day", ""), today=today)), today


def _gaps(now: datetime) -> tuple[Gap, ...]:
    return coming_gaps(now, by=tuple(carriers.in_use()))


def _on_that_day(gaps: tuple[Gap, ...], asked: date) -> list[tuple[str, str]]:
    whole = whole_days(asked, 1, team().zone)
    return [
        (who_is_missing(gap), _when(gap)) for gap in gaps if gap.span.start < whole.end and whole.start < gap.span.end
    ]


def _who(gaps: tuple[Gap, ...], asked: date) -> str:
    """Who is missing at some time of this day, each once; when is on the day's own screen."""
    return ", ".join(dict.fromkeys(who for who, _when in _on_that_day(gaps, asked)))


def _when(gap: Gap) -> str:
    zone = team().zone
    first = dateformat.format(gap.span.start.astimezone(zone), "D, M j")
    return _("%(day)s, %(hours)s") % {"day": first, "hours": hours_in_words(gap.span, zone)}


def _kinds(kinds: frozenset[Any]) -> str:
    return ", ".join(str(words) for kind, words in KINDS.items() if kind in kinds)


def _is_meant(name: str, part: str) -> bool:
    return part.casefold() in name.casefold()
