"""Who may be asked for this call, best first: the roster's order, less those who are busy, refused or forbidden."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from stepitup.calls.changes import Free
from stepitup.calls.life import Candidate, SeatState
from stepitup.calls.models import Call, Seat
from stepitup.calls.told import Ahead, Order, Told, order_of
from stepitup.ground.deeds import one_at_a_time
from stepitup.paging import carriers
from stepitup.paging import questions as paging
from stepitup.roster import questions as roster
from stepitup.roster.facts import Fit, Matched, Wishes
from stepitup.roster.matching import in_turn, put_in_order

# Between "who is free?" and "page them" nobody else may page: see ground.deeds.one_at_a_time.
_PAGING_GATE = 1


def free_for(now: datetime, row: Call) -> Free:
    """The question "who can be asked for this call now?", asked at most once a deed."""
    answer: list[Candidate] = []
    asked = False

    def free() -> list[Candidate]:
        nonlocal asked
        if not asked:
            asked = True
            one_at_a_time(_PAGING_GATE)
            answer.extend(_candidates(now, row))
        return answer

    return free


def match(row: Call, wishes: Wishes, ahead: Ahead | None = None) -> tuple[Order, tuple[str, ...]]:
    """Use the wishes once: the order of helpers that follows from them, and what could not be decided, in sentences.

    A never-rule stays for the length of the call: nobody whom an earlier answer left out comes back.
    """
    matched = ahead.matched if ahead else put_in_order(roster.all_helpers(), wishes, seed=row.seed)
    before = order_of(row)
    ids = matched.order if before is None else _narrowed(before, matched, by_closeness=bool(wishes.matters))
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
    return secrets.randbits(60)


def _narrowed(before: Order, matched: Matched, *, by_closeness: bool) -> tuple[int, ...]:
    allowed = set(before.ids) & set(matched.order)
    return tuple(helper for helper in (matched.order if by_closeness else before.ids) if helper in allowed)


def may_be_asked(now: datetime, row: Call, helper: int) -> bool:
    """Whether this helper is fit at this moment, and no never-rule of this call forbids them."""
    return any(is_allowed(row, fit) for fit in roster.fit_now(now, [helper]))


def is_allowed(row: Call, fit: Fit) -> bool:
    """Whether no never-rule of this call forbids this helper, who is fit."""
    return bool(_in_order(row, [fit]))


def is_anybody_free(now: datetime) -> bool:
    """Whether anybody at all could be asked now, by whichever call."""
    return bool(_fit_and_free(now))


def _candidates(now: datetime, row: Call) -> list[Candidate]:
    fit = _fit_and_free(now)
    return [Candidate(helper, fit[helper].kinds) for helper in _in_order(row, fit.values())]


def _fit_and_free(now: datetime) -> dict[int, Fit]:
    busy = paging.who_is_asked() | _who_sits()
    fit = roster.fit_now(now, besides=busy, by=tuple(carriers.in_use()))
    return {one.id: one for one in fit if one.id not in busy}


def _in_order(row: Call, fit: Collection[Fit]) -> tuple[int, ...]:
    """Those of the fit who may be asked for this call, best first."""
    order = order_of(row)
    if order is None:
        return in_turn(fit, seed=row.seed)
    present = {one.id for one in fit}
    return tuple(helper for helper in order.ids if helper in present)


def _who_sits() -> set[int]:
    return set(Seat.objects.filter(state=SeatState.ACTIVE.value).values_list("helper_id", flat=True))
