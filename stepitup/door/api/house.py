"""The API itself, version 1, and its published description."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI

from stepitup.door.api import about, calls, pages
from stepitup.door.api.problems import NOT_LIKE_THIS, NOTHING_HERE, Problem, respond
from stepitup.door.api.reading import StrictParser
from stepitup.door.api.trouble import put_into_words

# No docs_url: the page that draws the description would fetch its script from another host.
api = NinjaAPI(
    title="Step It Up",
    version="1",
    description="A call for backup, answered: the same verbs as the screens. docs/api.md tells it in words.",
    docs_url=None,
    openapi_url="/openapi.json",
    parser=StrictParser(),
    urls_namespace="api-v1",
)
for router in (calls.router, pages.router, about.router):
    api.add_router("", router)
put_into_words(api)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that the API does not have."""
    return respond(request, Problem(NOTHING_HERE))


def in_words(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Say "this address cannot do that" in words too, and let nobody keep an answer."""

    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        response = view(request, *args, **named)
        if response.status_code == NOT_LIKE_THIS.status:
            response = respond(request, Problem(NOT_LIKE_THIS, headers={"Allow": response.headers["Allow"]}))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    # No form can send JSON with a bearer token: there is no cookie here that another site could use.
    answered.csrf_exempt = True  # type: ignore[attr-defined]  # as Django's own decorator sets it
    return answered
