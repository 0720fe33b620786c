"""A helper's phone in their hand: a text lights up and is replied to, it rings and a key is pressed; a mail is opened
or comes back to us, a notice on the lock screen is answered by its buttons, a note in another app is tapped.
"""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from stepitup.desk import bounce
from stepitup.paging.carriers.mail.tests.test_bounce import report
from stepitup.paging.carriers.push.notice import content_of
from stepitup.paging.facts import NoticeWords
from tests.stories.browser import Browser
from tests.stories.joining import Joining
from tests.stories.network import Message, Network
from tests.stories.provider import brings_a_reply, brings_a_ring, says_what_became_of
from tests.stories.screen import Screen

# What the browser's own script shows for each kind of notice, and what each button asks for (browser/src/worker/sw.ts;
# tests/stories/test_the_language.py holds these against it).
BUTTONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "page": {"I can take it": "acknowledge", "I can’t": "decline"},
        "coordinator": {},
        "test": {"It reached me": "reached"},
    }
)


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
        words = self.message.words
        about = f"house/{words.name.lower()}" if isinstance(words, NoticeWords) else self.message.key
        said = brings_a_ring(about, what, self.phone.number, **sent)
        self.phone.then()
        return said


@dataclass(frozen=True)
class LinkOnPhone:
    """A mail or a note in another app: words, and a link that opens in the phone's browser."""

    phone: "Phone"
    message: Message

    @property
    def says(self) -> str:
        return self.message.text

    def opens(self) -> Screen:
        """Tap the link. A scanner on the way does as much, so nothing is answered by that."""
        return self.phone.opens(_path(self.message))

    def presses(self, button: str) -> Screen:
        """Tap the link, and press what stands there."""
        self.opens()
        return self.phone.presses(button)


class MailOnPhone(LinkOnPhone):
    """A mail; or what its server says, when nobody is there to read it."""

    def comes_back(self, status: str = "5.1.1") -> None:
        """The server reports to us, as to every sender, that it was not delivered."""
        said = report(status=status, id=f"<{self.message.key}@help.example>")
        assert bounce.take(io.BytesIO(said)) == 0
        self.phone.then()


@dataclass(frozen=True)
class NoticeOnPhone:
    """A notice on the lock screen, with its buttons, as the browser's own script shows it."""

    phone: "Phone"
    message: Message

    @property
    def buttons(self) -> list[str]:
        return list(BUTTONS.get(self._told["w"], {}))

    def presses(self, button: str) -> Screen:
        """Press a button without opening anything. After a yes the browser opens the seat."""
        verb = BUTTONS[self._told["w"]][button]
        answered = self.phone.sends(f"{self._told['p']}/{verb}", {"press": f"press-of-{self.message.key}"})
        return self.phone.opens("/seat") if verb == "acknowledge" and answered.status < 400 else answered

    def opens(self) -> Screen:
        """Tap the notice itself."""
        return self.phone.opens(self._told["p"])

    @property
    def _told(self) -> dict[str, str]:
        """What the browser opens: nothing but this travels."""
        told: dict[str, str] = json.loads(content_of(self.message.words, self.message.link))
        return told


class Phone(Browser):
    """A phone with a number: its browser, its texts and rings, its mail, its notices and its other apps."""

    def __init__(
        self, number: str, *, networks: Mapping[str, Network], then: Callable[[], None], **always: Any
    ) -> None:
        super().__init__(then=then, **always)
        self.number, self.then = number, then
        self._networks = networks
        self._seen = 0
        self._take: Callable[[Message], object] = self._has_seen
        self._unread: Callable[[], list[Message]] = self.unread

    def belongs_to(self, *, unread: Callable[[], list[Message]], take: Callable[[Message], object]) -> None:
        """Whoever holds it has looked at what it showed them."""
        self._unread, self._take = unread, take

    def gets_a_text(self) -> TextOnPhone:
        """A text that was not there before."""
        return TextOnPhone(self, self._newest("text"))

    def rings(self) -> RingOnPhone:
        """It rings."""
        return RingOnPhone(self, self._newest("voice"))

    def rings_to_join(self) -> Joining:
        """It rings, and whoever picks up is joined with the caller."""
        message = self._newest("voice")
        assert "/replies/join/" in message.link
        return Joining(message, self.then)

    def types(self, words: str, *, id: str = "") -> str:
        """Write to the house's number, asked or not."""
        back = brings_a_reply(self.number, words, id=id)
        self.then()
        return back

    def gets_a_mail(self) -> MailOnPhone:
        """A mail that was not there before."""
        return MailOnPhone(self, self._newest("mail"))

    def shows_a_notice(self) -> NoticeOnPhone:
        """A notice on the lock screen that was not there before."""
        return NoticeOnPhone(self, self._newest("push"))

    def gets_a_note(self) -> LinkOnPhone:
        """A message in another app that was not there before."""
        return LinkOnPhone(self, self._newest("app"))

    def unread(self) -> list[Message]:
        """On a phone that is no helper's: what came to its number and was not looked at."""
        arrived = [one for network in self._networks.values() for one in network.delivered if one.to == self.number]
        return sorted(arrived, key=lambda one: one.place)[self._seen :]

    def _has_seen(self, _message: Message) -> None:
        self._seen += 1

    def _newest(self, carrier: str) -> Message:
        network = self._networks[carrier]
        found = [message for message in self._unread() if message in network.delivered]
        assert found, f"nothing came by {carrier} to {self.number}"
        self._take(found[0])
        return found[0]


def _path(message: Message) -> str:
    return "/p/" + message.link.rpartition("/p/")[2]
