"""Addresses of the log book."""

from django.urls import path

from stepitup.door.team.log_book import views

urlpatterns = [
    path("log-book", views.read, name="team-log-book"),
    path("log-book/card", views.card, name="team-log-book-card"),
]
