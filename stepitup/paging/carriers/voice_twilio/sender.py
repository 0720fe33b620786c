"""Voice: one ring a page. When somebody picks up, the provider asks us what to say (stepitup.door.replies.voice).

Handed over is not reached: a machine, a voicemail, a busy line or nobody at all let the next way go at once, as soon as
the provider tells us.
"""

import re
import ssl
from collections.abc import Callable, Mapping
from datetime import timedelta

from stepitup.ground.team import ProviderSettings, team
from stepitup.paging.carriers.provider.account import Account
from stepitup.paging.carriers.provider.line import Limit, Resolve, find_addresses
from stepitup.paging.carriers.provider.once import Once
from stepitup.paging.carriers.provider.trouble import ProviderTrouble
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then

# Most voicemails pick up after 25 to 30 seconds; who is asleep needs more than ten.
RINGS_FOR = timedelta(seconds=24)
_IS_A_NUMBER = re.compile(r"\+[1-9]\d{6,14}")  # E.164: fifteen digits at most, and none begins with 0


class Voice:
    """Rings through one provider."""

    name = "voice"
    # Providers start about one ring a second for a new account, and keep the others in line: more at once is no faster.
    at_once = 10
    takes_replies = True

    def __init__(
        self,
        provider: ProviderSettings,
        *,
        time_limit: timedelta = timedelta(seconds=10),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = find_addresses,
    ) -> None:
        self.time_limit = time_limit
        self._account = Account(provider, trust=trust, resolve=resolve)
        self._once = Once()

    def send(self, page: Outgoing) -> str:
        """Let the phone ring; the provider's number for the ring is the reference. Raises CannotSend."""
        if not _IS_A_NUMBER.fullmatch(page.to):
            raise CannotSend("not a number", Then.UNREACHABLE)
        here = asked_of_us(page)
        limit = Limit(self.time_limit.total_seconds())
        try:
            return self._once.do(page.key, self._ring(page, here, limit), seconds=limit.left, in_doubt=False)
        except CannotSend as trouble:
            raise trouble from None

    def _ring(self, page: Outgoing, here: str, limit: Limit) -> Callable[[bool], str]:
        """Rings cannot be told apart at the provider: where no answer came, the phone rings once more."""
        form = {
            "To": page.to,
            "From": self._account.sender,
            "Url": here,
            "StatusCallback": f"{here}/ended" if isinstance(page.words, NoticeWords) else f"{here}/status",
            "Timeout": str(int(RINGS_FOR.total_seconds())),
            "MachineDetection": "Enable",
        }
        return lambda _in_doubt: self._ask_for_it(form, limit, page.key)

    def _ask_for_it(self, form: Mapping[str, str], limit: Limit, key: str) -> str:
        try:
            return self._account.post("Calls", form, limit, key=key)
        except ProviderTrouble as trouble:
            if not trouble.line_was_old:
                raise
        return self._account.post("Calls", form, limit, key=key)


def asked_of_us(page: Outgoing) -> str:
    """The address at which the provider asks what is to be said. Raises CannotSend: a link cannot be spoken."""
    if page.words is NoticeWords.JOIN_BY_RING:
        return page.link
    house = f"{team().public_url.rstrip('/')}/replies/voice"
    if not isinstance(page.words, NoticeWords):
        return f"{house}/{page.key}"
    if page.words.is_of_the_house:
        return f"{house}/house/{page.words.name.lower()}"
    raise CannotSend("a link cannot be spoken", Then.NEXT_WAY)
