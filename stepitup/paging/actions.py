"""What can be done with pages. Each verb stands inside one deed, and none of them sends anything."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When

from stepitup.ground import keys, statements
from stepitup.ground.spelled import spelled, spelled_update
from stepitup.paging import carriers
from stepitup.paging.errors import AttemptForgotten
from stepitup.paging.facts import (
    AttemptState,
    DeliveryNote,
    NewPage,
    Outcome,
    PageState,
    Standing,
    StandingState,
    Then,
    Words,
)
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page, PagerMessage
from stepitup.paging.next_way import NextWay, Tried, next_way
from stepitup.paging.rounds import arm, disarm, reach_of, write_round

_UNSENT = (AttemptState.RESERVE, AttemptState.WAITING)
_NOTED = ("state", "due_at", "tried_at", "why", "failures", "reference", "unreachable")


def write_pages(now: datetime, pages: Sequence[NewPage]) -> set[int]:
    """Page these helpers, the first of them first, and return who was paged.

    1. Leave out ways that no carrier of this house goes, and whoever has none left.
    2. Write the pages; a helper who holds an unanswered page is left out by the database itself.
    3. Write how each page is to be brought, and arm the first two ways of each.
    """
    in_use = carriers.by_name()
    ways = {page.id: tuple(way for way in page.ways if way.carrier in in_use) for page in pages}
    rows = [_page(now, page, ways[page.id][0].language) for page in pages if ways[page.id]]
    statements.insert(Page, rows, on_conflict=statements.SKIP)
    # Ids are fresh: whichever is there now is there because it was written a moment ago, in this transaction.
    written = dict(_helpers_of(ways))
    write_round(
        now,
        {page: ways[page] for page in ways if page in written},
        number={},
        head_start=any(page.words is Words.PAGE for page in pages[:1]),
    )
    return set(written.values())


def repeat_pages(now: datetime, page_ids: Collection[UUID]) -> set[UUID]:
    """Send pages that are still open once more, from the first way on, and return which went out.

    Ways that were found unreachable are left out; a page with no other way does not go out again. What was left to
    try of the round before is dropped: two rounds of one page never run side by side.
    """
    still_open = _locked(page_ids, states=(PageState.OPEN,))
    latest = _latest_rounds(still_open)
    ways = {page: tuple(reach_of(attempt) for attempt in latest[page] if not attempt.unreachable) for page in latest}
    in_order = {page: ways[page] for page in page_ids if ways.get(page)}
    _drop(in_order.keys())
    number = {page: latest[page][0].round + 1 for page in in_order}
    write_round(now, in_order, number=number, head_start=False)
    return set(in_order)


def settle(now: datetime, page_ids: Collection[UUID], state: PageState) -> list[int]:
    """End these pages and return the helpers who are free to be asked something else.

    Only what is still open can become somebody's or taken; over, declined and withdrawn also end the winner's own
    page. The addresses are deleted, and what was still to be sent is dropped.
    """
    ends = (PageState.OPEN,) if state in {PageState.YOURS, PageState.TAKEN} else (PageState.OPEN, PageState.YOURS)
    settled = _locked(page_ids, states=ends)
    _settle(settled, state.value, now)
    _drop(settled.keys())
    return list(settled.values())


def record(now: datetime, attempt_id: int, outcome: Outcome) -> Standing:
    """Note what came of one try, arm what follows from it, and say how the page stands. Raises AttemptForgotten."""
    standing = record_all(now, {attempt_id: outcome}).get(attempt_id)
    if standing is None:
        raise AttemptForgotten
    return standing


def record_all(now: datetime, outcomes: Mapping[int, Outcome]) -> dict[int, Standing]:
    """Note what came of several tries, arm what follows, and say how each one's page stands.

    An attempt that is deleted meanwhile is left out. The tries of one page are judged one after the other.
    """
    pages = {page.pk: page for page in starmap(_PageTried, _pages_tried(outcomes))}
    every = [_Way(*columns) for columns in _ways_of(pages)]
    known = {way.pk: way for way in every}
    standings, follow = dict[int, Standing](), dict[int, tuple[_Way, datetime]]()
    for attempt_id, outcome in outcomes.items():
        if (way := known.get(attempt_id)) is None:
            continue
        page = pages[way.page_id]
        if way.note == DeliveryNote.NOT_ARRIVED:
            # The note was faster than the answer to our own request: what it said stands.
            way.reference = outcome.reference[:80]
            standings[attempt_id] = Standing(page.pk, StandingState.UNDER_WAY, helper=page.helper)
            continue
        round_ = [other for other in every if other.page_id == way.page_id and other.round == way.round]
        decided = next_way([_tried(other) for other in round_], way.position, outcome, now)
        _note(now, way, outcome, decided.becomes)
        if page.state == PageState.OPEN:
            follow |= {other.pk: (other, at) for other, at in _take_turns(round_, decided)}
        standings[attempt_id] = _standing(page, way, decided, outcome)
    _keep([known[attempt_id] for attempt_id in standings], [way for way, _at in follow.values()])
    for test in (False, True):
        of_this_kind = [one for one in follow.values() if (pages[one[0].page_id].words == Words.TEST) is test]
        arm([(way.pk, way.carrier, at) for way, at in of_this_kind], test=test)
    return standings


def forget(now: datetime, page_ids: Collection[UUID]) -> None:
    """Delete these pages, every trace of how they were brought, and what the demonstration's pager shows of them."""
    _drop(page_ids)
    PagerMessage.objects.filter(page__in=page_ids).delete()
    Attempt.objects.filter(page__in=page_ids).delete()
    Page.objects.filter(pk__in=page_ids).delete()


def _page(now: datetime, page: NewPage, language: str) -> statements.Values:
    return {
        "id": page.id,
        "helper": page.helper,
        "words": page.words.value,
        "language": language,
        "key_fingerprint": keys.fingerprint(page_key(page.id)),
        "opened_at": now,
    }


def _locked(page_ids: Collection[UUID], *, states: tuple[PageState, ...]) -> dict[UUID, int]:
    """Which of these pages are in one of these states, and whose; nobody else changes them before we did."""
    return dict(_locked_pages(page_ids, states=states))


@spelled
def _locked_pages(ids: Collection[UUID], *, states: tuple[PageState, ...]) -> QuerySet[Page, tuple[UUID, int]]:
    pages = Page.objects.select_for_update().filter(pk__in=ids, state__in=states).order_by("pk")
    return pages.values_list("pk", "helper")


@spelled
def _helpers_of(pages: Collection[UUID]) -> QuerySet[Page, tuple[UUID, int]]:
    return Page.objects.filter(pk__in=pages).values_list("pk", "helper")


@spelled_update
def _settle(pages: Collection[UUID], state: str, now: datetime) -> tuple[QuerySet[Page], Mapping[str, object]]:
    return Page.objects.filter(pk__in=pages), {"state": state, "settled_at": now}


def _latest_rounds(pages: Collection[UUID]) -> dict[UUID, list[Attempt]]:
    rounds: dict[UUID, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(page__in=pages, address__isnull=False).order_by("page", "position"):
        rounds.setdefault(attempt.page_id, []).append(attempt)
    return rounds


def _drop(pages: Collection[UUID]) -> None:
    """Stop what is still to be sent for these pages, and delete every address."""
    disarm(_waiting(pages))
    _stop(pages)


@spelled
def _waiting(pages: Collection[UUID]) -> QuerySet[Attempt, tuple[int, str]]:
    return Attempt.objects.filter(page__in=pages, state=AttemptState.WAITING).values_list("pk", "carrier")


@spelled_update
def _stop(pages: Collection[UUID]) -> tuple[QuerySet[Attempt], Mapping[str, object]]:
    touched = Attempt.objects.filter(Q(state__in=_UNSENT) | Q(address__isnull=False), page__in=pages)
    dropped = When(state__in=_UNSENT, then=Value(AttemptState.DROPPED.value))
    return touched, {"state": Case(dropped, default=F("state")), "address": None}


class _PageTried(NamedTuple):
    """A page of which something is noted, ours until commit."""

    pk: UUID
    helper: int
    words: str
    state: str


@spelled
def _pages_tried(attempts: Collection[int]) -> QuerySet[Page, tuple[UUID, int, str, str]]:
    theirs = Attempt.objects.filter(pk__in=attempts).order_by().values("page_id")
    pages = Page.objects.select_for_update().filter(pk__in=theirs).order_by("pk")
    return pages.values_list(*_PageTried._fields)


@dataclass(slots=True)
class _Way:
    """An attempt of such a page; what is noted of it is changed here first."""

    pk: int
    page_id: UUID
    round: int
    position: int
    way: int
    carrier: str
    state: str
    due_at: datetime | None
    tried_at: datetime | None
    failures: int
    reference: str
    unreachable: bool
    why: str
    note: str


@spelled
def _ways_of(pages: Collection[UUID]) -> QuerySet[Attempt, tuple[Any, ...]]:
    attempts = Attempt.objects.filter(page__in=pages).order_by("position")
    return attempts.values_list(*(column.name for column in fields(_Way)))


def _tried(way: _Way) -> Tried:
    return Tried(way.position, AttemptState(way.state), due=way.due_at, failures=way.failures)


def _note(now: datetime, attempt: _Way, outcome: Outcome, becomes: AttemptState) -> None:
    attempt.state = becomes
    attempt.tried_at = now
    attempt.why = outcome.why[:40]
    attempt.failures += outcome.then is not None
    attempt.reference = outcome.reference[:80] or attempt.reference
    attempt.unreachable = attempt.unreachable or outcome.then is Then.UNREACHABLE


def _take_turns(ways: Sequence[_Way], decided: NextWay) -> Iterator[tuple[_Way, datetime]]:
    """The attempts that the decision names, and when; one in reserve thereby gets its turn."""
    due = {send.position: send.at for send in decided.send}
    for way in ways:
        if way.position in due:
            way.state, way.due_at = AttemptState.WAITING, due[way.position]
            yield way, way.due_at


def _standing(page: _PageTried, way: _Way, decided: NextWay, outcome: Outcome) -> Standing:
    unreachable = way.way if outcome.then is Then.UNREACHABLE else None
    return Standing(page.pk, decided.standing, helper=page.helper, unreachable_way=unreachable)


def _keep(noted: Sequence[_Way], follow: Sequence[_Way]) -> None:
    changed = {attempt.pk: attempt for attempt in (*noted, *follow)}
    statements.update(
        Attempt,
        [({"pk": pk}, {column: getattr(attempt, column) for column in _NOTED}) for pk, attempt in changed.items()],
    )
