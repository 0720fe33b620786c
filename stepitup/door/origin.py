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
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OURS
    origin = request.headers.get("Origin")
    if origin == "null":
        return brought_secret
    return origin is None or urlsplit(origin).netloc == request.get_host()
