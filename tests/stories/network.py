"""The phone company of the stories: puts messages on helpers' phones, or misbehaves as real ones do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from stepitup.paging.carriers.voice_twilio.sender import asked_of_us
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then, Words


class NeverComesBack(Exception):
    """The carrier hangs: it takes the page and does not return."""


@dataclass(frozen=True)
class Message:
    """What lights up on a phone."""

    to: str
    text: str
    link: str
    at: datetime
    key: str = ""
    words: Words | NoticeWords = Words.PAGE
    place: int = field(default_factory=count().__next__, compare=False)


class Network:
    """One carrier. The same page tried twice by the same key is one message, as a real provider promises."""

    time_limit = timedelta(seconds=10)
    at_once = 4
    takes_replies = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.delivered: list[Message] = []
        self.keys: list[str] = []
        self._refuses: dict[str, Then] = {}
        self._hangs: set[str] = set()
        self._doubles = False

    def refuses(self, number: str, then: Then = Then.NEXT_WAY) -> None:
        """Every page to this number is refused."""
        self._refuses[number] = then

    def recovers(self) -> None:
        """All is well again."""
        self._refuses.clear()
        self._hangs.clear()

    def hangs_for(self, number: str) -> None:
        """Whoever sends to this number waits for ever."""
        self._hangs.add(number)

    def doubles(self) -> None:
        """Each message arrives twice, whatever its key."""
        self._doubles = True

    def send(self, page: Outgoing) -> str:
        if page.to in self._hangs:
            raise NeverComesBack
        if page.to in self._refuses:
            raise CannotSend("not taken", self._refuses[page.to])
        if self.name == "voice":
            asked_of_us(page)  # a real one rings only where there is something to say
        known = page.key in self.keys
        self.keys.append(page.key)
        if not known:
            message = Message(page.to, page.text, page.link, page.at, page.key, page.words)
            self.delivered += [message, message] if self._doubles else [message]
        return page.key
