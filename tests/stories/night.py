"""A night: a clock in hand, the watch awake, a phone company, a team of just those whom the story names."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.test import override_settings

from stepitup.calls import actions as calls
from stepitup.drills.one_way import send_test
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.team import Team, team
from stepitup.paging import carriers
from stepitup.paging.words import ONE_TEXT
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from tests.rooms.brought_in import brought_in
from tests.stories.browser import Browser
from tests.stories.cast import Part, one_of_many
from tests.stories.hand_watch import HandWatch
from tests.stories.network import Message, Network
from tests.stories.people import Helper, PageOnPhone, Rosa
from tests.stories.phone import Phone
from tests.stories.provider import PROVIDER

START = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)  # Wednesday 03:04 in Denver
OUR_TEAM = {
    "name": "Front Range Peer Support",
    "who_runs": "Front Range Peer Support",
    "network": "a rented machine of its own",
    "time_zone": "America/Denver",
    "on_call_clinician": "Dr. Lund, 555 0142, all night",
}


class Night:
    """Everything a story needs. Helpers are on the team from the moment they are asked for."""

    def __init__(self, hand: HandClock) -> None:
        self.clock = hand
        self.watch = HandWatch(hand)
        self.networks = {name: Network(name) for name in ("text", "voice", "mail", "push", "app")}
        self.text, self.voice, self.mail = (self.networks[name] for name in ("text", "voice", "mail"))
        self.helpers: dict[str, Helper] = {}
        self.browsers: list[Browser] = []

    def rosa(self, *, keeps_cookies: bool = True) -> Rosa:
        """A caller, on a phone of her own."""
        return Rosa(self.browser(keeps_cookies=keeps_cookies))

    def browser(self, *, keeps_cookies: bool = True, **always: str) -> Browser:
        """A phone of somebody's own. `always`: what its browser sends of itself each time."""
        self.browsers.append(Browser(then=self.watch.work, keeps_cookies=keeps_cookies, **always))
        return self.browsers[-1]

    def phone(self, number: str) -> Phone:
        """A phone with a number, on which texts and rings arrive."""
        self.browsers.append(phone := Phone(number, networks=self.networks, then=self.watch.work))
        return phone

    def joins(self, part: Part, *, ways: tuple[str, ...] = ("text",), **more: str) -> Helper:
        """Put somebody on the team, or write them anew."""
        brought_in(part.in_file(ways=ways, **more))
        if part.key not in self.helpers:
            self.helpers[part.key] = Helper(part, networks=[*self.networks.values()], phone=self.phone(part.number))
        return self.helpers[part.key]

    def crowd(self, how_many: int) -> list[Helper]:
        """Peers whom the story is not about; they may be paged."""
        joined = [self.joins(one_of_many(number)) for number in range(how_many)]
        for one in joined:
            one.may_be_paged()
        return joined

    def passes(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass, the watch doing each thing at its moment."""
        self.watch.let_pass(timedelta(hours=hours, minutes=minutes, seconds=seconds))

    def tests(self, helper: Helper, *, way: int = 0) -> None:
        """Somebody wants to know whether this way of theirs works."""
        deed(send_test, Way.objects.get(helper=helper.id, position=way).pk)
        self.watch.work()

    def suspends(self, helper: Helper) -> None:
        """A coordinator takes somebody off duty at once."""
        deed(suspend_and_release, helper.id)
        self.watch.work()

    def messages(self) -> list[str]:
        """Every text that went out tonight."""
        return [message.text for message in self._delivered()]

    def _delivered(self) -> list[Message]:
        return [message for network in self.networks.values() for message in network.delivered]

    @property
    def answered(self) -> list[PageOnPhone]:
        """Every page that somebody took up."""
        return [page for one in self.helpers.values() for page in one.pages]

    def must_end_quietly(self) -> None:
        """No phone holds a message that nobody asked about; every message was short and told nothing."""
        surprised = {one.part.name: one.unexpected()[0].text for one in self.helpers.values() if one.unexpected()}
        assert not surprised, f"messages that nobody asked about: {surprised}"
        known = {address for one in self.helpers.values() for address in one.part.addresses}
        known |= {phone.number for phone in self.browsers if isinstance(phone, Phone)}
        strangers = {message.to: message.text for message in self._delivered() if message.to not in known}
        assert not strangers, f"messages to somebody who is not in this story: {strangers}"
        assert all(len(text) <= ONE_TEXT for text in self.messages())


def suspend_and_release(now: datetime, helper: int) -> None:
    """Off duty at once: no page, and whoever they sat with gets somebody else."""
    roster.suspend(now, helper)
    calls.release(now, helper)


@contextmanager
def a_night(*, with_carriers: bool = True, also_by: Sequence[str] = (), **changes: object) -> Iterator[Night]:
    """03:04 on a Wednesday in Denver. Pages go by text and voice, and by what else is said."""
    providers = {"text": PROVIDER, "voice": PROVIDER}
    ours: Team = replace(team(), demo=False, **{**OUR_TEAM, **providers, **changes})  # type: ignore[arg-type]  # words of a story
    with ExitStack() as until_morning:
        until_morning.enter_context(override_settings(TEAM=ours))
        hand = until_morning.enter_context(clock.use(HandClock(START)))
        assert isinstance(hand, HandClock)
        night = Night(hand)
        by = ("text", "voice", *also_by) if with_carriers else ()
        until_morning.enter_context(carriers.use(*(night.networks[name] for name in by)))
        night.watch.work()
        yield night
        night.must_end_quietly()
