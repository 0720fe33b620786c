"""Statements spelled once keep what Django would have kept, on both databases."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from stepitup.ground import statements
from stepitup.ground.keys import new_id
from stepitup.ground.models import Heartbeat, Timer
from stepitup.paging.facts import AttemptState, Words
from stepitup.paging.models import Attempt, Page

pytestmark = pytest.mark.django_db

_ANEW = statements.Conflict(over=("kind", "subject"), replaced=("due_at", "holder"))
NIGHT = datetime(2026, 3, 4, 3, 4, 5, 678901, tzinfo=UTC)


def timer(subject: str, *, at: datetime = NIGHT, holder: str = "") -> statements.Values:
    return {"kind": "step", "subject": subject, "due_at": at, "next_at": at, "holder": holder}


def page() -> statements.Values:
    return {"id": new_id(), "helper": 7, "words": Words.PAGE, "key_fingerprint": new_id().hex * 2, "opened_at": NIGHT}


def attempt(of: statements.Values, position: int, *, address: bytes | None = b"\x00sealed\xff") -> statements.Values:
    return {
        "page_id": of["id"], "round": 1, "position": position, "way": 3, "carrier": "mail", "address": address,
        "number_mark": "m", "state": AttemptState.WAITING, "written_at": NIGHT, "key": new_id().hex,
    }  # fmt: skip


def row_of(model: type[Model], **columns: object) -> dict[str, object]:
    row = model(**columns)
    return {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}


def test_a_row_is_read_again_as_django_would_have_written_it() -> None:
    assert statements.insert(Page, [written := page()]) == 1
    read = Page.objects.get()
    assert {field.attname: getattr(read, field.attname) for field in Page._meta.concrete_fields} == row_of(
        Page, **written
    )


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("America/Denver")])
@pytest.mark.parametrize("fold", [0, 1])
def test_a_moment_is_kept_in_every_zone_also_in_the_hour_that_comes_twice(zone: tzinfo, fold: int) -> None:
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    both = [twice, twice.replace(fold=1 if zone is not UTC else 0)][:: 1 if fold else -1]
    for moment in both:
        statements.insert(Timer, [timer("a", at=moment)], on_conflict=_ANEW)
        assert Timer.objects.get().due_at == moment.astimezone(UTC)


def test_rows_that_the_database_numbers_come_with_their_numbers() -> None:
    statements.insert(Page, [sams := page()])
    written = [attempt(sams, place, address=None if place % 2 else b"\x00\xff") for place in range(150)]
    numbers = statements.insert_numbered(Attempt, written)
    assert {one.pk: one.position for one in Attempt.objects.all()} == dict(zip(numbers, range(150), strict=True))
    assert bytes(Attempt.objects.get(pk=numbers[0]).address or b"") == b"\x00\xff"


def test_nothing_at_all_is_no_statement() -> None:
    assert statements.insert(Timer, []) == statements.update(Timer, []) == statements.delete(Timer, []) == 0
    assert statements.insert_numbered(Attempt, []) == []


def test_a_row_that_is_there_already_is_an_error_or_passed_over_or_replaced() -> None:
    statements.insert(Timer, [timer("a", holder="somebody")])
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.insert(Timer, [timer("a")])
    later = NIGHT + timedelta(minutes=2)
    statements.insert(Timer, [timer("a", at=later), timer("b", at=later)], on_conflict=statements.SKIP)
    assert dict(Timer.objects.values_list("subject", "due_at")) == {"a": NIGHT, "b": later}
    statements.insert(Timer, [timer("a", at=later)], on_conflict=_ANEW)
    assert Timer.objects.filter(subject="a").values_list("due_at", "next_at", "holder").get() == (later, NIGHT, "")


def test_each_row_is_changed_by_what_names_it_and_how_many_were_is_said() -> None:
    statements.insert(Timer, [timer("a"), timer("b", holder="another")])
    changes = [({"subject": name, "holder": ""}, {"holder": "me"}) for name in ("a", "b", "c")]
    assert statements.update(Timer, changes) == 1
    assert dict(Timer.objects.values_list("subject", "holder")) == {"a": "me", "b": "another"}


def test_a_column_can_count_up() -> None:
    statements.insert(Page, [sams := page()])
    (number,) = statements.insert_numbered(Attempt, [attempt(sams, 0)])
    statements.update(Attempt, [({"pk": number}, {"why": "busy"})], count_up="failures")
    assert Attempt.objects.values_list("why", "failures").get() == ("busy", 1)


def test_rows_are_deleted_by_what_names_them() -> None:
    statements.insert(Timer, [timer("a"), timer("b", holder="another")])
    assert statements.delete(Timer, [{"subject": name, "holder": ""} for name in ("a", "b")]) == 1
    assert Timer.objects.get().subject == "b"


@pytest.mark.only_on("postgresql")  # SQLite takes a text of any length
@pytest.mark.parametrize("how_many", [1, 2, 40])
def test_a_text_that_is_too_long_is_refused_and_never_cut(how_many: int) -> None:
    with pytest.raises(DataError), transaction.atomic():
        statements.insert(Timer, [timer(f"{number}", holder="x" * 500) for number in range(how_many)])
    statements.insert(Timer, [timer(f"{number}") for number in range(how_many)])
    with pytest.raises(DataError), transaction.atomic():
        statements.update(Timer, [({"subject": f"{one}"}, {"holder": "x" * 500}) for one in range(how_many)])


def test_many_rows_are_changed_each_to_its_own_value_and_each_counts_up() -> None:
    statements.insert(Page, [sams := page()])
    numbers = statements.insert_numbered(Attempt, [attempt(sams, place) for place in range(3)])
    changes = [({"pk": pk}, {"why": f"why {pk}", "due_at": None, "round": pk}) for pk in numbers[:2]]
    assert statements.update(Attempt, changes, count_up="failures") == 2
    kept = Attempt.objects.order_by("pk").values_list("why", "due_at", "failures")
    assert list(kept) == [(f"why {numbers[0]}", None, 1), (f"why {numbers[1]}", None, 1), ("", None, 0)]


def test_many_rows_take_as_many_statements_as_two() -> None:
    def said(how_many: int, begin: str) -> int:
        some = [timer(f"{begin}{number}") for number in range(how_many)]
        with CaptureQueriesContext(connection) as asked:
            statements.insert(Timer, some, on_conflict=_ANEW)
            statements.update(Timer, [({"subject": one["subject"]}, {"holder": "me"}) for one in some])
            statements.delete(Timer, [{"subject": one["subject"]} for one in some])
        return len(asked)

    assert said(700, "a") == said(2, "b") == 3
    assert not Timer.objects.exists()


def test_a_key_of_ones_own_making_is_written_too() -> None:
    statements.insert(Heartbeat, [{"name": "watch", "at": NIGHT}])
    assert Heartbeat.objects.get().at == NIGHT


def test_one_kind_of_two_may_be_passed_over_and_another_is_still_an_error() -> None:
    mark = statements.Conflict(over=("key_fingerprint",))
    first = page()
    assert statements.insert(Page, [first], on_conflict=mark) == 1
    same_mark, same_key = ({**page(), name: first[name]} for name in ("key_fingerprint", "id"))
    assert statements.insert(Page, [same_mark], on_conflict=mark) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.insert(Page, [same_key], on_conflict=mark)
