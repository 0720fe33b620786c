"""A small roster on a real database, for the rooms `calls` and `watch`: helpers by name, presses, pages and seats."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from stepitup.calls import actions, lives, timing
from stepitup.calls.actions import Opened, Press
from stepitup.calls.life import Life
from stepitup.calls.models import Asked, Call
from stepitup.calls.told import Told
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.ground.seal import seal
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState
from stepitup.paging.links import page_key
from stepitup.roster.models import Credential, Helper, Way
from stepitup.roster.reading import ADDRESS

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
_LONG_AGO, _LATER = date(2020, 1, 1), date(2040, 1, 1)


def hire(name: str, *kinds: Kind, by: tuple[str, ...] = ("text",)) -> int:
    """Somebody joins the team, with one way for each of these carriers; their number."""
    wanted = kinds or (Kind.PEER,)
    helper = Helper.objects.create(
        key=name.lower(),
        display_name=name,
        independent=True,
        is_peer=Kind.PEER in wanted,
        is_chaplain=Kind.CHAPLAIN in wanted,
        is_clinician=Kind.CLINICIAN in wanted,
        is_coordinator=Kind.COORDINATOR in wanted,
    )
    Credential.objects.create(helper=helper, name="Certificate", granted=_LONG_AGO, expires=_LATER, checked_how="file")
    for position, carrier in enumerate(by):
        sealed = seal(ADDRESS, f"{carrier}:{name.lower()}")
        Way.objects.create(
            helper=helper, position=position, carrier=carrier, address_sealed=sealed, confirmed_on=_LONG_AGO
        )
    return helper.pk


def hire_peers(how_many: int, *, by: tuple[str, ...] = ("text",), named: str = "Peer") -> list[int]:
    """So many peers at once."""
    return [hire(f"{named} {number}", by=by) for number in range(how_many)]


def press(told: Told | None = None, *, key: str = "") -> Opened:
    """Rosa presses."""
    return deed(actions.call_for_backup, press=Press(key or secrets.token_urlsafe(16)), told=told or Told())


def life_of(call: UUID) -> Life:
    """The call's life, as it is kept."""
    return lives.read_life(Call.objects.get(pk=call))


def open_pages(call: UUID | None = None) -> Mapping[int, str]:
    """Who holds a page that can be answered, and its key."""
    asked = Asked.objects.filter(page__state=PageState.OPEN.value)
    if call is not None:
        asked = asked.filter(turn__call=call)
    return {helper: page_key(page) for helper, page in asked.values_list("helper_id", "page_id")}


def answer(call: UUID, helper: int | None = None) -> str:
    """A helper who was asked says yes; the secret of their seat."""
    pages = open_pages(call)
    key = pages[helper] if helper is not None else next(iter(pages.values()))
    return deed(actions.acknowledge, key, press=secrets.token_urlsafe(16)).secret


def has_its_timers(call: UUID) -> None:
    """Exactly the timers that the call's life needs are armed."""
    life = life_of(call)
    ours = {str(call), *(str(turn.id) for turn in life.turns), *(str(seat.id) for seat in life.seats)}
    armed = {
        (kind, subject): at
        for kind, subject, at in Timer.objects.values_list("kind", "subject", "next_at")
        if subject in ours and kind not in {timing.FORGET, timing.FILL}
    }
    assert armed == dict(timing.timers_of(life))
