"""Addresses of bringing in and taking out."""

from django.urls import path

from stepitup.door.team.bring_in import views

urlpatterns = [
    path("import", views.bring, name="team-import"),
    path("import/yes", views.say_yes, name="team-import-yes"),
    path("export", views.take_out, name="team-export"),
]
