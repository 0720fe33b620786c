"""A modem of one's own as one of the hands by which texts leave, beside a provider."""

from stepitup.paging.carriers.modem_gammu.sender import AT_ONCE, Modem
from stepitup.paging.carriers.provider.line import Limit
from stepitup.paging.carriers.provider.trouble import ProviderTrouble
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing

_TRIED_FOR = 8.0


class ByModem:
    """Texts through the modem. What it has not sent in time is taken back before another hand takes over."""

    at_once = AT_ONCE
    # The first text behind three others leaves after some twelve seconds; until then a modem that works does no worse.
    too_long = 12.0
    ask_every = 60.0
    called = "the modem"

    def __init__(self, modem: Modem) -> None:
        self._modem = modem

    def hand_to(self, page: Outgoing, limit: Limit, *, in_doubt: bool) -> str:
        """Its own mark for the page is the reference. Raises ProviderTrouble."""
        try:
            return self._modem.send_within(page, limit.left)
        except CannotSend as trouble:
            raise ProviderTrouble(trouble.why, trouble.then, is_its_own=True) from None

    def answers(self) -> None:
        """Nobody can say without a text; `stepitup check` looks at its daemon."""

    def is_well(self, page: Outgoing) -> bool:
        """A modem can be asked nothing: the page that goes by another is given to it too, and taken back if it stays.

        Where it went through, two texts with the same link arrive, once. Twice is better than a minute later.
        """
        try:
            self._modem.send_within(page, _TRIED_FOR)
        except CannotSend:
            return False
        return True
