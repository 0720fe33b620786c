"""A helper's own duty: a week, a month, and on top what was asked of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stepitup.door.duty.shown import (
    A_DAY,
    A_WEEK,
    DayShown,
    WeekShown,
    day_asked_for,
    days_shown,
    key_of,
    monday_of,
    whole_days,
)
from stepitup.door.duty.swaps import answered_swaps, waiting_swaps
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock
from stepitup.roster.duty.asked import spans_between
from stepitup.roster.duty.questions import duty_of, lines_of
from stepitup.roster.duty.spans import at

WEEKS: Final = 6


@require_safe
@for_whom()
def duty(_request: HttpRequest, me: Me) -> HttpResponse:
    """A helper comes to their own duty, whoever only coordinates to everybody's."""
    return see("/team/duty/everybody" if me.helper is None else "/team/duty/week")


@require_safe
@for_whom(Role.HELPER)
def week(request: HttpRequest, me: Me) -> HttpResponse:
    """Seven days, each with its hours."""
    now, helper = clock.now(), me.helper or 0
    zone = duty_of(helper, at(now)).zone
    today = now.astimezone(zone).date()
    monday = monday_of(day_asked_for(request.GET.get("day", ""), today=today))
    around = whole_days(monday - A_DAY, 9, zone)
    mine = duty_of(helper, around)
    told = {
        **week_of(monday, days_shown(spans_between(mine, around.start, around.end), monday, 7, zone=zone, today=today)),
        "zone": zone.key,
        "from_now_on": key_of(at(now)),
        "is_always": not (lines_of(helper) or mine.overrides),
        "swaps": waiting_swaps(now, helper),
        "answered": answered_swaps(now, helper),
        "to": "/team/duty/week",
        "to_month": "/team/duty/month",
    }
    return team_screen(request, me, "duty/week.html", told)


@require_safe
@for_whom(Role.HELPER)
def month(request: HttpRequest, me: Me) -> HttpResponse:
    """Six weeks, a row each, marked on the days on which somebody is on duty."""
    now, helper = clock.now(), me.helper or 0
    zone = duty_of(helper, at(now)).zone
    today = now.astimezone(zone).date()
    monday = monday_of(day_asked_for(request.GET.get("day", ""), today=today))
    whole = whole_days(monday, 7 * WEEKS, zone)
    spans = spans_between(duty_of(helper, whole), whole.start, whole.end)
    days = days_shown(spans, monday, 7 * WEEKS, zone=zone, today=today)
    told = {**month_of(monday, days), "heading": _("Your duty, six weeks"), "mark": _("on duty"), "of": "month"}
    return team_screen(request, me, "duty/month.html", {**told, "to": "/team/duty/week", "here_is": "/team/duty/month"})


def week_of(monday: date, days: Sequence[DayShown]) -> Mapping[str, Any]:
    """What the screen of a week is told, whosever it is."""
    return {
        "days": days,
        "first": dateformat.format(monday, "F j, Y"),
        "monday": monday,
        "before": monday - A_WEEK,
        "after": monday + A_WEEK,
    }


def month_of(monday: date, days: Sequence[DayShown]) -> Mapping[str, Any]:
    """What the screen of six weeks is told, whosever they are."""
    return {
        "weeks": [WeekShown(monday + n * A_WEEK, tuple(days[7 * n : 7 * n + 7])) for n in range(WEEKS)],
        "before": monday - WEEKS * A_WEEK,
        "after": monday + WEEKS * A_WEEK,
    }
