"""Did this press come from one of our own screens? Another site must not act with somebody's cookie."""

from urllib.parse import urlsplit

from django.http import HttpRequest

_OURS = frozenset({"same-origin", "none"})


def came_from_here(request: HttpRequest, *, brought_secret: bool) -> bool:
    """Whether a form was sent by our own screen.

    1. The browser says it itself (Sec-Fetch-Site). 2. Older ones say where the form stood (Origin). 3. Those that say
    "null", as our own screens without a referrer do, must bring the secret in the form: no other site knows it.
    4. Who says nothing at all is no browser that could be misled: every one of them names another site's Origin.
    """
    if _could_be_anywhere(request):
        return brought_secret
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OURS
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def is_surely_from_here(request: HttpRequest, *, in_form: str, in_cookie: str) -> bool:
    """Whether what the form brings may be trusted to be this person's own, and not another site's call or key.

    An old browser that hides where a form stood must show the same secret in its cookie, which no other site can set.
    """
    return not _could_be_anywhere(request) or (bool(in_form) and in_form == in_cookie)


def _could_be_anywhere(request: HttpRequest) -> bool:
    """An old browser, which says only "null" of any site's form that hides its address."""
    return request.headers.get("Sec-Fetch-Site") is None and request.headers.get("Origin") == "null"
