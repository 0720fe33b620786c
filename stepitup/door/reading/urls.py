"""Addresses of the screens to read."""

from django.urls import path

from stepitup.door.reading import private_until, views, what_we_hold

urlpatterns = [
    path("danger", views.danger, name="danger"),
    path("worried", views.worried, name="worried"),
    path("hotlines", views.hotlines, name="hotlines"),
    path("my-job", views.my_job, name="my-job"),
    path("who-runs-this", views.who_runs_this, name="who-runs-this"),
    path("something-went-wrong", views.something_went_wrong, name="something-went-wrong"),
    path("limits", private_until.limits, name="limits"),
    path("what-we-hold", what_we_hold.what_we_hold, name="what-we-hold"),
    path("away", views.away, name="away"),
    path("night", views.night, name="night"),
]
