"""The room `paging` with three fake carriers and a hand-wound clock, for its tests."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging import actions, carriers, questions
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NewPage, Outgoing, Reach, StandingState, Then, Words
from stepitup.paging.sending import hand_over

SAM, INES, DANIEL = 4, 5, 6
NIGHT = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)
KINDS = ["attempt:text", "attempt:voice", "attempt:mail"]


@dataclass
class FakeCarrier:
    """Takes what it is given, or says what it is told to say."""

    name: str
    says: CannotSend | None = None
    took: list[Outgoing] = field(default_factory=list)
    time_limit = timedelta(seconds=1)
    at_once = 4
    takes_replies = True

    def send(self, page: Outgoing) -> str:
        if self.says:
            raise self.says
        self.took.append(page)
        return f"ref-{len(self.took)}"


@dataclass
class House:
    """The room with three fake carriers and a hand-wound clock."""

    hands: HandClock
    text: FakeCarrier
    voice: FakeCarrier
    mail: FakeCarrier

    def page(self, *helpers: int, ways: tuple[str, ...] = ("text", "voice", "mail")) -> dict[int, UUID]:
        """Page these helpers by these ways and return each one's page."""
        new = [NewPage(new_id(), helper, Words.PAGE, reaches(helper, *ways)) for helper in helpers]
        paged = deed(actions.write_pages, new)
        return {page.helper: page.id for page in new if page.helper in paged}

    def go(self, *, kinds: Sequence[str] = KINDS) -> list[StandingState]:
        """What the watch does: claim what is due, hand it over, record what came of it; until nothing is due."""
        stood = []
        while claimed := deed(timers.claim, kinds=kinds, limit=1, lease=timedelta(seconds=20), holder="watch"):
            (timer,) = claimed
            pages = questions.prepare([int(timer.subject)])
            stood += [deed(actions.record, page.attempt, hand_over(page)).state for page in pages]
            timers.done(timer, holder="watch")
        return stood

    def took(self) -> dict[str, int]:
        """How many pages each carrier has taken."""
        return {carrier.name: len(carrier.took) for carrier in (self.text, self.voice, self.mail)}


def reaches(helper: int, *names: str) -> tuple[Reach, ...]:
    return tuple(Reach(helper * 10 + place, name, f"{name}-of-{helper}") for place, name in enumerate(names))


def busy() -> CannotSend:
    return CannotSend("busy", Then.NEXT_WAY)


def hiccup() -> CannotSend:
    return CannotSend("code 503", Then.TRY_AGAIN)


@contextmanager
def a_house() -> Iterator[House]:
    """The room on the night of the stories."""
    hands = HandClock(NIGHT)
    ours = House(hands, FakeCarrier("text"), FakeCarrier("voice"), FakeCarrier("mail"))
    with clock.use(hands), carriers.use(ours.text, ours.voice, ours.mail):
        yield ours
