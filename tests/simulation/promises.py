"""What must be true after each event of a night. Each broken promise is a sentence."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from stepitup.calls.life import CallState, Life
from tests.simulation.house import LEASE, MENDS_EVERY, House, SimHelper

# The watch works off what is due the moment it is due; after a crash a lease must run out first.
_LATE = LEASE + timedelta(seconds=1)
_LONGEST_WAIT_FOR_A_WAY = timedelta(minutes=2)
# The watch looks twice a minute whether the host's clock was put back; by a second or two, it may not have looked yet.
_MENDED_WITHIN = MENDS_EVERY


def broken(house: House, helpers: dict[int, SimHelper], now: datetime) -> Iterator[str]:
    """Every promise that does not hold now."""
    timers = house.timers()
    lives = list(house.lives())
    waiting_to_be_sent = {subject for kind, subject in timers if kind.startswith("attempt")}
    for life in lives:
        yield from _one_winner(life)
        if life.closed_at is None:
            yield from _never_silent(life, timers, now)
        else:
            yield from _over_is_over(life, timers)
        yield from _no_page_is_lost(house, life, armed=waiting_to_be_sent)
    yield from _one_thing_at_a_time(lives)
    yield from _each_page_goes_in_time(timers, now)
    yield from _a_peer_sees_one_page(house)
    yield from _only_the_fit_are_paged(house, lives, helpers)


def _only_the_fit_are_paged(house: House, lives: list[Life], helpers: dict[int, SimHelper]) -> Iterator[str]:
    if all(helper.fit for helper in helpers.values()):
        return
    had = Counter(message.helper for message in house.phones())
    asked = {one.helper for life in lives for turn in life.turns for one in turn.open_pages}
    sat = Counter(seat.helper for life in lives for seat in life.seats)
    sit = {seat.helper for life in lives for seat in life.active_seats}
    for helper in helpers.values():
        number = house.number_of(helper.id)
        if not helper.fit and had[number] > helper.messages_before:
            yield f"P8: helper {helper.id} was paged after they became unfit"
        if not helper.fit and sat[number] > helper.seats_before:
            yield f"P8: helper {helper.id} sat down after they became unfit"
        if helper.suspended and number in asked | sit:
            yield f"P8: helper {helper.id} is suspended and holds an open page or a seat"


def _one_winner(life: Life) -> Iterator[str]:
    for turn in life.turns:
        winners = [one for one in turn.asked if one.state.value == "yours"]
        if len(winners) > 1:
            yield f"P2: turn {turn.number} has {len(winners)} winners"
        seats = [seat for seat in life.active_seats if seat.turn == turn.id]
        if len(seats) > 1:
            yield f"P2: turn {turn.number} has {len(seats)} seats"
        if turn.state is not CallState.WAITING and turn.open_pages:
            yield f"P2: turn {turn.number} is {turn.state} and {len(turn.open_pages)} pages can still be answered"
        if turn.state in {CallState.ACKNOWLEDGED, CallState.JOINED} and len(seats) != 1:
            yield f"P2: turn {turn.number} is {turn.state} with {len(seats)} seats"


def _never_silent(life: Life, timers: object, now: datetime) -> Iterator[str]:
    assert isinstance(timers, dict)
    if life.state is CallState.CLOSED:
        yield "P1: the call is open and has no turn that is"
    if ("expire", str(life.id)) not in timers:
        yield "P10: the call has no end"
    for turn in life.turns:
        kind = {CallState.WAITING: "step", CallState.ACKNOWLEDGED: "join"}.get(turn.state)
        if kind is None:
            continue
        due = timers.get((kind, str(turn.id)))
        if due is None:
            yield f"P1: turn {turn.number} is {turn.state} and no {kind} is coming"
        elif turn.next_at is None or due < now - _LATE:
            yield f"P1: the {kind} of turn {turn.number} is late: due {due:%H:%M:%S}, now {now:%H:%M:%S}"
        elif turn.next_at - now > turn.plan.longest_wait + _MENDED_WITHIN:
            yield f"P1: the next step of turn {turn.number} is too far off"


def _over_is_over(life: Life, timers: object) -> Iterator[str]:
    assert isinstance(timers, dict)
    if life.active_seats or any(turn.open_pages for turn in life.turns):
        yield "a closed call still has a seat or an open page"
    left = [kind for (kind, subject) in timers if subject in {str(life.id), *(str(t.id) for t in life.turns)}]
    if set(left) - {"forget", "fill"}:
        yield f"a closed call still has timers: {left}"


def _each_page_goes_in_time(timers: Mapping[tuple[str, str], datetime], now: datetime) -> Iterator[str]:
    """What is to be sent goes when it is due; and nothing is due later than a way is ever waited for."""
    for (kind, subject), due in timers.items():
        if kind.startswith("attempt") and not now - _LATE <= due <= now + _LONGEST_WAIT_FOR_A_WAY + _MENDED_WITHIN:
            yield f"P3: the attempt {subject} is due {due:%H:%M:%S}, now {now:%H:%M:%S}"


def _no_page_is_lost(house: House, life: Life, *, armed: Collection[str]) -> Iterator[str]:
    for turn in life.turns:
        if turn.state is not CallState.WAITING:
            continue
        for one in turn.open_pages:
            if not house.on_its_way(one.page, armed=armed):
                yield f"P2: the page to helper {one.helper} is open and was never handed over, nor will be"


def _one_thing_at_a_time(lives: list[Life]) -> Iterator[str]:
    asked = Counter(one.helper for life in lives for turn in life.turns for one in turn.open_pages)
    seated = Counter(seat.helper for life in lives for seat in life.active_seats)
    yield from (f"helper {who} holds {count} unanswered pages" for who, count in asked.items() if count > 1)
    yield from (f"helper {who} sits in {count} seats" for who, count in seated.items() if count > 1)
    yield from (f"P8: helper {who} sits with somebody and is asked" for who in asked.keys() & seated.keys())


def _a_peer_sees_one_page(house: House) -> Iterator[str]:
    """A second message of the same attempt carries the same key, so that a phone shows one."""
    page_of: dict[str, object] = {}
    for message in house.phones():
        if page_of.setdefault(message.key, message.page) != message.page:
            yield f"the key {message.key} is on two pages"
