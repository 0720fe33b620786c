"""What no phone may ever notice of us: a word to another machine, a loose policy, a private screen that is kept."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# The browser's own notes of an error screen, and of no signal: whether there may be one is for each test to say.
_NO_COMPLAINT = (
    "Failed to load resource: the server responded with a status of",
    "Failed to load resource: net::ERR_",
    "An unknown error occurred when fetching the script.",
)
# What stands there without a network. The helper's card holds nothing of anybody.
_MAY_BE_KEPT = ("/hotlines", "/no-signal", "/seat/at-hand")
# Without signal it shows under any address what it keeps, or nothing at all.
_OF_THE_OFFLINE_SCRIPT = ("no-cache", "")
_PARTS = {"script", "stylesheet", "image", "font", "manifest"}

# Whatever moves under a reader's eyes without their doing.
_NOTE_WHAT_MOVES = (
    "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(it => "
    "{ window.moved += it.hadRecentInput ? 0 : it.value; })).observe({type: 'layout-shift', buffered: true});"
)


def complaints_about(context: BrowserContext, address: str) -> list[str]:
    """Listen to a browser from here on; the list grows as it complains."""
    found: list[str] = []
    host = urlsplit(address).netloc
    context.add_init_script(_NOTE_WHAT_MOVES)
    context.on("request", lambda request: found.extend(_about_request(request, host)))
    context.on("response", lambda response: found.extend(_about_part(response)))
    context.on("response", lambda response: found.extend(_about_screen(response, host)))
    context.on("console", lambda message: found.extend(_about_words(message)))
    context.on("weberror", lambda error: found.append(f"a script stumbled: {error.error}"))
    return found


def _about_request(request: Request, host: str) -> list[str]:
    url = urlsplit(request.url)
    ours = url.scheme in {"data", "blob", "about"} or url.netloc == host
    return [] if ours else [f"asked another machine: {request.url}"]


def _about_part(response: Response) -> list[str]:
    is_missing = response.status >= 400 and response.request.resource_type in _PARTS
    return [f"{response.url} is not there"] if is_missing else []


def _about_screen(response: Response, host: str) -> list[str]:
    url = urlsplit(response.url)
    if response.request.resource_type != "document" or url.netloc != host or url.scheme == "file":
        return []
    policy, kept = (response.headers.get(name, "") for name in ("content-security-policy", "cache-control"))
    if response.from_service_worker and kept in _OF_THE_OFFLINE_SCRIPT:
        return []
    is_strict = "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy and "*" not in policy
    said = [] if is_strict else [f"{url.path} has a policy that lets others in: {policy!r}"]
    may_be_kept = url.path in _MAY_BE_KEPT or kept == "no-store"
    return said if may_be_kept else [*said, f"{url.path} may be kept by a browser: {kept!r}"]


def _about_words(message: ConsoleMessage) -> list[str]:
    is_one = message.type in {"error", "warning"} and not message.text.startswith(_NO_COMPLAINT)
    return [f"{message.page.url if message.page else ''}: {message.text}"] if is_one else []
