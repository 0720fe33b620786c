"""The other end of a text: a provider on this machine, and the phones behind it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from stepitup.ground.keys import new_id
from stepitup.paging.carriers.provider.tests.peer import NOBODY, Provider, hangs, provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import page_text

NIGHT = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)


def carrier(
    *providers: Provider,
    limit: timedelta = timedelta(seconds=5),
    began: datetime = NIGHT,
    clock: Callable[[], float] = time.monotonic,
) -> Text:
    """Text by these providers, for a process that began at this moment."""
    return Text(*(one.settings() for one in providers), time_limit=limit, wall=lambda: began, clock=clock)


def page_to(number: str, *, helper: int = 4, words: Words = Words.PAGE) -> Outgoing:
    """A page to this number."""
    page = new_id()
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="text",
        to=number,
        words=words,
        text=page_text(words, link_to(page), takes_replies=True),
        link=link_to(page),
        key=new_id().hex,
        at=NIGHT,
    )


class TextFarEnd:
    """Sam's phone, behind a provider."""

    def __init__(self, ours: Provider) -> None:
        self.carrier = carrier(ours)
        self._provider = ours

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's phone."""
        return page_to(f"+1512555{helper:04}", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to a number that is none."""
        return page_to(NOBODY)

    def seen(self) -> list[str]:
        """The texts on all phones."""
        return self._provider.texts

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        return self._provider.travelled

    @contextmanager
    def hanging(self, limit: timedelta) -> Iterator[Text]:
        """A provider that accepts, and never answers."""
        with provider() as hung:
            hung.misbehaves = hangs
            yield carrier(hung, limit=limit)


@contextmanager
def text_far_end() -> Iterator[TextFarEnd]:
    """The whole far end of text."""
    with provider() as ours:
        yield TextFarEnd(ours)
