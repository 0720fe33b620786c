"""Text: one message a page, by the first of its providers that is well just now; one may be a modem of our own.

1. A page that was taken is not sent again; where that is in doubt, the provider is asked what it has.
2. The next provider takes over at once when one refuses, breaks, takes too long or takes no more at once.
3. Nothing is held back here: no quota, no bundling. A provider that asks us to wait is left for the other one.
"""

import re
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from stepitup.ground.team import ProviderSettings
from stepitup.paging.carriers.modem_gammu.route import ByModem
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.carriers.provider.fail_over import Busy, Watched, in_order, is_somebody_well, seconds_for
from stepitup.paging.carriers.provider.line import Limit, Resolve, find_addresses
from stepitup.paging.carriers.provider.once import Once
from stepitup.paging.carriers.provider.route import Route
from stepitup.paging.carriers.provider.trouble import ProviderTrouble
from stepitup.paging.carriers.text_twilio.route import ByProvider
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then

_IS_A_NUMBER = re.compile(r"\+[1-9]\d{6,14}")  # E.164: fifteen digits at most, and none begins with 0


class Text:
    """Sends through one provider, or through the best of several: the first that is well, as the team wrote them."""

    name = "text"
    at_once = 50
    takes_replies = True

    def __init__(
        self,
        *hands: ProviderSettings | Modem,
        time_limit: timedelta = timedelta(seconds=10),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = find_addresses,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251  handed in by the tests
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.time_limit = time_limit
        self._routes = [_route_of(one, trust=trust, resolve=resolve) for one in hands]
        self._watched = [
            Watched(at_once=route.at_once, too_long=route.too_long, ask_every=route.ask_every) for route in self._routes
        ]
        self._once = Once()
        self._clock = clock
        self._began = wall()

    def send(self, page: Outgoing) -> str:
        """Hand it over; the provider's number for the message is the reference. Raises CannotSend."""
        if not _IS_A_NUMBER.fullmatch(page.to):
            raise CannotSend("not a number", Then.UNREACHABLE)
        limit = Limit(self.time_limit.total_seconds())
        # Written before this process began: another one may have sent it and died before it was noted.
        may_be_there = page.at < self._began
        try:
            return self._once.do(
                page.key, lambda in_doubt: self._send(page, limit, in_doubt), seconds=limit.left, in_doubt=may_be_there
            )
        except CannotSend as trouble:
            raise trouble from None

    def reserves(self) -> Sequence[tuple[str, bool | None]]:
        """Each provider behind the first, and whether it answers for its account now; a modem cannot be asked."""
        return [(route.called, route.answers()) for route in self._routes[1:]]

    def _send(self, page: Outgoing, limit: Limit, in_doubt: bool) -> str:
        healths = [watched.health() for watched in self._watched]
        now, troubles = self._clock(), list[ProviderTrouble]()
        order = in_order(healths, now)
        self._look_after_the_others(page)
        for place, which in enumerate(order):
            seconds = seconds_for(place, healths, now=now, left=limit.left)
            waits = not is_somebody_well(order[place + 1 :], healths, now)
            try:
                return self._send_by(which, page, Limit(seconds), in_doubt=in_doubt, waits=waits)
            except Busy:
                troubles.append(ProviderTrouble("too many at once", Then.TRY_AGAIN))
            except ProviderTrouble as trouble:
                if trouble.then is Then.UNREACHABLE:
                    raise
                troubles.append(trouble)
        raise _best_of(troubles) from None

    def _send_by(self, which: int, page: Outgoing, limit: Limit, *, in_doubt: bool, waits: bool) -> str:
        """By this one. `waits`: for a place with it too, because nobody well stands behind it."""
        route, watched, began = self._routes[which], self._watched[which], self._clock()
        with watched.asking(began, patience=limit.left if waits else 0.0):
            try:
                reference = route.hand_to(page, limit, in_doubt=in_doubt)
            except ProviderTrouble as trouble:
                ended = self._clock()
                watched.answered(ended, in_trouble=trouble.is_its_own, took=ended - began)
                raise
        ended = self._clock()
        watched.answered(ended, in_trouble=False, took=ended - began)
        return reference

    def _look_after_the_others(self, page: Outgoing) -> None:
        """Ask those that are unwell whether they are well again, beside the page and not before it."""
        now = self._clock()
        for route, watched in zip(self._routes, self._watched, strict=True):
            if len(self._routes) > 1 and not watched.health().is_well(now) and watched.may_ask_again(now):
                threading.Thread(target=_ask, args=(route, watched, page), name="is it well?", daemon=True).start()


def _route_of(hand: ProviderSettings | Modem, *, trust: ssl.SSLContext | None, resolve: Resolve) -> Route:
    return ByModem(hand) if isinstance(hand, Modem) else ByProvider(hand, trust=trust, resolve=resolve)


def _ask(route: Route, watched: Watched, page: Outgoing) -> None:
    if route.is_well(page):
        watched.is_well_again()


def _best_of(troubles: list[ProviderTrouble]) -> CannotSend:
    """What gives most hope: try again where either of them may take it in a moment."""
    again = [trouble for trouble in troubles if trouble.then is Then.TRY_AGAIN]
    return (again or troubles)[0]
