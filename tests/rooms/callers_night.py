"""A night at the caller's side of the door: Rosa's phone, a watch whose heart beats, and Sam who answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.models import Asked, Call, Seat
from stepitup.calls.shown import CallerSees
from stepitup.ground import clock, heart
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState
from stepitup.paging.links import page_key
from stepitup.roster import actions as roster_actions
from stepitup.roster import questions as roster
from tests.rooms.door_night import demo_night
from tests.stories.browser import Browser

FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}


@dataclass
class Night:
    """The clock, and what can be done to the house while Rosa looks at her phone."""

    hand: HandClock

    def phone(self, *, keeps_cookies: bool = True) -> Browser:
        """A phone that was never here before."""
        return Browser(then=lambda: None, keeps_cookies=keeps_cookies)

    def rosa_presses(self, *, keeps_cookies: bool = True) -> Browser:
        """Rosa opens the first screen and presses; the receipt is before her."""
        phone = self.phone(keeps_cookies=keeps_cookies)
        phone.opens("/")
        phone.presses("Call for backup")
        return phone

    def rosa_waits(self, *, keeps_cookies: bool = True) -> Browser:
        """Rosa has pressed and skipped the questions."""
        phone = self.rosa_presses(keeps_cookies=keeps_cookies)
        phone.presses("Go on")
        phone.presses("See your call")
        return phone

    def wind(self, *, minutes: float) -> None:
        """Time passes, and the watch is awake."""
        self.hand.wind(minutes=minutes)
        self.beats()

    def beats(self) -> None:
        """The watch is alive."""
        deed(heart.beat, name="the watch")

    def step_comes(self) -> None:
        """The next step of every search comes, when it comes."""
        for turn in [turn for call in Call.objects.all() for turn in call.turns.filter(state="waiting")]:
            assert turn.next_at is not None
            seconds = (turn.next_at - clock.now()).total_seconds()
            self.hand.wind(seconds=max(seconds, 0))
            deed(actions.escalate, turn.pk)
        self.beats()

    def answers(self, kind: Kind = Kind.PEER) -> str:
        """Somebody of this kind answers; their seat's secret."""
        asked = Asked.objects.filter(kind=kind.value, page__state=PageState.OPEN.value).order_by("page_id").first()
        assert asked is not None, f"no {kind} holds a page"
        return deed(actions.acknowledge, page_key(asked.page_id), press="a press of their own").secret

    def no_way_reaches(self, how_many: int) -> None:
        """Every way to so many of those who were asked has failed."""
        for page in Asked.objects.filter(page__state=PageState.OPEN.value).values_list("page_id", flat=True)[:how_many]:
            deed(actions.page_fell_through, page)

    def is_off(self, kind: Kind) -> None:
        """Nobody of this kind may be paged tonight."""
        for helper in roster.all_helpers():
            if kind in helper.kinds:
                deed(roster_actions.suspend, helper.id)

    def everybody_is_off(self) -> None:
        """Nobody on the roster may be paged tonight."""
        for helper in roster.all_helpers():
            deed(roster_actions.suspend, helper.id)

    def everybody_else_is_off(self) -> None:
        """Nobody but whoever sits with a caller may be paged tonight."""
        sitting = set(Seat.objects.filter(state="active").values_list("helper_id", flat=True))
        for helper in roster.all_helpers():
            if helper.id not in sitting:
                deed(roster_actions.suspend, helper.id)

    def name_on(self, seat: str) -> str:
        """The display name of whoever sits there."""
        call = calls.call_of_seat(seat)
        return calls.as_caller_sees(call).helpers[-1].helper.display_name

    @property
    def calls(self) -> list[CallerSees]:
        """Every call there is, the oldest first."""
        return [
            calls.as_caller_sees(pk) for pk in Call.objects.order_by("opened_at", "pk").values_list("pk", flat=True)
        ]

    @property
    def call(self) -> CallerSees:
        """The one call there is."""
        (only,) = self.calls
        return only

    def paged(self) -> set[str]:
        """Who holds an open page, by display name."""
        held = Asked.objects.filter(page__state=PageState.OPEN.value).values_list("helper_id", flat=True)
        return {roster.helper(number).display_name for number in held}


@contextmanager
def callers_night() -> Iterator[Night]:
    """03:04 in Denver, the demonstration's team, a watch that lives."""
    with demo_night() as hand:
        night = Night(hand)
        night.beats()
        yield night
