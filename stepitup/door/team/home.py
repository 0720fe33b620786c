"""Where somebody who is signed in arrives."""

from django.http import HttpRequest, HttpResponse

from stepitup.door.team.care import views as care
from stepitup.door.team.machine import views as machine
from stepitup.door.team.screens import team_screen
from stepitup.door.team.today import views as today
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import clock
from stepitup.roster.keeping.lapsing import dates_of


@for_whom()
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """How things stand, for whoever coordinates, leads clinically or runs the machine; a helper's ways on."""
    if me.has(Role.COORDINATOR):
        return today.shown(request, me)
    if me.has(Role.CLINICAL_LEAD):
        return care.shown(request, me)
    if me.has(Role.OPERATOR):
        return machine.shown(request, me)
    dates = dates_of(clock.now(), me.helper) if me.helper else []
    return team_screen(request, me, "team/home.html", {"dates": dates})
