"""What may be asked of a call. Reads only; who may ask is settled by the secret that they bring."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from stepitup.calls import lives
from stepitup.calls.errors import NoSuchCall, NoSuchPage, NoSuchSeat
from stepitup.calls.joining import may_join_by_ring
from stepitup.calls.life import CallState, Life, SeatState, Turn
from stepitup.calls.matching import is_allowed
from stepitup.calls.models import Asked, Call, WayIn
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.plan import plan_for
from stepitup.calls.readings import limits_due, limits_now, words_may_pass
from stepitup.calls.shown import CallerSees, HelperThere, Paged, PageSeen, SeatSees
from stepitup.calls.timing import ASKED_AFTER
from stepitup.calls.told import number_of, opened_order, order_of, place_of, shown_of, situation_of
from stepitup.ground.keys import fingerprint
from stepitup.ground.spelled import spelled
from stepitup.ground.vocabulary import Kind
from stepitup.paging import questions as paging
from stepitup.paging.facts import PageState
from stepitup.roster import questions as roster


def call_with(token: str) -> UUID:
    """The call that this token opens. Raises NoSuchCall."""
    found = _opened_by(fingerprint(token))
    if not found:
        raise NoSuchCall
    return found[0]


@spelled
def _opened_by(token_mark: str) -> QuerySet[Call, UUID]:
    return Call.objects.filter(token_mark=token_mark).values_list("pk", flat=True)


def pressed_with(key: str) -> UUID | None:
    """The call that this press opened, while it is open; None when the key is free."""
    return Call.objects.filter(opening_mark=fingerprint(key)).values_list("pk", flat=True).first()


def as_caller_sees(call_id: UUID) -> CallerSees:
    """The call as its caller sees it. Raises NoSuchCall once it is deleted."""
    row = lives.look(call_id)
    life = lives.read_life(row)
    turn = life.searching
    plan = (turn or life.turns[-1]).plan if life.turns else plan_for(None)
    return CallerSees(
        id=row.pk,
        version=row.version,
        state=life.state,
        ending=life.ending,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        expires_at=row.opened_at + plan.expires_after,
        delete_at=row.delete_at,
        searching=turn is not None,
        last_step=turn is not None and turn.last_step,
        step=turn.step if turn else 0,
        next_at=turn.next_at if turn else None,
        next_kinds=_next_kinds(turn),
        paged=_paged(turn),
        not_reached=len(turn.not_reached) if turn else 0,
        pages_out=len(turn.open_pages) if turn else 0,
        turns=len(life.turns),
        hotline_is_main_at=row.opened_at + plan.hotline_main_after,
        wants=row.wants,
        situation=situation_of(row),
        limits=limits_now(row, life),
        limits_due=limits_due(row, life),
        helpers=_helpers(row, life),
        left=life.left.state if turn and life.left else None,
        suggested=life.suggested,
        number=number_of(row),
        place=place_of(row),
        wishes_used=row.sealed_order is not None,
    )


def rehearsals_open() -> list[UUID]:
    """The rehearsals that are not closed: one that is under way, or one that came to nothing."""
    return list(Call.objects.filter(rehearsal=True, closed_at__isnull=True).values_list("pk", flat=True))


def call_of_page(page_id: UUID) -> UUID | None:
    """The call for which this page went out."""
    found: UUID | None = Asked.objects.filter(page=page_id).values_list("turn__call", flat=True).first()
    return found


def how_many_are_kept() -> int:
    """How many calls this house holds, open or not yet deleted. A number, for the operator."""
    return Call.objects.filter(rehearsal=False).count()


def page_seen(key: str) -> PageSeen:
    """A page as whoever holds its key sees it. Raises NoSuchPage."""
    page = paging.page_by_key(key)
    if page is None:
        raise NoSuchPage
    asked = Asked.objects.filter(page=page.id).first()
    if asked is None:
        return PageSeen("over", Kind.PEER)
    state = {PageState.OPEN: "open", PageState.YOURS: "yours", PageState.TAKEN: "taken"}.get(page.state, "over")
    if state == "yours" and not SeatRow.objects.filter(page=page.id, state=SeatState.ACTIVE.value).exists():
        state = "over"
    return PageSeen(state, Kind(asked.kind))


def as_helper_sees(secret: str) -> SeatSees:
    """The call as the helper who holds this seat's secret sees it. Raises NoSuchSeat.

    Once they left it, they see it as they left it: whoever was refused must not learn how it went on, or until when.
    """
    seat = SeatRow.objects.select_related("turn__call").filter(secret_mark=fingerprint(secret)).first()
    if seat is None:
        raise NoSuchSeat
    row = seat.turn.call
    life = lives.read_life(row)
    active = seat.state == SeatState.ACTIVE.value
    is_finished = seat.state == SeatState.FINISHED.value
    to_its_end = active or (is_finished and seat.ended_at == row.closed_at)
    as_left = CallState.CLOSED if is_finished else CallState.WAITING
    may_see = active and words_may_pass(row, Kind(seat.kind))
    who = roster.shown_to_caller(seat.helper_id, agency=None)
    order = order_of(row)
    shown = shown_of(row) if may_see else ()
    return SeatSees(
        state=SeatState(seat.state),
        kind=Kind(seat.kind),
        call_state=life.state if to_its_end else as_left,
        ending=life.ending if to_its_end else None,
        opened_at=seat.opened_at,
        joined=seat.joined_at is not None,
        join_by=seat.turn.next_at if active and seat.joined_at is None else None,
        words_may_pass=may_see,
        situation=situation_of(row) if may_see else None,
        shown=shown,
        in_common=roster.in_common(seat.helper_id, shown),
        number=number_of(row) if may_see else None,
        place=place_of(row) if may_see else "",
        same_agency=order.same_agency.get(seat.helper_id) if order and may_see else None,
        sworn=who.sworn,
        team_number=who.team_number,
        suggested=life.suggested if active else None,
        others=sum(1 for other in life.active_seats if other.id != seat.pk) if active else 0,
        version=row.version if to_its_end else 0,
        helper=seat.helper_id,
        may_join_by_ring=may_see and may_join_by_ring(row, seat.helper_id),
        asked_from=seat.joined_at + ASKED_AFTER if active and seat.joined_at else None,
    )


def call_of_seat(secret: str) -> UUID:
    """The call beside which this seat stands, while its helper sits there. Raises NoSuchSeat."""
    sits = SeatRow.objects.filter(secret_mark=fingerprint(secret), state=SeatState.ACTIVE.value)
    found: UUID | None = sits.values_list("turn__call", flat=True).first()
    if found is None:
        raise NoSuchSeat
    return found


def opens_this_seat(key: str, secret: str) -> bool:
    """Whether this link was made for the very seat whose secret is at hand already."""
    return WayIn.objects.filter(key_fingerprint=fingerprint(key), seat__secret_mark=fingerprint(secret)).exists()


def is_seat_of_page(secret: str, key: str) -> bool:
    """Whether this seat was taken by answering this very page: one phone may hold another page's seat."""
    page = paging.page_by_key(key)
    return page is not None and SeatRow.objects.filter(page=page.id, secret_mark=fingerprint(secret)).exists()


def who_is_busy() -> set[int]:
    """The helpers who hold a page or sit with somebody now: no drill disturbs them."""
    sitting = SeatRow.objects.filter(state=SeatState.ACTIVE.value)
    return paging.who_is_asked() | set(sitting.values_list("helper_id", flat=True))


def may_still_go(now: datetime, page_ids: Collection[UUID]) -> set[UUID]:
    """Asked by the watch before each send: those of these pages that are open, whose turn waits, whose helper is fit
    and allowed.
    """
    asked = _asked_and_waiting(page_ids)
    fit = {one.id: one for one in roster.fit_now(now, {one[1] for one in asked})}
    own = {page for page, _helper, rehearsal, _order in asked if rehearsal}
    real = ((page, helper, order) for page, helper, rehearsal, order in asked if not rehearsal and helper in fit)
    return own | {page for page, helper, order in real if is_allowed(opened_order(order), fit[helper])}


@spelled
def _asked_and_waiting(
    page_ids: Collection[UUID],
) -> QuerySet[Asked, tuple[UUID, int, bool, bytes | memoryview | None]]:
    waiting = Asked.objects.filter(page__state=PageState.OPEN.value, turn__state=CallState.WAITING.value)
    asked = waiting.filter(page__in=page_ids)
    return asked.values_list("page_id", "helper_id", "turn__call__rehearsal", "turn__call__sealed_order")


def how_many() -> dict[str, int]:
    """How many calls stand where: counts for the operator, with nobody in them."""
    counts = dict.fromkeys((state.value for state in CallState if state is not CallState.CLOSED), 0)
    standing = Call.objects.filter(rehearsal=False).exclude(state=CallState.CLOSED.value).values_list("state")
    return counts | dict(standing.annotate(Count("pk")).order_by())


def changed_since(moment: datetime, among: Iterable[UUID] | None = None) -> list[tuple[UUID, int]]:
    """Ids and versions of the calls that changed at or after a moment: for live screens, never with a person."""
    changed = Call.objects.filter(changed_at__gte=moment)
    if among is not None:
        changed = changed.filter(pk__in=list(among))
    return list(changed.values_list("pk", "version"))


def _helpers(row: Call, life: Life) -> tuple[HelperThere, ...]:
    there, order, told, service = [], order_of(row), shown_of(row), situation_of(row).service
    for seat in life.active_seats:
        may_pass = words_may_pass(row, seat.kind)
        shown = roster.shown_to_caller(seat.helper, agency=None, role=seat.kind, told=told, service=service)
        same = order.same_agency.get(seat.helper) if order else None
        shown = replace(shown, same_agency=same, team_number=shown.team_number if may_pass else None)
        there.append(HelperThere(seat.id, shown, joined=seat.joined_at is not None, words_may_pass=may_pass))
    return tuple(there)


def _paged(turn: Turn | None) -> tuple[Paged, ...]:
    counts = Counter(turn.paged.values()) if turn else Counter[Kind]()
    return tuple(Paged(kind, count) for kind, count in counts.items())


def _next_kinds(turn: Turn | None) -> tuple[Kind, ...]:
    if turn is None or turn.last_step:
        return ()
    coming = turn.plan.steps[turn.step + 1 :]
    return coming[0].kinds if coming else ()
