"""Who may be asked for this call, best first: the roster's order, less those who are busy, refused or forbidden."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from stepitup.calls.changes import Free
from stepitup.calls.life import Candidate, SeatState
from stepitup.calls.models import Call, Seat
from stepitup.calls.told import Ahead, Order, Told, order_of
from stepitup.ground.deeds import one_at_a_time
from stepitup.ground.spelled import spelled
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.paging import questions as paging
from stepitup.roster import questions as roster
from stepitup.roster.facts import Fit, Matched, Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.the_house import are_of_the_house, own_helper

# Between "who is free?" and "page them" nobody else may page: see ground.deeds.one_at_a_time.
_PAGING_GATE = 1
_IN_A_ROW = timedelta(hours=12)


class FreeHelpers:
    """Who is free, asked for the calls of one deed: whoever is paged for one call is not free for the next."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._busy: set[int] | None = None
        self._nobody = False

    def for_call(self, row: Call) -> Free:
        """The question "who can be asked for this call now?", asked at most once a deed."""
        answer: list[_Asked] = []

        def free() -> Iterable[Candidate]:
            if not answer:
                answer.append(_Asked(self._candidates(row)))
            return answer[0]

        return free

    def were_asked(self, helpers: Iterable[int]) -> None:
        """These have just been paged."""
        if self._busy is not None:
            self._busy.update(helpers)

    def _candidates(self, row: Call) -> Iterator[Candidate]:
        """Whoever is fit, free and allowed, best first: by the order matched for this call, or by whose turn it is."""
        if row.rehearsal:
            yield Candidate(own_helper(self._now), frozenset({Kind.PEER}))
            return
        if self._nobody:
            return
        if self._busy is None:
            one_at_a_time(_PAGING_GATE)
            self._busy = paging.who_is_asked().union(_who_sits())
        by, order, found = tuple(carriers.in_use()), order_of(row), False
        if order is None:
            fit = roster.fit_in_turn(self._now, seed=row.seed, besides=self._busy, by=by)
        else:
            fit = roster.fit_in_order(self._now, order.ids, besides=self._busy, by=by)
        for one in _the_tired_last(self._now, fit):
            found = True
            yield Candidate(one.id, one.kinds)
        # Where nobody at all is free, the calls behind need not look again: in this deed nobody comes free.
        self._nobody = order is None and not found


def free_for(now: datetime, row: Call) -> Free:
    """The question "who can be asked for this call now?", for a deed that is about one call alone."""
    return FreeHelpers(now).for_call(row)


class _Asked:
    """Candidates as they were found: looked for only as far as somebody asks, and never twice."""

    def __init__(self, found: Iterator[Candidate]) -> None:
        self._found = found
        self._known: list[Candidate] = []

    def __iter__(self) -> Iterator[Candidate]:
        place = 0
        while True:
            if place == len(self._known):
                further = next(self._found, None)
                if further is None:
                    return
                self._known.append(further)
            yield self._known[place]
            place += 1


def match(row: Call, wishes: Wishes, ahead: Ahead | None = None) -> tuple[Order, tuple[str, ...]]:
    """Use the wishes once: the order of helpers that follows from them, and what could not be decided, in sentences.

    A never-rule stays for the length of the call: nobody whom an earlier answer left out comes back.
    """
    matched = ahead.matched if ahead else put_in_order(roster.all_helpers(), wishes, seed=row.seed)
    before = order_of(row)
    by_closeness = bool(wishes.matters or wishes.language)
    ids = matched.order if before is None else _narrowed(before, matched, by_closeness=by_closeness)
    if wishes.mine_agency or before is None:
        return Order(ids, same_agency=matched.same_agency), matched.unsure
    return replace(before, ids=ids), matched.unsure


def matched_ahead(told: Told, call: UUID | None = None) -> Told:
    """The same, with its wishes matched: asked by an entrance before the deed, because many wishes take a while."""
    if told.wishes is None:
        return told
    seed = Call.objects.filter(pk=call).values_list("seed", flat=True).first() if call else None
    seed = fresh_seed() if seed is None else seed
    return replace(told, ahead=Ahead(put_in_order(roster.all_helpers(), told.wishes, seed=seed), seed))


def fresh_seed() -> int:
    """Chance for the order of equals."""
    # Well inside the 63 bits that both databases keep of a whole number.
    return secrets.randbits(60)


def _narrowed(before: Order, matched: Matched, *, by_closeness: bool) -> tuple[int, ...]:
    allowed = set(before.ids) & set(matched.order)
    return tuple(helper for helper in (matched.order if by_closeness else before.ids) if helper in allowed)


def may_be_asked(now: datetime, row: Call, helper: int) -> bool:
    """Whether this helper is fit at this moment, and no never-rule of this call forbids them."""
    if row.rehearsal:
        return bool(are_of_the_house([helper]))
    return any(is_allowed(order_of(row), fit) for fit in roster.fit_now(now, [helper]))


def is_allowed(order: Order | None, fit: Fit) -> bool:
    """Whether no never-rule of the call with this order forbids this helper, who is fit."""
    return not fit.internal_affairs if order is None else fit.id in order.ids


def is_anybody_free(now: datetime) -> bool:
    """Whether anybody at all could be asked now, by whichever call."""
    busy = paging.who_is_asked().union(_who_sits())
    return any(roster.fit_in_turn(now, seed=0, besides=busy, by=tuple(carriers.in_use())))


def _the_tired_last(now: datetime, fit: Iterable[Fit]) -> Iterator[Fit]:
    """The same, but whoever had as many pages lately as they wish for comes after everybody else: somebody comes."""
    tired, counted = list[Fit](), dict[int, int]()
    for one in fit:
        if one.pages_in_a_row and not counted:
            counted = {0: 0} | paging.how_many_pages_since(now - _IN_A_ROW)
        if one.pages_in_a_row and counted.get(one.id, 0) >= one.pages_in_a_row:
            tired.append(one)
        else:
            yield one
    yield from tired


@spelled
def _who_sits() -> QuerySet[Seat, int]:
    return Seat.objects.filter(state=SeatState.ACTIVE.value).values_list("helper_id", flat=True)
