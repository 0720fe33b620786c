"""Addresses of the roster's screens."""

from django.urls import path

from stepitup.door.team.people import views

urlpatterns = [
    path("people", views.people, name="team-people"),
    path("people/new", views.add, name="team-people-new"),
    path("people/<int:helper>", views.sheet, name="team-person"),
    path("people/<int:helper>/change", views.change, name="team-person-change"),
    path("people/<int:helper>/suspend", views.suspend, name="team-person-suspend"),
    path("people/<int:helper>/take-off", views.take_off, name="team-person-take-off"),
]
