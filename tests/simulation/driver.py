"""A night by seed: chance presses, answers, declines, crashes, turns the clock; the promises are checked after each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from stepitup.calls.life import CallState, Life
from stepitup.ground.clock import HandClock
from stepitup.ground.vocabulary import Kind
from tests.simulation.carriers import Carriers
from tests.simulation.house import LEASE, Crash, House, Mood, SimHelper, Weather
from tests.simulation.promises import broken

START = datetime(2026, 11, 1, 3, 4, tzinfo=UTC)
CARRIERS = ("text", "voice", "mail")
_KINDS = ((Kind.PEER,), (Kind.PEER,), (Kind.PEER, Kind.COORDINATOR), (Kind.CHAPLAIN,), (Kind.CLINICIAN,))

Build = Callable[[dict[int, SimHelper], HandClock, Weather, Random, Carriers], House]


class BrokenPromise(AssertionError):
    """A promise did not hold; the message is the story so far."""


class Night:
    """One seeded night."""

    def __init__(
        self,
        seed: int,
        build: Build,
        *,
        events: int,
        calls: int,
        helpers: int = 12,
        quiet_minutes: int = 15,
        again: str = "",
    ) -> None:
        self._seed, self._events, self._calls, self._again = seed, events, calls, again
        self._chance = Random(seed)
        self._clock = HandClock(START)
        self._weather = Weather({name: self._mood() for name in CARRIERS})
        self._helpers = {number: self._helper(number) for number in range(1, self._chance.randint(1, helpers + 1))}
        carriers = Carriers(self._weather, self._chance)
        self._house = build(self._helpers, self._clock, self._weather, self._chance, carriers)
        self._quiet = timedelta(minutes=quiet_minutes)
        self._seats: list[UUID] = []
        self._presses: list[str] = []
        self._story: list[str] = []

    def live(self) -> None:
        """Live the night through, then let the storm end and see that the house comes to rest."""
        with self._house.night():
            self._live()

    def _live(self) -> None:
        self._happens("Rosa presses", self._press)
        for _ in range(self._events):
            name, event = self._chance.choice(self._possible())
            if self._chance.random() < 0.15:
                self._weather.crash_in = self._chance.randint(1, self._house.dangers)
                name += ", and somewhere in it the house goes down"
            self._happens(name, event)
        self._weather.moods = {}
        self._happens("some quiet minutes pass", lambda: self._pass(self._quiet))
        self._happens("the host sleeps for half a day", lambda: self._sleep(timedelta(hours=13)))
        self._happens("and for another", lambda: self._sleep(timedelta(hours=13)))
        still = [life for life in self._house.lives() if life.closed_at is None]
        if still:
            self._fail(f"{len(still)} calls are still open after a day")

    def _happens(self, name: str, event: Callable[[], None]) -> None:
        self._story.append(f"{self._clock.now():%H:%M:%S} {name}")
        try:
            self._lets_happen(event)
        except BrokenPromise:
            raise
        except Exception as trouble:  # whatever it is, it belongs to this night, and its story tells how it came
            raise self._broken(f"the house stumbles: {type(trouble).__name__}: {trouble}") from trouble
        for sentence in broken(self._house, self._helpers, self._clock.now()):
            self._fail(sentence)

    def _lets_happen(self, event: Callable[[], None]) -> None:
        try:
            event()
            self._house.watch()
        except Crash:
            self._story.append("         … the house goes down and is started again")
            self._house.restart()
            self._pass(LEASE + timedelta(seconds=1))
        self._weather.crash_in = None
        self._house.watch()

    def _fail(self, sentence: str) -> None:
        raise self._broken(sentence)

    def _broken(self, sentence: str) -> BrokenPromise:
        moods = ", ".join(f"{name} {mood.name.lower()}" for name, mood in self._weather.moods.items())
        told = "\n  ".join(self._story)
        return BrokenPromise(f"{sentence}\nseed {self._seed}; carriers: {moods}\n  {told}\n{self._again}")

    def _possible(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("a little time passes", lambda: self._pass(timedelta(seconds=self._chance.randint(1, 90)))),
            ("some minutes pass", lambda: self._pass(timedelta(minutes=self._chance.randint(1, 9)))),
            ("somebody presses", self._press),
            ("a press is repeated", self._press_again),
            ("a helper says yes", lambda: self._on_page(self._say_yes)),
            ("a helper says yes", lambda: self._on_page(self._say_yes)),
            ("a helper says no", lambda: self._on_page(self._house.decline)),
            ("two are in contact", lambda: self._on_seat(self._house.joined)),
            ("a helper hands back", lambda: self._on_seat(self._house.hand_back)),
            ("a helper has finished", lambda: self._on_seat(self._house.finished)),
            ("a helper says it was a prank", lambda: self._on_seat(self._house.not_a_call)),
            ("a caller steps it up", lambda: self._on_call(self._house.step_up)),
            ("a caller says: not this person", lambda: self._on_call(self._house.not_this_person)),
            ("a caller stands down", lambda: self._on_call(self._house.stand_down)),
            ("a helper is suspended", self._suspend),
            ("a helper's certificate lapses", self._lapse),
            ("the carriers change", self._change_weather),
            ("the host's clock steps", self._step_the_clock),
        ]

    def _press(self) -> None:
        if len(self._presses) < self._calls:
            self._presses.append(f"press {self._seed} {len(self._presses)}")
            self._press_again()

    def _press_again(self) -> None:
        """Whoever presses does so until they are told that it counted; and it never counts twice."""
        if not self._presses:
            return
        key = self._chance.choice(self._presses)
        try:
            first = self._house.press(key)
        except Crash:
            self._house.restart()
            first = self._house.press(key)
        if self._house.press(key) != first:
            self._fail("one press made two calls")

    def _say_yes(self, page: UUID) -> None:
        press = f"yes {self._chance.randint(1, 3)}"
        seat = self._house.acknowledge(page, press)
        if seat is None:
            return
        self._seats.append(seat)
        if self._house.acknowledge(page, press) != seat:
            self._fail("a double tap did not give the same seat")
        if self._house.acknowledge(page, "somebody else's press") is not None:
            self._fail("somebody else's press gave the seat")

    def _on_page(self, what: Callable[[UUID], object]) -> None:
        """A helper acts on a page that reached a phone, however old."""
        if self._house.phones():
            what(self._chance.choice(self._house.phones()).page)

    def _on_seat(self, what: Callable[[UUID], None]) -> None:
        if self._seats:
            what(self._chance.choice(self._seats))

    def _on_call(self, what: Callable[[UUID], None]) -> None:
        lives = [life for life in self._house.lives() if life.state is not CallState.CLOSED]
        if lives:
            chosen: Life = self._chance.choice(sorted(lives, key=lambda life: str(life.id)))
            what(chosen.id)

    def _suspend(self) -> None:
        """A coordinator's deed: at once, also for whoever they are with."""
        chosen = self._becomes_unfit(self._house.suspend)
        if chosen is not None:
            chosen.suspended = True

    def _lapse(self) -> None:
        """Nobody's deed: the day has come, and nothing was done about it."""
        self._becomes_unfit(self._house.lapse)

    def _becomes_unfit(self, how: Callable[[int], None]) -> SimHelper | None:
        if not self._helpers or self._chance.random() > 0.3:
            return None
        chosen = self._helpers[self._chance.choice(sorted(self._helpers))]
        number = self._house.number_of(chosen.id)
        chosen.unfit_since = chosen.unfit_since or self._clock.now()
        chosen.messages_before = sum(1 for message in self._house.phones() if message.helper == number)
        chosen.seats_before = sum(seat.helper == number for life in self._house.lives() for seat in life.seats)
        try:
            how(chosen.id)
        except Crash:
            self._house.restart()
            how(chosen.id)
        return chosen

    def _change_weather(self) -> None:
        self._weather.moods[self._chance.choice(CARRIERS)] = self._mood()

    def _step_the_clock(self) -> None:
        self._clock.wind(seconds=self._chance.choice((-3600, -30, -2, 2, 30, 3600)))

    def _sleep(self, length: timedelta) -> None:
        """The host wakes much later; everything is overdue at once."""
        self._clock.wind(seconds=length.total_seconds())

    def _pass(self, length: timedelta) -> None:
        """Time passes; the watch wakes at each timer that comes due."""
        end = self._clock.now() + length
        while True:
            coming = min((at for at in self._house.timers().values() if at > self._clock.now()), default=end)
            if coming >= end:
                break
            self._clock.wind(seconds=(coming - self._clock.now()).total_seconds())
            self._house.watch()
        self._clock.wind(seconds=(end - self._clock.now()).total_seconds())

    def _mood(self) -> Mood:
        return self._chance.choice([Mood.GOOD, Mood.GOOD, *list(Mood)])

    def _helper(self, number: int) -> SimHelper:
        ways = self._chance.sample(CARRIERS, self._chance.randint(1, 3))
        return SimHelper(number, frozenset(self._chance.choice(_KINDS)), tuple(ways))
