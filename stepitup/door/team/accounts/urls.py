"""The addresses of accounts."""

from django.urls import path

from stepitup.door.team.accounts import views

urlpatterns = [
    path("accounts", views.everybody, name="accounts"),
    path("accounts/<int:account>", views.one),
    path("accounts/<int:account>/roles", views.roles),
    path("accounts/<int:account>/close", views.close),
    path("accounts/<int:account>/open", views.open_again),
    path("accounts/<int:account>/sign-out", views.sign_out),
]
