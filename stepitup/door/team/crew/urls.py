"""The address of a crew."""

from django.urls import path

from stepitup.door.team.crew import views

urlpatterns = [path("crew", views.crew, name="team-crew")]
