"""Addresses of duty: the signed-in screens, and the feed that a phone fetches."""

from django.urls import path

from stepitup.door.duty import changing, everybody, feed, importing, link, own, swaps

urlpatterns = [
    path("duty/<str:secret>.ics", feed.feed, name="duty-feed"),
    path("team/duty", own.duty, name="duty"),
    path("team/duty/week", own.week, name="duty-week"),
    path("team/duty/month", own.month, name="duty-month"),
    path("team/duty/link", link.link, name="duty-link"),
    path("team/duty/swap", swaps.whom, name="duty-swap"),
    path("team/duty/swap/ask", swaps.ask, name="duty-swap-ask"),
    path("team/duty/swaps/<int:swap>", swaps.answer, name="duty-swap-answer"),
    path("team/duty/everybody", everybody.week, name="duty-everybody"),
    path("team/duty/everybody/month", everybody.month, name="duty-everybody-month"),
    path("team/duty/day", everybody.day, name="duty-day"),
    path("team/duty/gaps", everybody.gaps, name="duty-gaps"),
    path("team/duty/helpers/<int:helper>", changing.helper, name="duty-helper"),
    path("team/duty/helpers/<int:helper>/hours", changing.hours, name="duty-hours"),
    path("team/duty/helpers/<int:helper>/change", changing.change, name="duty-change"),
    path("team/duty/helpers/<int:helper>/changes/<int:change>", changing.take_back, name="duty-take-back"),
    path("team/duty/shifts", importing.shifts, name="duty-shifts"),
    path("team/duty/mine", importing.own, name="duty-mine"),
]
