"""Where somebody who is signed in arrives."""

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.screens import team_screen
from stepitup.door.team.today import views as today
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock
from stepitup.roster.keeping.lapsing import dates_of


@for_whom()
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """A coordinator sees how things stand today; everybody else their ways on."""
    if me.has(Role.COORDINATOR):
        return today.shown(request, me)
    dates = dates_of(clock.now(), me.helper) if me.helper else []
    return team_screen(request, me, "team/home.html", {"dates": dates})
