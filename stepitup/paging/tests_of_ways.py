"""Test pages: a page without a call, by one chosen way, so that we know before the night whether that way wakes them.

It goes the road of every page (written, leased, sent, recorded, one key for all its tries) and stays out of the way of
every real one: it holds no helper busy, waits in a line of its own, and can be answered only with "it reached me".
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from stepitup.ground import bell, keys, timers
from stepitup.paging import actions, questions
from stepitup.paging.facts import AttemptState, NewTest, Outgoing, PageState, WayTried, Words
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page
from stepitup.paging.rounds import write_tests as write_attempts

# Whoever is asleep by then is not to be woken for a test that the house could not send at its hour.
STALE_AFTER = timedelta(minutes=15)
# A helper who reads their mail the next morning has still been reached.
ANSWERABLE_FOR = timedelta(days=1)
# So that what a monthly drill found stays readable until the next one.
KEPT_FOR = timedelta(days=35)
TIME_IS_UP = "test ends"


def write_tests(now: datetime, tests: Sequence[NewTest]) -> None:
    """Test these ways. An older unanswered test of the same way is over: the newest link is the one that counts."""
    actions.settle(now, _unanswered([test.reach.way for test in tests]), PageState.OVER)
    Page.objects.bulk_create(_page(now, test) for test in tests)
    write_attempts(now, {test.id: test.reach for test in tests})
    timers.arm_many(TIME_IS_UP, [(test.id, now + ANSWERABLE_FOR) for test in tests])
    bell.ring("timers", "tests")


def it_reached_me(now: datetime, page_id: UUID) -> WayTried | None:
    """Whoever holds the phone says so. Returns the test where this is its first answer, None otherwise."""
    if not Page.objects.filter(pk=page_id, words=Words.TEST).exists():
        return None
    if not actions.settle(now, [page_id], PageState.REACHED):
        return None
    (test,) = tried_among([page_id])
    return test


def time_is_up(now: datetime, page_id: UUID) -> None:
    """A test that nobody answered within a day is over, and its address deleted; on its day it is deleted itself."""
    opened = Page.objects.filter(pk=page_id, words=Words.TEST).values_list("opened_at", flat=True).first()
    if opened is None:
        return
    if now >= opened + KEPT_FOR:
        actions.forget(now, [page_id])
        return
    actions.settle(now, [page_id], PageState.OVER)
    timers.arm(TIME_IS_UP, page_id, opened + KEPT_FOR)


def may_still_go(now: datetime, pages: Iterable[Outgoing]) -> set[UUID]:
    """Asked by the watch before it sends: the tests among these pages that are still worth waking somebody for."""
    return {page.page for page in pages if page.words is Words.TEST and now - page.at < STALE_AFTER}


def tried_among(page_ids: Collection[UUID]) -> list[WayTried]:
    """The test pages among these with what became of each, the oldest first."""
    return _facts(Attempt.objects.filter(page__words=Words.TEST, page__in=page_ids))


def tried_by_key(key: str) -> WayTried | None:
    """The test page that this key answers, in whatever state; None where it is a real page's key, or nobody's."""
    page = questions.page_by_key(key)
    if page is None or page.words is not Words.TEST:
        return None
    return next(iter(tried_among([page.id])), None)


def tried_of(helper: int) -> list[WayTried]:
    """A helper's test pages that are still kept, the oldest first."""
    return _facts(Attempt.objects.filter(page__words=Words.TEST, page__helper=helper))


def _unanswered(ways: Collection[int]) -> list[UUID]:
    waiting = Page.objects.filter(words=Words.TEST, state=PageState.OPEN, attempts__way__in=ways)
    return list(waiting.values_list("pk", flat=True))


def _page(now: datetime, test: NewTest) -> Page:
    return Page(
        id=test.id,
        helper=test.helper,
        words=Words.TEST,
        language=test.reach.language,
        key_fingerprint=keys.fingerprint(page_key(test.id)),
        opened_at=now,
    )


def _facts(attempts: QuerySet[Attempt]) -> list[WayTried]:
    return [_test(one) for one in attempts.select_related("page").order_by("page__opened_at", "page_id")]


def _test(attempt: Attempt) -> WayTried:
    page, state = attempt.page, AttemptState(attempt.state)
    return WayTried(
        id=page.pk,
        helper=page.helper,
        way=attempt.way,
        carrier=attempt.carrier,
        state=PageState(page.state),
        attempt=state,
        written_at=page.opened_at,
        sent_at=attempt.tried_at if state is AttemptState.HANDED_OVER else None,
        reached_at=page.settled_at if page.state == PageState.REACHED else None,
        why=attempt.why,
    )
