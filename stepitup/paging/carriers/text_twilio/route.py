"""A provider's account as one of the hands by which texts leave."""

import ssl
from datetime import timedelta

from stepitup.ground.team import ProviderSettings, team
from stepitup.paging.carriers.provider import fail_over
from stepitup.paging.carriers.provider.account import Account
from stepitup.paging.carriers.provider.line import Limit, Resolve
from stepitup.paging.carriers.provider.trouble import ProviderTrouble
from stepitup.paging.carriers.text_twilio.words import in_one_text
from stepitup.paging.facts import NoticeWords, Outgoing

# A page is repeated after five minutes and its next way goes after one: a text that comes later is a stale one.
STAYS_VALID = timedelta(minutes=4)
_LOOKED_BACK = "20"  # messages to one number within moments; there are seldom two


class ByProvider:
    """Texts through one account."""

    at_once = 1000  # no page is held back here: the carrier's runners are fewer
    ask_every = fail_over.ASK_EVERY

    def __init__(self, settings: ProviderSettings, *, trust: ssl.SSLContext | None, resolve: Resolve) -> None:
        self._account = Account(settings, trust=trust, resolve=resolve)
        # As it is written: an address that is none must not keep the house from starting.
        self.called = f"the provider at {settings.base_url.partition('://')[2].partition('/')[0]}"

    @property
    def too_long(self) -> float:
        """A slow evening takes a second."""
        return fail_over.TOO_LONG

    def hand_to(self, page: Outgoing, limit: Limit, *, in_doubt: bool) -> str:
        """The provider's number for the message is the reference. Raises ProviderTrouble."""
        body, account = in_one_text(page.text, page.link), self._account
        if in_doubt and (there := self._already_there(page.to, body, limit)):
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
        try:
            return account.post("Messages", form, limit, key=page.key)
        except ProviderTrouble as trouble:
            if not trouble.line_was_old:
                raise
        # A kept line ended at the very moment at which it was used: most probably nothing was taken, and it is asked.
        return self._already_there(page.to, body, limit) or account.post("Messages", form, limit, key=page.key)

    def answers(self) -> bool:
        """With this account and this token. Nobody is written to."""
        return self._account.is_well(Limit(5.0))

    def is_well(self, page: Outgoing) -> bool:
        """Asked a question that concerns nobody."""
        return self._account.is_well(Limit(2.0))

    def _already_there(self, to: str, body: str, limit: Limit) -> str:
        """The provider's number for this very message, if it has it. A page holds its own link: no two are alike."""
        try:
            found = self._account.find("Messages", {"To": to, "PageSize": _LOOKED_BACK}, Limit(limit.left / 2))
        except ProviderTrouble:
            return ""  # twice is better than never
        return next((str(one.get("sid") or "") for one in found if one.get("body") == body), "")


def status_address(key: str) -> str:
    """Where the provider tells us what became of a message. The key is the attempt's own: nothing else knows it."""
    return f"{team().public_url.rstrip('/')}/replies/text/status/{key}"
