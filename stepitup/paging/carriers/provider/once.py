"""The same page twice is one message: also for a provider that does not know a second try by its key.

What was taken is remembered by key. Where it is not known whether an earlier try arrived (no answer came, or another
process may have sent it before it died), the provider is asked what it has before it is given the page once more.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

_REMEMBERED = 2000
# After these an earlier try may have arrived all the same.
_IN_DOUBT = frozenset({"out of time", "cut off"})


@dataclass
class _Tried:
    turn: threading.Lock = field(default_factory=threading.Lock)
    reference: str | None = None
    in_doubt: bool = False


class Once:
    """Remembers the newest two thousand pages."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._known: OrderedDict[str, _Tried] = OrderedDict()

    def do(self, key: str, send: Callable[[bool], str], *, seconds: float, in_doubt: bool) -> str:
        """Send it if nobody did; `send` is told whether it may be there already. Raises CannotSend."""
        tried = self._remember(key, in_doubt=in_doubt)
        if not tried.turn.acquire(timeout=seconds):
            raise CannotSend("out of time", Then.NEXT_WAY)
        try:
            reference = tried.reference = send(tried.in_doubt) if tried.reference is None else tried.reference
        except CannotSend as trouble:
            tried.in_doubt = tried.in_doubt or trouble.why in _IN_DOUBT
            raise
        else:
            return reference
        finally:
            tried.turn.release()

    def _remember(self, key: str, *, in_doubt: bool) -> _Tried:
        with self._guard:
            tried = self._known.setdefault(key, _Tried(in_doubt=in_doubt))
            self._known.move_to_end(key)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return tried
