"""The screen."""

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.screens import team_screen
from stepitup.door.team.today.looking import today
from stepitup.door.team.who import Me
from stepitup.ground import clock


def shown(request: HttpRequest, me: Me) -> HttpResponse:
    """Today, for whoever coordinates."""
    return team_screen(request, me, "today/today.html", {"today": today(clock.now(), me)})
