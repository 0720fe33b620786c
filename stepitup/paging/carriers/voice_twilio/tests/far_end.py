"""The other end of a ring: a provider on this machine, and the phones behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from stepitup.paging.carriers.provider.tests.peer import NOBODY, Provider, hangs, provider
from stepitup.paging.carriers.text_twilio.tests.far_end import page_to
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.paging.carriers.voice_twilio.words import spoken_page
from stepitup.paging.facts import Outgoing, Words


def ring_to(number: str, *, helper: int = 4) -> Outgoing:
    """A page to this number, as it is spoken."""
    return replace(page_to(number, helper=helper), carrier="voice", text=spoken_page(Words.PAGE))


class VoiceFarEnd:
    """Sam's phone, behind a provider. What it says is asked of the house when somebody picks up."""

    def __init__(self, ours: Provider) -> None:
        self.carrier = Voice(ours.settings(), time_limit=timedelta(seconds=5))
        self._provider = ours

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's phone."""
        return ring_to(f"+1512555{helper:04}", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to a number that is none."""
        return ring_to(NOBODY)

    def seen(self) -> list[str]:
        """What each ring will say."""
        return [spoken_page(Words.PAGE) for _ring in self._provider.taken]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        return self._provider.travelled

    @contextmanager
    def hanging(self, limit: timedelta) -> Iterator[Voice]:
        """A provider that accepts, and never answers."""
        with provider() as hung:
            hung.misbehaves = hangs
            yield Voice(hung.settings(), time_limit=limit)


@contextmanager
def voice_far_end() -> Iterator[VoiceFarEnd]:
    """The whole far end of voice."""
    with provider() as ours:
        yield VoiceFarEnd(ours)
