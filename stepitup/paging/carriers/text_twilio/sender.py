"""Text: one message a page, by the first of two providers that is well just now.

1. A page that was taken is not sent again; where that is in doubt, the provider is asked what it has.
2. The second provider takes over at once when the first refuses, breaks or takes too long.
3. Nothing is held back here: no quota, no bundling. A provider that asks us to wait is left for the other one.
"""

import re
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from stepitup.ground.team import ProviderSettings, team
from stepitup.paging.carriers.provider.account import Account
from stepitup.paging.carriers.provider.fail_over import Watched, in_order, seconds_for
from stepitup.paging.carriers.provider.line import Limit, Resolve, find_addresses
from stepitup.paging.carriers.provider.once import Once
from stepitup.paging.carriers.provider.trouble import ProviderTrouble
from stepitup.paging.carriers.text_twilio.words import in_one_text
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then

# A page is repeated after five minutes and its next way goes after one: a text that comes later is a stale one.
STAYS_VALID = timedelta(minutes=4)
_IS_A_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_LOOKED_BACK = "20"  # messages to one number within moments; there are seldom two


class Text:
    """Sends through one provider, or through the better of two."""

    name = "text"
    at_once = 50
    takes_replies = True

    def __init__(
        self,
        *providers: ProviderSettings,
        time_limit: timedelta = timedelta(seconds=10),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = find_addresses,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.time_limit = time_limit
        self._accounts = [Account(provider, trust=trust, resolve=resolve) for provider in providers]
        self._watched = [Watched() for _ in providers]
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

    def _send(self, page: Outgoing, limit: Limit, in_doubt: bool) -> str:
        healths = [watched.health() for watched in self._watched]
        now, troubles = self._clock(), list[ProviderTrouble]()
        for place, which in enumerate(in_order(healths, now)):
            seconds = seconds_for(place, healths, now=now, left=limit.left)
            try:
                return self._send_by(which, page, seconds=seconds, in_doubt=in_doubt)
            except ProviderTrouble as trouble:
                if trouble.then is Then.UNREACHABLE:
                    raise
                troubles.append(trouble)
        raise _best_of(troubles) from None

    def _send_by(self, which: int, page: Outgoing, *, seconds: float, in_doubt: bool) -> str:
        account, watched, began = self._accounts[which], self._watched[which], self._clock()
        self._look_after_the_others()
        with watched.asking(began):
            try:
                reference = self._hand_to(account, page, Limit(seconds), in_doubt=in_doubt)
            except ProviderTrouble as trouble:
                ended = self._clock()
                watched.answered(ended, in_trouble=trouble.is_its_own, took=ended - began)
                raise
        ended = self._clock()
        watched.answered(ended, in_trouble=False, took=ended - began)
        return reference

    def _hand_to(self, account: Account, page: Outgoing, limit: Limit, *, in_doubt: bool) -> str:
        body = in_one_text(page.text, page.link)
        if in_doubt and (there := _already_there(account, page.to, body, limit)):
            return there
        service = account.sender.startswith("MG")
        form = {
            "To": page.to,
            "MessagingServiceSid" if service else "From": account.sender,
            "Body": body,
            "ValidityPeriod": str(int(STAYS_VALID.total_seconds())),
        }
        if account.can_tell_us and not isinstance(page.words, NoticeWords):
            form["StatusCallback"] = status_address(page.key)
        return account.post("Messages", form, limit, key=page.key)

    def _look_after_the_others(self) -> None:
        """Ask those that are unwell whether they are well again, beside the page and not before it."""
        now = self._clock()
        for account, watched in zip(self._accounts, self._watched, strict=True):
            if len(self._accounts) > 1 and not watched.health().is_well(now) and watched.may_ask_again(now):
                threading.Thread(target=_ask, args=(account, watched), name="is it well?", daemon=True).start()


def status_address(key: str) -> str:
    """Where the provider tells us what became of a message. The key is the attempt's own: nothing else knows it."""
    return f"{team().public_url.rstrip('/')}/replies/text/status/{key}"


def _already_there(account: Account, to: str, body: str, limit: Limit) -> str:
    """The provider's number for this very message, if it has it. A page holds its own link, so no two are alike."""
    try:
        found = account.find("Messages", {"To": to, "PageSize": _LOOKED_BACK}, Limit(limit.left / 2))
    except ProviderTrouble:
        return ""  # twice is better than never
    return next((str(one.get("sid") or "") for one in found if one.get("body") == body), "")


def _ask(account: Account, watched: Watched) -> None:
    if account.is_well(Limit(2.0)):
        watched.is_well_again()


def _best_of(troubles: list[ProviderTrouble]) -> CannotSend:
    """What gives most hope: try again where either of them may take it in a moment."""
    again = [trouble for trouble in troubles if trouble.then is Then.TRY_AGAIN]
    return (again or troubles)[0]
