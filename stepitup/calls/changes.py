"""What each verb does to a life: pure functions from a life to the life after it.

`now` and the ids are handed in; `free()` gives the candidates and is only asked when somebody is to be paged. Nothing
here sends, stores or reads a clock, so the simulation lives ten thousand lives with exactly these functions.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls.errors import CallIsOver, NobodyToRefuse, NothingSuggested, PageIsOver, SeatIsOver, SomeoneHasIt
from stepitup.calls.life import Asked, CallState, Candidate, Ending, Life, Seat, SeatState, Turn, TurnKind
from stepitup.calls.next_move import Because, next_move
from stepitup.calls.plan import Plan, hand_off_plan
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState

Free = Callable[[], Iterable[Candidate]]  # may be gone through again, and need not be gone through to the end
NewId = Callable[[], UUID]

# "Step it up" on the step that repeats sends everybody's page again; pressing it in panic must not ring ten times.
_BETWEEN_REPEATS = timedelta(minutes=1)


def begin(life: Life, plan: Plan, now: datetime, *, kind: TurnKind, free: Free, new_id: NewId) -> Life:
    """Open a turn and page its first step."""
    turn = Turn(id=new_id(), number=len(life.turns) + 1, kind=kind, plan=plan, opened_at=now)
    return _move(life.with_turn(turn), turn, now, because=Because.PRESSED, free=free, new_id=new_id)


def escalate(life: Life, turn_id: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The step's time has passed: the next step. A timer that comes late or twice changes nothing."""
    turn = life.turn(turn_id)
    if turn.state is not CallState.WAITING or turn.next_at is None or now < turn.next_at:
        return life
    return _move(life, turn, now, because=Because.TIME, free=free, new_id=new_id)


def fill(life: Life, turn_id: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """Somebody came free: ask them if this turn still lacks people."""
    turn = life.turn(turn_id)
    if turn.state is not CallState.WAITING:
        return life
    return _move(life, turn, now, because=Because.SOMEBODY_CAME_FREE, free=free, new_id=new_id)


def step_up(life: Life, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The caller wants more, now: the next kind of backup, beside whoever is there."""
    _must_be_open(life)
    turn = life.searching
    if turn is None:
        return _bring_in(life, _next_kind(life), now, free=free, new_id=new_id)
    repeated_just_now = turn.next_at is not None and turn.next_at - now > turn.plan.repeat_every - _BETWEEN_REPEATS
    if turn.last_step and repeated_just_now:
        return life
    return _move(life, turn, now, because=Because.STEP_UP, free=free, new_id=new_id)


def replan(life: Life, plan: Plan, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The caller said who they want first while pages are out: start with these, and let the others go if any came.

    Somebody always comes: when nobody of the wanted kind is free, the pages that are out stay out.
    """
    turn = life.searching
    if turn is None or turn.kind is TurnKind.HAND_OFF:
        return life
    first = plan.steps[0].kinds
    if {one.kind for one in turn.open_pages}.issuperset(first):
        return life.with_turn(replace(turn, plan=plan, step=0, last_step=False))
    fresh = replace(turn, plan=plan, step=-1, last_step=False)
    after = _move(life.with_turn(fresh), fresh, now, because=Because.PRESSED, free=free, new_id=new_id)
    begun = after.turn(turn.id)
    if begun.step == 0:
        others = [one.page for one in begun.open_pages if one.kind not in first]
        return after.with_turn(_pages_become(begun, PageState.WITHDRAWN, others))
    if turn.open_pages:
        # Nobody of that kind is free now. Who was asked stays asked, in the time the caller was told.
        return life.with_turn(replace(turn, plan=plan, step=0, last_step=False, hungry=True))
    return after


def narrow(life: Life, allowed: Collection[int], now: datetime, *, free: Free, new_id: NewId) -> Life:
    """A new never-rule: pages to helpers it forbids are withdrawn at once, and others asked in their place."""
    for turn in life.turns:
        forbidden = [one.page for one in turn.open_pages if one.helper not in allowed]
        if forbidden:
            life = _page_ended(life, turn, PageState.WITHDRAWN, forbidden, now, free=free, new_id=new_id)
    for seat in life.active_seats:
        if seat.helper not in allowed:
            life = _leave(life, seat, SeatState.REFUSED, now, free=free, new_id=new_id)
    return life


def acknowledge(life: Life, page: UUID, now: datetime, *, seat_id: UUID, kind: Kind) -> Life:
    """One helper takes the turn; everybody else who was asked is released."""
    turn, asked = _page_of(life, page)
    if asked.state in {PageState.TAKEN, PageState.YOURS} or turn.state in {CallState.ACKNOWLEDGED, CallState.JOINED}:
        raise SomeoneHasIt
    if asked.state is not PageState.OPEN or turn.state is not CallState.WAITING:
        raise PageIsOver
    others = [one.page for one in turn.open_pages if one.page != page]
    taken = _pages_become(_pages_become(turn, PageState.YOURS, [page]), PageState.TAKEN, others)
    taken = replace(taken, state=CallState.ACKNOWLEDGED, next_at=now + turn.plan.join_within, hungry=False)
    seat = Seat(id=seat_id, turn=turn.id, page=page, helper=asked.helper, kind=kind, opened_at=now)
    return life.with_turn(taken).with_seat(seat)


def decline(life: Life, page: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """A helper says no, without a reason; the next one is asked at once. Saying it twice changes nothing."""
    turn, asked = _page_of(life, page)
    if asked.state is not PageState.OPEN:
        return life
    return _page_ended(life, turn, PageState.DECLINED, [page], now, free=free, new_id=new_id)


def withdraw(life: Life, page: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """A page is taken back while its call waits: somebody else is asked. Whoever had it said neither yes nor no."""
    turn, asked = _page_of(life, page)
    if asked.state is not PageState.OPEN:
        return life
    return _page_ended(life, turn, PageState.WITHDRAWN, [page], now, free=free, new_id=new_id)


def fell_through(life: Life, page: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """No way to this helper worked: the next helper at once."""
    turn, asked = _page_of(life, page)
    if asked.state is not PageState.OPEN:
        return life
    return _page_ended(life, turn, PageState.OVER, [page], now, free=free, new_id=new_id)


def joined(life: Life, seat: Seat, now: datetime) -> Life:
    """The two are in contact. Saying it twice changes nothing."""
    must_be_active(seat)
    turn = replace(life.turn(seat.turn), state=CallState.JOINED, next_at=None)
    return life.with_turn(turn).with_seat(replace(seat, joined_at=seat.joined_at or now))


def limits_were_read(life: Life, now: datetime) -> Life:
    """The helper may begin only now, so they get their time from now."""
    for turn in life.turns:
        if turn.state is CallState.ACKNOWLEDGED and turn.next_at is not None:
            later = max(turn.next_at, now + turn.plan.join_after_limits)
            life = life.with_turn(replace(turn, next_at=later))
    return life


def nobody_joined(life: Life, turn_id: UUID, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """Somebody took it, but the two did not come together in the plan's time: the search goes on."""
    turn = life.turn(turn_id)
    if turn.state is not CallState.ACKNOWLEDGED or turn.next_at is None or now < turn.next_at:
        return life
    seat = next(seat for seat in life.active_seats if seat.turn == turn.id)
    return _leave(life, seat, SeatState.NOT_JOINED, now, free=free, new_id=new_id)


def hand_back(life: Life, seat: Seat, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The helper cannot after all: the call opens again and the next step goes at once."""
    must_be_active(seat)
    return _leave(life, seat, SeatState.HANDED_BACK, now, free=free, new_id=new_id)


def rang_off(life: Life, seat: Seat, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """A helper left the line, was asked twice how it goes on, and said nothing: others are asked."""
    must_be_active(seat)
    return _leave(life, seat, SeatState.RANG_OFF, now, free=free, new_id=new_id)


def not_this_person(life: Life, now: datetime, *, free: Free, new_id: NewId, seat: UUID | None = None) -> Life:
    """The caller says no to whoever sits on this seat, else to whoever came last; no reason is asked."""
    _must_be_open(life)
    meant = [one for one in life.active_seats if seat in {None, one.id}]
    if not meant:
        raise NobodyToRefuse
    return _leave(life, meant[-1], SeatState.REFUSED, now, free=free, new_id=new_id)


def suggest(life: Life, seat: Seat, kind: Kind) -> Life:
    """A helper suggests a further kind of backup; nothing happens before the caller says yes."""
    must_be_active(seat)
    return replace(life, suggested=kind)


def answer_suggestion(life: Life, now: datetime, *, yes: bool, free: Free, new_id: NewId) -> Life:
    """The caller's yes opens a hand-off turn beside the first helper; their no ends the matter.

    While somebody is looked for already, that search asks this kind, too: there is one search at a time.
    """
    kind = life.suggested
    if kind is None:
        raise NothingSuggested
    life = replace(life, suggested=None)
    if not yes:
        return life
    search = life.searching
    if search is None:
        return _bring_in(life, kind, now, free=free, new_id=new_id)
    return _also_ask(life, search, kind, now, free=free, new_id=new_id)


def finish(life: Life, seat: Seat, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The helper's part is done. The call ends with it, unless another helper is there or being looked for.

    A search that was for somebody beside them is now for whoever can come: the caller is alone again.
    """
    must_be_active(seat)
    life = life.with_seat(replace(seat, state=SeatState.FINISHED, ended_at=now))
    life = life.with_turn(replace(life.turn(seat.turn), state=CallState.CLOSED, next_at=None))
    if life.active_seats:
        return life
    search = life.searching
    if search is None:
        return close(life, now, ending=Ending.FINISHED)
    if search.open_pages:
        # Whoever was asked has their time; what follows is for whoever can come.
        return life.with_turn(_for_whoever_can_come(life) or search)
    return _widen(life, now, free=free, new_id=new_id)


def expire(life: Life, now: datetime) -> Life:
    """The call has been open for as long as was said. Two who are talking are left alone for as long again."""
    talking = life.state in {CallState.ACKNOWLEDGED, CallState.JOINED}
    length = max((turn.plan.expires_after for turn in life.turns), default=timedelta())
    if life.closed_at or now < life.opened_at + length or (talking and now < life.opened_at + 2 * length):
        return life
    return close(life, now, ending=Ending.EXPIRED)


def mend(life: Life, now: datetime) -> Life:
    """No search may wait for nothing, nor longer than its plan ever waits: the host's clock may have been put back."""
    for turn in life.turns:
        if _waits_in_vain(turn, now):
            life = life.with_turn(replace(turn, next_at=now))
    return life


def close(life: Life, now: datetime, *, ending: Ending) -> Life:
    """The call is over: no page can be answered, no seat is open, no timer is left. Closing twice changes nothing."""
    if life.closed_at is not None:
        return life
    for turn in life.turns:
        quiet = _pages_become(turn, PageState.OVER, [one.page for one in turn.open_pages])
        life = life.with_turn(replace(quiet, state=CallState.CLOSED, next_at=None, hungry=False))
    for seat in life.active_seats:
        life = life.with_seat(replace(seat, state=SeatState.FINISHED, ended_at=now))
    return replace(life, closed_at=now, ending=ending, suggested=None)


def _waits_in_vain(turn: Turn, now: datetime) -> bool:
    if turn.next_at is None:
        return turn.state in {CallState.WAITING, CallState.ACKNOWLEDGED}
    return turn.next_at - now > turn.plan.longest_wait


@dataclass(frozen=True)
class _Besides:
    """Candidates without those who are taken, looked at only as far as somebody asks."""

    free: Iterable[Candidate]
    taken: Collection[int]

    def __iter__(self) -> Iterator[Candidate]:
        return (candidate for candidate in self.free if candidate.helper not in self.taken)


def _move(life: Life, turn: Turn, now: datetime, *, because: Because, free: Free, new_id: NewId) -> Life:
    """Ask the heart what is next and do it."""
    taken = {one.helper for one in turn.open_pages} | {seat.helper for seat in life.active_seats} | life.refused
    moves = next_move(turn.plan, turn, _Besides(free(), taken), now, because=because)
    new = tuple(Asked(new_id(), one.helper, one.kind, moves.step) for one in moves.page)
    moved = replace(
        turn,
        step=moves.step,
        next_at=moves.next_at,
        last_step=moves.last_step,
        hungry=moves.hungry,
        asked=(*turn.asked, *new),
    )
    return life.with_turn(moved)


def _bring_in(life: Life, kind: Kind, now: datetime, *, free: Free, new_id: NewId) -> Life:
    plan = hand_off_plan(kind, life.turns[-1].plan)
    return begin(life, plan, now, kind=TurnKind.HAND_OFF, free=free, new_id=new_id)


def _also_ask(life: Life, search: Turn, kind: Kind, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The search goes on with a step for this kind, now; whoever was asked stays asked."""
    if kind in {one.kind for one in search.open_pages}:
        return life
    steps = search.plan.steps
    begun = min(search.step + 1, len(steps))
    for_it = hand_off_plan(kind, search.plan).steps[0]
    plan = replace(search.plan, steps=(*steps[:begun], for_it, *steps[begun:]))
    widened = replace(search, plan=plan, step=begun - 1, last_step=False)
    return _move(life.with_turn(widened), widened, now, because=Because.TIME, free=free, new_id=new_id)


def _leave(life: Life, seat: Seat, state: SeatState, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """A seat ends before its time. If nobody else is there or coming, the call opens again, a step further on."""
    turn = replace(life.turn(seat.turn), state=CallState.CLOSED, next_at=None)
    life = life.with_seat(replace(seat, state=state, ended_at=now)).with_turn(turn)
    if life.active_seats:
        return life
    if life.searching:
        return _widen(life, now, free=free, new_id=new_id)
    again = Turn(
        id=new_id(), number=len(life.turns) + 1, kind=TurnKind.REOPENED, plan=turn.plan, opened_at=now, step=turn.step
    )
    return _move(life.with_turn(again), again, now, because=Because.TIME, free=free, new_id=new_id)


def _widen(life: Life, now: datetime, *, free: Free, new_id: NewId) -> Life:
    """The search was for somebody beside a helper who has left: now whoever can come is asked, too."""
    search = _for_whoever_can_come(life)
    return (
        _move(life.with_turn(search), search, now, because=Because.TIME, free=free, new_id=new_id) if search else life
    )


def _for_whoever_can_come(life: Life) -> Turn | None:
    """The search beside a helper who has left, with the rest of the call's first plan; None when it is one already."""
    beside = life.searching
    if beside is None or beside.kind is not TurnKind.HAND_OFF:
        return None
    first = next(turn for turn in reversed(life.turns) if turn.kind is not TurnKind.HAND_OFF)
    plan = replace(first.plan, steps=(beside.plan.steps[0], *first.plan.steps[first.step + 1 :]))
    return replace(beside, kind=TurnKind.REOPENED, plan=plan, step=0, last_step=False)


def _page_ended(
    life: Life, turn: Turn, state: PageState, pages: list[UUID], now: datetime, *, free: Free, new_id: NewId
) -> Life:
    ended = _pages_become(turn, state, pages)
    life = life.with_turn(ended)
    if ended.state is not CallState.WAITING:
        return life
    return _move(life, ended, now, because=Because.A_PAGE_ENDED, free=free, new_id=new_id)


def _pages_become(turn: Turn, state: PageState, pages: Collection[UUID]) -> Turn:
    asked = tuple(replace(one, state=state) if one.page in pages else one for one in turn.asked)
    return replace(turn, asked=asked)


def _page_of(life: Life, page: UUID) -> tuple[Turn, Asked]:
    turn = life.turn_of_page(page)
    if turn is None:
        raise PageIsOver
    return turn, next(one for one in turn.asked if one.page == page)


def _next_kind(life: Life) -> Kind:
    """Peer, then chaplain or clinician: somebody beside the caller already, so a clinician is the next kind."""
    there = {seat.kind for seat in life.active_seats}
    return Kind.CHAPLAIN if Kind.CLINICIAN in there else Kind.CLINICIAN


def _must_be_open(life: Life) -> None:
    if life.closed_at is not None:
        raise CallIsOver


def must_be_active(seat: Seat) -> None:
    """Raise SeatIsOver unless this helper still sits."""
    if seat.state is not SeatState.ACTIVE:
        raise SeatIsOver
