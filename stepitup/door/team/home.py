"""Where somebody who is signed in arrives."""

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, for_whom


@for_whom()
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """Their ways on."""
    return team_screen(request, me, "team/home.html")


@for_whom(setting_up=True)
def security(request: HttpRequest, me: Me) -> HttpResponse:
    """How they sign in."""
    return team_screen(request, me, "team/security.html")
