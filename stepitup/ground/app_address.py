"""The address of another app (ntfy, Signal, Matrix …) as apprise writes it, and which of them we use at all.

The library behind it knows some hundred and fifty schemes. Some of them run a program on this machine, write to its
log, or read a file that the address names. So there is a list of those that only speak to a server of the app; what
stands beside the address is a list too.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

# Each speaks HTTP with one server: one that the address names, or the app's own, where a token stands in its place.
_NAMES_ITS_SERVER: Final = (
    *("ntfy", "ntfys", "signal", "signals", "matrix", "matrixs", "gotify", "gotifys", "mmost", "mmosts"),
    *("rocket", "rockets", "nctalk", "nctalks", "json", "jsons"),
)
SCHEMES: Final = (*_NAMES_ITS_SERVER, "tgram", "threema", "pover", "spush", "zulip")
# `template` and the like name files, `verify` leaves out the look at a certificate: not among these.
_BESIDE: Final = frozenset({"priority", "mode", "v", "auth", "token"})
_LONGEST: Final = 500
_PLAIN: Final = re.compile(r"[!-~]+")


class AppAddressUnclear(ValueError):
    """This cannot be the address of another app; the message says what is wanted."""


def check_app_address(address: str) -> None:
    """Raises AppAddressUnclear, in words that do not repeat the address: it holds a password as often as not."""
    if not _PLAIN.fullmatch(address) or len(address) > _LONGEST:
        raise AppAddressUnclear("an app's address is one word such as ntfys://ntfy.example/a-long-random-topic")
    try:
        parts = urlsplit(address)
        server_of(address)
    except ValueError:
        raise AppAddressUnclear("this is not an address of an app; look for its form at appriseit.com") from None
    if parts.scheme not in SCHEMES:
        raise AppAddressUnclear(f"of the apps we use {', '.join(SCHEMES)}; what stands before :// is none of them")
    if not parts.netloc:
        raise AppAddressUnclear("after :// the app's server, or its token, is missing")
    strange = sorted({word for word, _value in parse_qsl(parts.query, keep_blank_values=True)} - _BESIDE)
    if strange or (parts.fragment and parts.scheme not in {"matrix", "matrixs"}):
        raise AppAddressUnclear(f"after ? only {', '.join(sorted(_BESIDE))} may stand")


def server_of(address: str) -> tuple[str, int | None]:
    """The host that an address names, and its port where one is named; no host for apps with a server of their own."""
    parts = urlsplit(address)
    return ((parts.hostname or "").lower(), parts.port) if parts.scheme in _NAMES_ITS_SERVER else ("", None)
