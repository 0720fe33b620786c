"""Addresses of the set-up."""

from django.urls import path

from stepitup.door.team.set_up import views

urlpatterns = [
    path("set-up", views.overview, name="team-set-up"),
    path("set-up/<slug:word>", views.question, name="team-set-up-question"),
]
