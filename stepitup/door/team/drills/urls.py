"""Addresses of the drills' screens."""

from django.urls import path

from stepitup.door.team.drills import views

urlpatterns = [
    path("drills", views.look, name="team-drills"),
    path("drills/begin", views.begin, name="team-drills-begin"),
]
