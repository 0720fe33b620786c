"""The clinical lead's addresses."""

from django.urls import path

from stepitup.door.team.care import views

urlpatterns = [
    path("care", views.care, name="team-care"),
    path("care/people", views.people, name="team-care-people"),
    path("care/people/<int:helper>", views.one),
    path("care/people/<int:helper>/suspend", views.suspend),
]
