"""Which timers a life needs: drawn from the life itself, so that no verb can forget one (P1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from stepitup.calls.life import CallState, Life
from stepitup.calls.models import Turn as TurnRow
from stepitup.ground import bell, timers
from stepitup.ground.spelled import spelled

STEP = "step"  # a turn's next step is due
JOIN = "join"  # the two have had their time to come together
FILL = "fill"  # somebody came free for a turn that lacked people
EXPIRE = "expire"  # the call has been open for as long as was said
FORGET = "forget"  # the day of deletion
STILL_THERE = "still there"  # a helper has been with somebody for long, and is asked whether they still are
OF_A_CALL = (STEP, JOIN, FILL, EXPIRE, FORGET)

# Most talks are over by then. Sooner it would disturb one that is not; later, whoever forgot to say so lacks to others.
ASKED_AFTER = timedelta(hours=3)

_OF_A_TURN = {CallState.WAITING: STEP, CallState.ACKNOWLEDGED: JOIN}


def keep_timers(now: datetime, changed: Sequence[tuple[Life, Life]]) -> None:
    """Arm what the lives after need and disarm what only the lives before needed."""
    over, wanted = list[tuple[str, str]](), list[tuple[str, str, datetime]]()
    for before, after in changed:
        had, wants = dict(timers_of(before)), dict(timers_of(after))
        over += had.keys() - wants.keys()
        wanted += [(kind, subject, at) for (kind, subject), at in wants.items() if had.get((kind, subject)) != at]
    timers.disarm_each(over)
    timers.arm_each(wanted)
    if any(somebody_came_free(before, after) for before, after in changed):
        feed_the_hungry(now)


def feed_the_hungry(now: datetime) -> None:
    """Wake the searches that lack people, the longest waiting first; each looks for itself whether anybody is free."""
    timers.arm_many(FILL, [(turn, now) for turn in who_is_hungry()[:_AT_A_TIME]])


def who_is_hungry() -> list[UUID]:
    """The searches that lack people, the longest waiting first; enough of them for everybody who can come free."""
    return _hungry()


@spelled
def _hungry() -> QuerySet[TurnRow, UUID]:
    hungry = TurnRow.objects.filter(hungry=True, state=CallState.WAITING.value).order_by("opened_at", "pk")
    return hungry.values_list("pk", flat=True)[:_LOOKED_AT]


def pass_on(now: datetime, turn: UUID, waiting: Sequence[UUID]) -> None:
    """This search could use nobody of those who are free: one behind it looks, so that each of them has its look."""
    place = waiting.index(turn) + _AT_A_TIME if turn in waiting else len(waiting)
    if place < len(waiting):
        timers.arm(FILL, waiting[place], now)
        bell.ring("timers", turn)


def wakes_the_watch(before: Life, after: Life) -> bool:
    """Whether something was written that the watch must not sleep on."""
    return dict(timers_of(before)) != dict(timers_of(after)) or _open_pages(before) != _open_pages(after)


# One helper came free: the call that waits longest has the first claim. A few more are woken because the first may
# have forbidden this very helper; when none of these can use them, those behind look, up to so many.
_AT_A_TIME = 5
_LOOKED_AT = 50


def timers_of(life: Life) -> Iterator[tuple[tuple[str, str], datetime]]:
    """Every timer that this life needs: (kind, subject) and when."""
    if life.closed_at is not None or not life.turns:
        return
    for turn in life.turns:
        kind = _OF_A_TURN.get(turn.state)
        if kind and turn.next_at:
            yield (kind, str(turn.id)), turn.next_at
    for seat in life.active_seats:
        if seat.joined_at is not None:
            yield (STILL_THERE, str(seat.id)), seat.joined_at + ASKED_AFTER
    yield (EXPIRE, str(life.id)), _expiry(life)


def _expiry(life: Life) -> datetime:
    """Once for a search; a second time for two who were still talking then."""
    return life.opened_at + max(turn.plan.expires_after for turn in life.turns)


def somebody_came_free(before: Life, after: Life) -> bool:
    """Whether a helper who held a page or a seat of this call holds none any more."""
    asked, seated = _open_pages(before), {seat.helper for seat in before.active_seats}
    still = _open_pages(after) | {seat.helper for seat in after.active_seats}
    return bool((asked | seated) - still)


def _open_pages(life: Life) -> set[int]:
    return {one.helper for turn in life.turns for one in turn.open_pages}
