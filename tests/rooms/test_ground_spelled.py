"""What is spelled once reads and changes just what Django would, on both databases, whatever the values are."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from stepitup.ground.keys import new_id
from stepitup.ground.models import Timer
from stepitup.ground.spelled import spelled, spelled_delete, spelled_update
from stepitup.paging.facts import PageState, Words
from stepitup.paging.models import Page
from stepitup.roster.models import Helper

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 4, 3, 4, 5, 678901, tzinfo=UTC)


def pages(how_many: int) -> list[Page]:
    return [
        Page.objects.create(id=new_id(), helper=n, words=Words.PAGE, key_fingerprint=f"{n}", opened_at=NIGHT)
        for n in range(how_many)
    ]


def timer(subject: str, *, minutes: int = 0) -> Timer:
    at = NIGHT + timedelta(minutes=minutes)
    return Timer.objects.create(kind="step", subject=subject, due_at=at, next_at=at)


def of(
    helpers: Collection[int], ids: Collection[UUID], *, state: PageState
) -> QuerySet[Page, tuple[UUID, int, datetime]]:
    found = Page.objects.filter(helper__in=helpers, pk__in=ids, state=state).order_by("helper")
    return found.values_list("pk", "helper", "opened_at")


@pytest.mark.parametrize("how_many", [0, 1, 2, 5, 13, 70, 501])
def test_the_answer_is_djangos_however_many_values_there_are(how_many: int) -> None:
    written = [one.pk for one in pages(6)]
    for helpers in (range(how_many), [3] * how_many):
        args = (list(helpers), [*written[:5], new_id()][: max(how_many, 1)])
        assert spelled(of)(*args, state=PageState.OPEN) == list(of(*args, state=PageState.OPEN))


def test_it_is_asked_anew_each_time_and_composed_once() -> None:
    composed = []

    @spelled
    def due(until: datetime, kind: str, *, limit: int) -> QuerySet[Timer, str]:
        composed.append(limit)
        found = Timer.objects.filter(next_at__lte=until, kind=kind).order_by("next_at")
        return found.values_list("subject", flat=True)[:limit]

    assert due(NIGHT, "step", limit=2) == []
    timer("a")
    assert due(NIGHT, "step", limit=2) == ["a"]
    timer("b", minutes=-1), timer("c", minutes=-2), timer("d", minutes=1)
    assert due(NIGHT, "step", limit=2) == ["c", "b"]
    assert due(NIGHT + timedelta(minutes=5), "step", limit=2) == ["c", "b"]
    assert due(NIGHT, "other", limit=2) == []
    assert composed == [2]
    assert due(NIGHT, "step", limit=3) == ["c", "b", "a"], "what is named by keyword belongs to the shape"


def test_a_question_that_nothing_can_answer_is_not_asked() -> None:
    pages(2)
    with CaptureQueriesContext(connection) as asked:
        assert spelled(of)([1], [], state=PageState.OPEN) == []
    assert len(asked) == 0


def test_days_and_numbers_as_wide_as_they_come() -> None:
    @spelled
    def rested(since: date, number: int) -> QuerySet[Helper, tuple[str, date | None]]:
        return Helper.objects.filter(last_talk_on__gte=since, pk__gt=number).values_list("key", "last_talk_on")

    Helper.objects.create(key="sam", display_name="Sam", last_talk_on=date(2026, 3, 1))
    assert rested(date(2026, 3, 1), 0) == [("sam", date(2026, 3, 1))]
    assert rested(date(2026, 3, 2), 0) == rested(date(2026, 3, 1), 2**40) == []


def test_rows_are_changed_and_how_many_were_is_said() -> None:
    @spelled_update
    def settle(ids: Collection[UUID], state: str, now: datetime) -> tuple[QuerySet[Page], Mapping[str, object]]:
        return Page.objects.filter(pk__in=ids), {"state": state, "settled_at": now}

    first, second, third = (one.pk for one in pages(3))
    assert settle([first, third], PageState.OVER.value, NIGHT) == 2
    assert settle([second, new_id()], PageState.TAKEN.value, NIGHT) == 1
    assert settle([], PageState.TAKEN.value, NIGHT) == 0
    kept = Page.objects.order_by("helper").values_list("state", "settled_at")
    assert list(kept) == [("over", NIGHT), ("taken", NIGHT), ("over", NIGHT)]


def test_rows_are_deleted_and_others_are_not() -> None:
    @spelled_delete
    def disarm(kinds: Collection[str], subjects: Collection[str]) -> QuerySet[Timer]:
        return Timer.objects.filter(kind__in=kinds, subject__in=subjects)

    for subject in "abc":
        timer(subject)
    assert disarm(["step", "join"], ["a", "c", "gone"]) == 2
    assert disarm([], ["b"]) == 0
    assert Timer.objects.get().subject == "b"


def test_a_value_that_would_be_lost_is_noticed_when_it_is_first_asked() -> None:
    @spelled
    def begins(word: str) -> QuerySet[Timer, int]:
        return Timer.objects.filter(kind__startswith=word).values_list("pk", flat=True)

    with pytest.raises(AssertionError, match="no place"):
        begins("st")


@pytest.mark.only_on("postgresql")
def test_several_values_are_for_nothing_but_in() -> None:
    @spelled
    def later(moments: Collection[datetime]) -> QuerySet[Timer, int]:
        return Timer.objects.filter(due_at__gt=next(iter(moments))).values_list("pk", flat=True)

    with pytest.raises(AssertionError):
        later([NIGHT])


@pytest.mark.only_on("postgresql")
def test_postgresql_knows_one_statement_for_any_number_of_values() -> None:
    asked = spelled(of)
    with CaptureQueriesContext(connection) as said:
        for how_many in (1, 2, 30, 501):
            asked(range(how_many), [new_id()] * how_many, state=PageState.OPEN)
    assert len({one["sql"].partition("ANY")[0] for one in said}) == 1
    assert " IN (" not in said[0]["sql"]
