"""A phone that presses: one kept line to the house, as a browser keeps it."""

import http.client
import re
import secrets
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from stepitup.calls.models import Call
from stepitup.door import cookies
from stepitup.ground.keys import fingerprint

# The house lets go of a line that was silent for five seconds.
_KEPT_FOR = 3.0
_TOKEN = re.compile(rf"{re.escape(cookies.CALL)}=([^;]+)")


@dataclass(frozen=True)
class Pressed:
    """One press: when it began on the wall clock, how long the answer took, the call's token; no token: an error."""

    began: float
    took: float
    token: str


class Phone:
    """Presses, looks and stands down over real HTTP."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._dial()

    def press(self) -> Pressed:
        """Call for backup, as the first screen's form does it."""
        began, clock = time.time(), time.perf_counter()
        status, headers = self._say("POST", "/call", {"opening_key": secrets.token_urlsafe(18)})
        took = time.perf_counter() - clock
        found = _TOKEN.search(headers)
        return Pressed(began, took, found[1] if found and status == 200 else "")

    def look(self, token: str) -> float:
        """Draw the caller's screen; how long it took."""
        clock = time.perf_counter()
        self._say("GET", "/call", {}, cookie=f"{cookies.CALL}={token}; {cookies.WALKED}=4")
        return time.perf_counter() - clock

    def stand_down(self, token: str) -> None:
        """Need nobody any more."""
        self._say("POST", "/call/stand-down", {"call": token, "sure": "yes"})

    def hang_up(self) -> None:
        """Close the line."""
        self._line.close()

    def _dial(self) -> None:
        self._line.close()
        self._line.connect()
        # A browser does this too: head and body are two writes, and the second must not wait for the first's receipt.
        self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()

    def _say(self, method: str, path: str, form: dict[str, str], *, cookie: str = "") -> tuple[int, str]:
        if time.monotonic() - self._used > _KEPT_FOR:
            self._dial()
        headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": cookie} if cookie else {})}
        self._line.request(method, path, urlencode(form) if form else None, headers)
        answer = self._line.getresponse()
        answer.read()
        self._used = time.monotonic()
        return answer.status, str(answer.headers)


def call_ids(pressed: list[Pressed]) -> dict[str, str]:
    """The call behind each token."""
    marks = {fingerprint(one.token): one.token for one in pressed if one.token}
    found = Call.objects.filter(token_mark__in=marks).values_list("token_mark", "pk")
    return {marks[mark]: str(call) for mark, call in found}
