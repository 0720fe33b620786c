"""What time does to a call, and what comes back from the carriers. The watch uses these."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from stepitup.calls import changes, lives, store, timing
from stepitup.calls.actions.by_the_caller import Change, change
from stepitup.calls.errors import NoSuchCall
from stepitup.calls.life import CallState, Life, SeatState
from stepitup.calls.matching import FreeHelpers, is_anybody_free
from stepitup.calls.models import Asked, Call, Seat, Turn
from stepitup.calls.plan import plan_from_json
from stepitup.ground import timers
from stepitup.ground.keys import new_id
from stepitup.ground.spelled import spelled
from stepitup.paging import actions as paging

MENDED_AT_ONCE = 100
# Hardly a plan waits longer for anything: only for what lies further off is it worth reading the plan.
_A_LONG_WAIT = timedelta(minutes=5)
# The next way waits a minute, a provider that is busy ten seconds: further off lies only what a clock has moved.
_NO_ATTEMPT_WAITS_LONGER = timedelta(minutes=2)


def escalate(now: datetime, turn_id: UUID) -> None:
    """Nobody answered in the step's time: the next step. Late or twice, it changes nothing."""
    escalate_all(now, [turn_id])


def escalate_all(now: datetime, turn_ids: Collection[UUID]) -> None:
    """`escalate` for the searches whose steps are due together, the first named first; one look for all at who is free.

    A hundred calls can wait for the same minute. One commit each would make the hundredth wait for ninety-nine.
    """
    call_of = dict(_calls_of(turn_ids))
    rows = {row.pk: row for row in lives.lock_all(set(call_of.values()))}
    before = {life.id: life for life in lives.read_lives(list(rows.values()))}
    free, after = FreeHelpers(now), dict(before)
    for turn_id in (one for one in turn_ids if call_of.get(one) in rows):
        life = after[call_of[turn_id]]
        escalated = changes.escalate(life, turn_id, now, free=free.for_call(rows[life.id]), new_id=new_id)
        free.were_asked({one.helper for one in escalated.turn(turn_id).open_pages})
        after[life.id] = escalated
    store.keep_all(now, [(before[call], after[call]) for call in before])


@spelled
def _calls_of(turn_ids: Collection[UUID]) -> QuerySet[Turn, tuple[UUID, UUID]]:
    return Turn.objects.filter(pk__in=turn_ids).values_list("pk", "call_id")


def fill(now: datetime, turn_id: UUID) -> None:
    """Somebody came free: ask them, if this search still lacks people. If it cannot use them, another one looks."""
    waiting, asked_somebody = timing.who_is_hungry(), False

    def look(life: Life, free: changes.Free) -> Life:
        nonlocal asked_somebody
        after = changes.fill(life, turn_id, now, free=free, new_id=new_id)
        asked_somebody = len(after.turn(turn_id).asked) > len(life.turn(turn_id).asked)
        return after

    _change_turn(now, turn_id, look)
    if not asked_somebody and is_anybody_free(now):
        timing.pass_on(now, turn_id, waiting)


def nobody_joined(now: datetime, turn_id: UUID) -> None:
    """Somebody took the call but the two did not come together in time: the search goes on."""
    _change_turn(now, turn_id, lambda life, free: changes.nobody_joined(life, turn_id, now, free=free, new_id=new_id))


def page_fell_through(now: datetime, page_id: UUID) -> None:
    """No way to this helper worked: the next helper at once."""
    asked = Asked.objects.filter(page=page_id).values_list("turn_id", flat=True).first()
    if asked is not None:
        _change_turn(now, asked, lambda life, free: changes.fell_through(life, page_id, now, free=free, new_id=new_id))


def hold_call_of(attempt_id: int) -> None:
    """Lock the call behind an attempt before its page is locked: everybody locks in this order, so nobody deadlocks."""
    call_id = Asked.objects.filter(page__attempts=attempt_id).values_list("turn__call", flat=True).first()
    if call_id is not None:
        Call.objects.select_for_update().filter(pk=call_id).values_list("pk").first()


def expire(now: datetime, call_id: UUID) -> None:
    """Close a call that has been open for as long as was said; look again later where two are talking."""
    try:
        after = change(now, call_id, lambda life, _free: changes.expire(life, now))
    except NoSuchCall:
        return
    if after.closed_at is None:
        timers.arm(timing.EXPIRE, call_id, _second_look(after, now))


def forget(now: datetime, call_id: UUID) -> None:
    """The day of deletion has come: the call, its turns, seats, pages and timers go."""
    row = Call.objects.select_for_update().filter(pk=call_id).first()
    if row is None:
        return
    turns = list(row.turns.values_list("pk", flat=True))
    pages = list(Asked.objects.filter(turn__in=turns).values_list("page_id", flat=True))
    timers.disarm(timing.OF_A_CALL, [call_id, *turns])
    row.delete()
    paging.forget(now, pages)


def mend(now: datetime) -> int:
    """Find again what was dropped: searches without a timer, and waits that a clock put back has made too long.

    Returns how many were mended, up to MENDED_AT_ONCE, so that others can write in between; then ask again. Nothing
    should ever need it: it is a net, and the watch looks into it twice a minute.
    """
    timers.pull_in(now, prefix="attempt:", beyond=_NO_ATTEMPT_WAITS_LONGER)
    # Who locks several calls takes them in this order, so that no two wait for each other.
    calls = sorted(_calls_to_mend(now))[:MENDED_AT_ONCE]
    for call_id in calls:
        _mend_one(now, call_id)
    return len(calls)


def _mend_one(now: datetime, call_id: UUID) -> None:
    try:
        after = change(now, call_id, lambda life, _free: changes.mend(life, now))
    except NoSuchCall:
        return  # forgotten at this instant
    timers.arm_missing((kind, subject, at) for (kind, subject), at in timing.timers_of(after))


def release(now: datetime, helper: int) -> None:
    """A helper is suspended, removed or resting: their pages are withdrawn, their callers go to somebody else."""
    calls = set(Seat.objects.filter(helper=helper, state=SeatState.ACTIVE.value).values_list("turn__call", flat=True))
    calls |= set(Asked.objects.filter(helper=helper, page__state="open").values_list("turn__call", flat=True))
    for call_id in sorted(calls):  # in the order in which everybody locks them
        change(now, call_id, lambda life, free: _without(life, helper, now, free))


def let_rest(now: datetime, helper: int) -> None:
    """A helper needs a break: what they were asked goes to somebody else. Whoever they sit with keeps them."""
    if not Seat.objects.filter(helper=helper, state=SeatState.ACTIVE.value).exists():
        release(now, helper)


def _without(life: Life, helper: int, now: datetime, free: changes.Free) -> Life:
    everybody = {one.helper for one in life.everyone_asked()} - {helper}
    return changes.narrow(life, everybody, now, free=free, new_id=new_id)


def _change_turn(now: datetime, turn_id: UUID, what: Change) -> None:
    found = _calls_of([turn_id])
    if not found:
        return
    try:
        change(now, found[0][1], what)
    except NoSuchCall:
        return


def _calls_to_mend(now: datetime) -> set[UUID]:
    looking = Turn.objects.filter(state__in=(CallState.WAITING.value, CallState.ACKNOWLEDGED.value))
    turns = {turn: (call, at) for turn, call, at in looking.values_list("pk", "call_id", "next_at")}
    armed = timers.armed_among((timing.STEP, timing.JOIN), turns)
    dropped = {call for turn, (call, at) in turns.items() if str(turn) not in armed or at is None}
    far_off = looking.filter(next_at__gt=now + _A_LONG_WAIT).values_list("call_id", "next_at", "plan")
    return dropped | {call for call, at, plan in far_off if at and at - now > plan_from_json(plan).longest_wait}


def _second_look(life: Life, now: datetime) -> datetime:
    length = max((turn.plan.expires_after for turn in life.turns), default=timedelta(hours=12))
    return max(life.opened_at + 2 * length, now + timedelta(minutes=1))
