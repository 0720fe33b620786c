"""Addresses of a helper's credentials."""

from django.urls import path

from stepitup.door.team.credentials import views

urlpatterns = [
    path("people/<int:helper>/credentials", views.credentials, name="team-credentials"),
    path("people/<int:helper>/credentials/new", views.add, name="team-credential-new"),
    path("people/<int:helper>/credentials/<int:number>", views.one, name="team-credential"),
    path("people/<int:helper>/credentials/<int:number>/<slug:word>", views.step, name="team-credential-step"),
]
