"""The addresses of the team's own screens."""

from django.urls import include, path

from stepitup.door.team import home
from stepitup.door.team.machine import views as machine

urlpatterns = [
    path("", home.home, name="team"),
    path("", include("stepitup.door.team.sign_in_urls")),
    path("", include("stepitup.door.team.accounts.urls")),
    path("", include("stepitup.door.team.bring_in.urls")),
    path("", include("stepitup.door.team.care.urls")),
    path("machine", machine.machine, name="team-machine"),
    path("", include("stepitup.door.team.log_book.urls")),
    path("", include("stepitup.door.team.drills.urls")),
    path("", include("stepitup.door.team.notices.urls")),
    path("", include("stepitup.door.team.people.urls")),
    path("", include("stepitup.door.team.me.urls")),
    path("", include("stepitup.door.team.credentials.urls")),
    path("", include("stepitup.door.team.incidents.urls")),
    path("", include("stepitup.door.team.crew.urls")),
    path("", include("stepitup.door.team.set_up.urls")),
]
