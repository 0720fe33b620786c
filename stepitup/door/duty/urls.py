"""Addresses of duty."""

from django.urls import path

from stepitup.door.duty import feed

urlpatterns = [
    path("duty/<str:secret>.ics", feed.feed, name="duty-feed"),
]
