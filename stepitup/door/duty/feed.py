"""The feed of a helper's phone. Programs fetch it without signing in: the secret in the address is all they need."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stepitup.ground import clock
from stepitup.roster.duty.feeds import feed_text, whose_feed


@require_safe
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """When this helper is on duty. A link that was renewed, ended or guessed finds nothing."""
    helper = whose_feed(secret)
    if helper is None:
        raise Http404
    response = HttpResponse(feed_text(clock.now(), helper), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'inline; filename="duty.ics"'
    return response
