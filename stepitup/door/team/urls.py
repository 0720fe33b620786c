"""The addresses of sign-in. Their names are allauth's: it finds its way by them."""

from django.urls import include, path

from stepitup.door.team import home, sign_in

urlpatterns = [
    path("", home.home, name="team"),
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("security", home.security, name="mfa_index"),
    path("", include("stepitup.door.team.bring_in.urls")),
    path("", include("stepitup.door.team.log_book.urls")),
    path("", include("stepitup.door.team.drills.urls")),
    path("", include("stepitup.door.team.notices.urls")),
    path("", include("stepitup.door.team.people.urls")),
    path("", include("stepitup.door.team.me.urls")),
    path("", include("stepitup.door.team.credentials.urls")),
    path("", include("stepitup.door.team.set_up.urls")),
]
