"""Addresses of the incidents."""

from django.urls import path

from stepitup.door.team.incidents import views

urlpatterns = [
    path("incidents", views.incidents, name="team-incidents"),
    path("incidents/new", views.add, name="team-incident-new"),
    path("incidents/<slug:key>", views.one, name="team-incident"),
]
