"""Every address that Django answers. (The router in front serves static files and live streams itself.)"""

from django.urls import URLPattern, URLResolver, include, path

from stepitup.door import health
from stepitup.door.team.machine import views as machine
from stepitup.site.checks import what_check_says

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("stepitup.door.ask_for_backup.urls")),
    path("", include("stepitup.door.reading.urls")),
    path("", include("stepitup.door.answer_a_page.urls")),
    path("team/", include("stepitup.door.team.urls")),
    path("team/machine/checks", machine.checks(what_check_says)),
    path("", include("stepitup.door.demo.urls")),
    path("", include("stepitup.door.duty.urls")),
    path("", include("stepitup.door.replies.urls")),
    path("", include("stepitup.door.api.urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]

# Every answer of trouble has numbers to ring and the way back.
handler400 = "stepitup.door.dead_ends.bad_request"
handler403 = "stepitup.door.dead_ends.not_from_here"
handler404 = "stepitup.door.dead_ends.not_found"
handler500 = "stepitup.door.dead_ends.trouble"
