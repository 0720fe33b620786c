"""Addresses of a helper's own screens."""

from django.urls import path

from stepitup.door.team.me import hours, leaving, views, ways, words

urlpatterns = [
    path("me", views.mine, name="team-me"),
    path("me/break", views.need_a_break, name="team-me-break"),
    path("me/credentials", views.credentials, name="team-me-credentials"),
    path("me/words", words.own_words, name="team-me-words"),
    path("me/shares", words.shares, name="team-me-shares"),
    path("me/hours", hours.hours, name="team-me-hours"),
    path("me/ways", ways.ways, name="team-me-ways"),
    path("me/ways/<int:way>", ways.one_way, name="team-me-way"),
    path("me/leave", leaving.leave, name="team-me-leave"),
]
