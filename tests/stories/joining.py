"""A ring that joins the two, as the provider makes it: first the helper's phone, then Rosa's, then both in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from tests.stories.network import Message
from tests.stories.provider import brings


@dataclass(frozen=True)
class Joining:
    """One such ring on the helper's phone."""

    message: Message
    then: Callable[[], None]

    def is_picked_up(self) -> str:
        """The helper picks up; the number that rings next, or what is said instead."""
        root = self._asks("", AnsweredBy="human")
        dialed = root.find("Dial/Number")
        return str(dialed.text) if dialed is not None else _said(root)

    def caller_presses(self, key: int) -> None:
        """Rosa picks up, listens, and presses a key."""
        self._asks("/caller")
        self._asks("/yes", Digits=str(key))

    def caller_does_not_pick_up(self) -> str:
        """What the helper hears then."""
        return _said(self._asks("/after", DialCallStatus="no-answer"))

    def asks(self) -> str:
        """What the helper is asked on the line, when the other has left it."""
        return _said(self._asks("/after", AnsweredBy="human"))

    def goes_to_voicemail(self) -> str:
        """The helper's machine picks up; what it hears."""
        return _said(self._asks("/after", AnsweredBy="machine_start"))

    def helper_presses(self, key: int) -> str:
        """A key, and what is said then."""
        return _said(self._asks("/after/key", Digits=str(key)))

    def ends(self) -> None:
        """The line is closed."""
        brings(f"{self._path}/ended", CallStatus="completed")
        self.then()

    @property
    def _path(self) -> str:
        return "/replies/join/" + self.message.link.partition("/replies/join/")[2].removesuffix("/after")

    def _asks(self, what: str, **sent: str) -> Tree.Element:
        root = brings(f"{self._path}{what}", CallSid="CA2", **sent)
        assert root is not None
        self.then()
        return root


def _said(root: Tree.Element) -> str:
    return " ".join(say.text or "" for say in root.iter("Say"))
