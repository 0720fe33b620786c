"""The addresses of a helper's notices."""

from django.urls import path

from stepitup.door.team.notices import views

urlpatterns = [
    path("me/push", views.notices),
    path("me/push/test", views.test),
    path("me/push/off", views.turn_off),
]
