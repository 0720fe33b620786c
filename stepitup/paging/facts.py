"""The plain values of this room: what comes in, what goes out, and the words for the states in between."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID


class Words(StrEnum):
    """What a page says. There is no fourth kind: free text would one day hold a reason, a name or a place."""

    PAGE = "page"
    COORDINATOR = "coordinator"
    TEST = "test"


class NoticeWords(StrEnum):
    """What we say to a helper that is no page: mostly the answer to their own reply. Each is one fixed sentence.

    `nothing`: no answer goes back, because whoever wrote is nobody we know, or must not be written to.
    """

    NOTHING = "nothing"
    YOURS = "yours"
    YOURS_BY_RING = "yours by ring"
    NO_LINK = "no link"
    SOMEONE_HAS_IT = "someone has it"
    OVER = "over"
    DECLINED = "declined"
    HANDED_BACK = "handed back"
    CANNOT = "cannot"
    UNCLEAR = "unclear"
    TEST_ARRIVED = "test arrived"
    TEXTS_ARE_OFF = "texts are off"
    JOIN_BY_RING = "join by ring"
    WAY_IS_OFF = "way is off"
    STILL_THERE = "still there"
    HOUSE_IN_TROUBLE = "in trouble"
    HOUSE_IS_WELL = "well again"

    @property
    def is_of_the_house(self) -> bool:
        """Whether it is for the operator: words without a link, which can be spoken as well as written."""
        return self in {NoticeWords.HOUSE_IN_TROUBLE, NoticeWords.HOUSE_IS_WELL}


# Ways by which nobody tells us whether a phone showed it: they go along, and are never all that goes.
COURTESIES: Final = frozenset({"push", "app"})


class PageState(StrEnum):
    """A page's life. Only an open page is sent, and only an open page can be answered.

    `reached` is the one good end of a test page: whoever holds the phone has said so.
    """

    OPEN = "open"
    YOURS = "yours"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    OVER = "over"
    REACHED = "reached"


class AttemptState(StrEnum):
    """One try through one carrier. `reserve`: not its turn yet. `waiting`: its turn has come or has been set."""

    RESERVE = "reserve"
    WAITING = "waiting"
    HANDED_OVER = "handed over"
    FAILED = "failed"
    DROPPED = "dropped"


class DeliveryNote(StrEnum):
    """What a carrier says after it took a page. Neither is an answer: only a person answers."""

    ARRIVED = "arrived"
    NOT_ARRIVED = "not arrived"


class Then(StrEnum):
    """What a carrier that could not send advises."""

    TRY_AGAIN = "try again"
    NEXT_WAY = "next way"
    UNREACHABLE = "unreachable"


class StandingState(StrEnum):
    """How a page stands after an outcome."""

    UNDER_WAY = "under way"
    FELL_THROUGH = "fell through"


@dataclass(frozen=True)
class Reach:
    """One way to reach a helper, as the roster gives it, and the language in which they are spoken to."""

    way: int
    carrier: str
    address: str
    language: str = "en"


@dataclass(frozen=True)
class NewPage:
    """A page to be written: for whom, in which words, and their ways in the order in which they want to be tried."""

    id: UUID
    helper: int
    words: Words
    ways: tuple[Reach, ...]


@dataclass(frozen=True)
class NewTest:
    """A test page to be written: for whom, and the one way that it tries."""

    id: UUID
    helper: int
    reach: Reach


@dataclass(frozen=True)
class WayTried:
    """A test page and what became of it. `sent_at`: when a carrier took it; `why`: why none did, in a fixed word."""

    id: UUID
    helper: int
    way: int
    carrier: str
    state: PageState
    attempt: AttemptState
    written_at: datetime
    sent_at: datetime | None
    reached_at: datetime | None
    why: str

    @property
    def seconds(self) -> int | None:
        """How long it took from the asking to the answer; None while there is none."""
        return max(int((self.reached_at - self.written_at).total_seconds()), 0) if self.reached_at else None


@dataclass(frozen=True)
class PageFacts:
    """What may be known of a page: nothing about why it was sent."""

    id: UUID
    helper: int
    state: PageState
    words: Words
    opened_at: datetime


@dataclass(frozen=True)
class Reply:
    """What came back from a number: its words as they were typed, and the carrier's own id for it.

    `at` is when it was sent, as far as the carrier says, else when it came. The same `id` twice is one reply.
    """

    carrier: str
    number: str
    said: str
    id: str
    at: datetime


@dataclass(frozen=True)
class SaidBack:
    """What goes back to whoever replied. `text` is empty where nothing does."""

    words: NoticeWords
    text: str = ""


@dataclass(frozen=True)
class NumberPage:
    """A page that went to a number. `sent_at` is None while no attempt to this number has begun."""

    id: UUID
    helper: int
    way: int
    words: Words
    state: PageState
    opened_at: datetime
    settled_at: datetime | None
    sent_at: datetime | None
    language: str = "en"


@dataclass(frozen=True)
class Outgoing:
    """A page on its way to a carrier. `key` is the same in every try of one attempt, so that a carrier can tell a
    second try from a second page; `at` is when the attempt was written, the same in every try too.
    """

    attempt: int
    page: UUID
    helper: int
    way: int
    carrier: str
    to: str
    words: Words | NoticeWords
    text: str
    link: str
    key: str
    at: datetime
    language: str = "en"


@dataclass(frozen=True)
class Letter:
    """One plain mail of the house, to somebody who runs the team. The same `key` twice is one mail to its reader."""

    to: str
    subject: str
    text: str
    key: str
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """What came of one try: the provider's reference, or why not, what the carrier advises, and after how long."""

    then: Then | None
    why: str = ""
    reference: str = ""
    after: timedelta | None = None

    @classmethod
    def handed_over(cls, reference: str = "") -> "Outcome":
        """The carrier has it. That is not yet "reached": only an answer is."""
        return cls(then=None, reference=reference)

    @classmethod
    def try_again(cls, why: str) -> "Outcome":
        """The same way may work in a few seconds."""
        return cls(then=Then.TRY_AGAIN, why=why)

    @classmethod
    def next_way(cls, why: str) -> "Outcome":
        """This way will not work now."""
        return cls(then=Then.NEXT_WAY, why=why)

    @classmethod
    def unreachable(cls, why: str) -> "Outcome":
        """This way will not work at all until somebody mends the roster."""
        return cls(then=Then.UNREACHABLE, why=why)


@dataclass(frozen=True)
class Standing:
    """How a page stands after an outcome. `unreachable_way`: the roster wants to know of a way that does not work."""

    page: UUID
    state: StandingState
    helper: int
    unreachable_way: int | None = None


@dataclass(frozen=True)
class PagerLine:
    """One message on the on-screen pager of the demonstration."""

    helper: int
    way: int
    text: str
    link: str
    key: str
    at: datetime
