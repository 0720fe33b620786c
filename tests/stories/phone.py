"""A helper's phone in their hand: a text lights up and is replied to, it rings and a key is pressed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.stories.browser import Browser
from tests.stories.joining import Joining
from tests.stories.network import Message, Network
from tests.stories.provider import brings_a_reply, brings_a_ring, says_what_became_of


@dataclass(frozen=True)
class TextOnPhone:
    """A text, and what is done with it."""

    phone: "Phone"
    message: Message

    @property
    def says(self) -> str:
        return self.message.text

    def replies(self, words: str, *, id: str = "") -> str:
        """Type these words. What comes back lights up as a text of its own, and is returned."""
        return self.phone.types(words, id=id)

    def never_arrives(self, code: str = "30003") -> None:
        """The provider says so."""
        says_what_became_of(self.message.key, "undelivered", code)
        self.phone.then()

    def arrives(self) -> None:
        """The provider says so."""
        says_what_became_of(self.message.key, "delivered")
        self.phone.then()


@dataclass(frozen=True)
class RingOnPhone:
    """A ring, and what is done with it."""

    phone: "Phone"
    message: Message

    def says(self) -> list[str]:
        """Pick up and listen."""
        return self._brings("", AnsweredBy="human")

    def presses(self, key: int) -> str:
        """Pick up, listen, press a key; what is said then."""
        self.says()
        return " ".join(self._brings("/key", Digits=str(key)))

    def goes_to_voicemail(self) -> None:
        self._brings("", AnsweredBy="machine_start")

    def ends(self, how: str) -> None:
        """busy, no-answer, failed, or completed without a key."""
        self._brings("/status", CallStatus=how)

    def _brings(self, what: str, **sent: str) -> list[str]:
        said = brings_a_ring(self.message.key, what, self.phone.number, **sent)
        self.phone.then()
        return said


class Phone(Browser):
    """A phone with a number: its browser, its texts and its rings."""

    def __init__(self, number: str, *, text: Network, voice: Network, then: Callable[[], None], **always: Any) -> None:
        super().__init__(then=then, **always)
        self.number, self.then = number, then
        self._text, self._voice = text, voice
        self._take: Callable[[Message], object] = lambda _message: None
        self._unread: Callable[[], list[Message]] = list

    def belongs_to(self, *, unread: Callable[[], list[Message]], take: Callable[[Message], object]) -> None:
        """Whoever holds it has looked at what it showed them."""
        self._unread, self._take = unread, take

    def gets_a_text(self) -> TextOnPhone:
        """A text that was not there before."""
        return TextOnPhone(self, self._newest(self._text, "text"))

    def rings(self) -> RingOnPhone:
        """It rings."""
        return RingOnPhone(self, self._newest(self._voice, "ring"))

    def rings_to_join(self) -> Joining:
        """It rings, and whoever picks up is joined with the caller."""
        message = self._newest(self._voice, "ring")
        assert "/replies/join/" in message.link
        return Joining(message, self.then)

    def types(self, words: str, *, id: str = "") -> str:
        """Write to the house's number, asked or not."""
        back = brings_a_reply(self.number, words, id=id)
        self.then()
        return back

    def _newest(self, network: Network, what: str) -> Message:
        found = [message for message in self._unread() if message in network.delivered]
        assert found, f"no {what} on {self.number}"
        self._take(found[0])
        return found[0]
