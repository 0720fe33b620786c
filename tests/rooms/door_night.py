"""A night at the door: the demonstration's team, a hand-wound clock, Rosa with a call, and phones to answer it on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.test import Client, override_settings

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.actions import Opened, Press
from stepitup.calls.models import Asked
from stepitup.calls.told import Told
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Situation
from stepitup.paging.links import page_key
from stepitup.roster import questions as roster_questions
from tests.rooms.brought_in import brought_in

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)  # Wednesday 03:04 in Denver
ON_CALL = "Dr. Okafor, 555 0142, all night"
_DEMO_TEAM = Path(__file__).parents[2] / "stepitup" / "roster" / "demo_team.toml"


@contextmanager
def demo_night(*, demo: bool = True) -> Iterator[HandClock]:
    """A house with the demonstration's team, at 03:04 in Denver."""
    ours = replace(team(), demo=demo, on_call_clinician=ON_CALL, time_zone="America/Denver")
    with override_settings(TEAM=ours), clock.use(HandClock(NIGHT)) as hand:
        brought_in(_DEMO_TEAM.read_text(encoding="utf-8"))
        assert isinstance(hand, HandClock)
        yield hand


class Rosa:
    """The caller. She presses at once; everything else she may say later."""

    def __init__(self, told: Told | None = None) -> None:
        self.opened: Opened = deed(actions.call_for_backup, press=Press(), told=told or Told())
        self._keys: list[str] = []

    @property
    def call(self) -> UUID:
        return self.opened.id

    @property
    def keys(self) -> list[str]:
        """The keys of the pages that went out for her, the first asked first."""
        asked = Asked.objects.filter(turn__call=self.call).order_by("page__opened_at", "page_id")
        found = [page_key(one.page_id) for one in asked]
        # On a clock wound by hand pages share a moment: those already known keep their place.
        self._keys += [key for key in found if key not in self._keys]
        return list(self._keys)

    def key_for(self, kind: Kind) -> str:
        """The key of the newest page to a helper asked as this kind."""
        asked = Asked.objects.filter(turn__call=self.call, kind=kind).order_by("-page__opened_at").first()
        assert asked is not None, f"no {kind} was paged"
        return page_key(asked.page_id)

    def reads_the_limits(self) -> None:
        for notice in calls.as_caller_sees(self.call).limits_due:
            deed(actions.limits_read, self.call, version=notice.version)

    def tells(self, told: Told) -> None:
        deed(actions.tell, self.call, told)

    def says_where(self, place: str) -> None:
        deed(actions.tell_place, self.call, place)

    def sees(self) -> object:
        return calls.as_caller_sees(self.call)

    def state(self) -> str:
        return calls.as_caller_sees(self.call).state.value


class Phone:
    """A helper's phone. `keeps_cookies=False`: every answer comes from a phone that throws them away."""

    def __init__(self, *, keeps_cookies: bool = True) -> None:
        self._keeps = keeps_cookies
        self._client = Client()
        self.status = 0
        self.screen = ""
        self.headers: dict[str, str] = {}
        self.at = ""

    def opens(self, address: str) -> "Phone":
        return self._show(self._fresh().get(address, secure=True, follow=False))

    def presses(self, address: str, *, headers: Mapping[str, str] | None = None, **form: str) -> "Phone":
        return self._show(self._fresh().post(address, form, secure=True, headers=dict(headers or {})))

    def hidden(self, name: str) -> str:
        """The value of a hidden field on the screen in front of them."""
        _, found, after = self.screen.partition(f'name="{name}" value="')
        assert found, f"no field {name} here"
        return after.partition('"')[0]

    def takes(self, key: str) -> "Phone":
        """Open the link, press "I can take it" as the form stands, and follow to the seat."""
        self.opens(f"/p/{key}")
        self.presses(f"/p/{key}/acknowledge", press=self.hidden("press"))
        return self.opens(self.at) if self.at else self

    @property
    def cookies(self) -> dict[str, str]:
        return {name: morsel.value for name, morsel in self._client.cookies.items() if morsel.value}

    def _fresh(self) -> Client:
        if not self._keeps:
            self._client = Client()
        return self._client

    def _show(self, response: object) -> "Phone":
        self.status = response.status_code  # type: ignore[attr-defined]  # Django's test client promises no type here
        self.screen = response.content.decode()  # type: ignore[attr-defined]
        self.headers = dict(response.headers)  # type: ignore[attr-defined]
        self.at = self.headers.get("Location", "")
        return self


def unknown_to_us() -> Situation:
    """A caller who has not said where they work."""
    return Situation()


def helper_named(name: str) -> int:
    """The number of somebody on the roster."""
    return next(one.id for one in roster_questions.all_helpers() if one.display_name == name)
