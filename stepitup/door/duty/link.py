"""The helper's own screen about the feed: make a link, copy it, make it anew, end it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.roster.duty.feeds import end_feed, renew_feed, secret_of_feed


@require_http_methods(["GET", "HEAD", "POST"])
@for_whom(Role.HELPER)
def link(request: HttpRequest, me: Me) -> HttpResponse:
    """GET changes nothing; a press makes the link, anew if there was one, or ends it."""
    helper = me.helper or 0
    if request.method == "POST":
        deed(end_feed if request.POST.get("do") == "end" else renew_feed, helper)
        return see("/team/duty/link")
    secret = secret_of_feed(helper)
    address = f"{team().public_url.rstrip('/')}/duty/{secret}.ics" if secret else ""
    return team_screen(request, me, "duty/link.html", {"address": address})
