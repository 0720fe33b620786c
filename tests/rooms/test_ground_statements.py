"""Statements spelled once keep what Django would have kept, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from stepitup.ground import statements
from stepitup.ground.keys import new_id
from stepitup.ground.models import Heartbeat, Timer
from stepitup.paging.facts import AttemptState, Words
from stepitup.paging.models import Attempt, Page

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 4, 3, 4, 5, 678901, tzinfo=UTC)


def timer(subject: str, *, at: datetime = NIGHT, holder: str = "") -> Timer:
    return Timer(kind="step", subject=subject, due_at=at, next_at=at, holder=holder)


def page() -> Page:
    return Page(id=new_id(), helper=7, words=Words.PAGE, key_fingerprint=new_id().hex * 2, opened_at=NIGHT)


def attempt(of: Page, position: int, *, address: bytes | None = b"\x00sealed\xff") -> Attempt:
    return Attempt(
        page=of, round=1, position=position, way=3, carrier="mail", address=address, number_mark="m",
        state=AttemptState.WAITING, written_at=NIGHT, key=new_id().hex,
    )  # fmt: skip


def test_a_row_is_read_again_as_it_was_written() -> None:
    written = page()
    statements.insert([written])
    read = Page.objects.get()
    assert {f.attname: getattr(read, f.attname) for f in Page._meta.fields} == {
        f.attname: getattr(written, f.attname) for f in Page._meta.fields
    }


def test_rows_that_the_database_numbers_know_their_number() -> None:
    statements.insert([sams := page()])
    written = [attempt(sams, place, address=None if place % 2 else b"\x00\xff") for place in range(150)]
    statements.insert_numbered(written)
    assert {one.pk: one.position for one in Attempt.objects.all()} == {one.pk: one.position for one in written}
    assert bytes(Attempt.objects.get(pk=written[0].pk).address or b"") == b"\x00\xff"


def test_nothing_at_all_is_no_statement() -> None:
    statements.insert([])
    statements.insert_numbered([])
    assert statements.update(Timer, []) == statements.delete(Timer, []) == 0


def test_a_row_that_is_there_already_is_an_error_or_passed_over_or_replaced() -> None:
    statements.insert([timer("a", holder="somebody")])
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.insert([timer("a")])
    later = NIGHT + timedelta(minutes=2)
    statements.insert([timer("a", at=later), timer("b", at=later)], on_conflict=statements.SKIP)
    assert dict(Timer.objects.values_list("subject", "due_at")) == {"a": NIGHT, "b": later}
    anew = statements.Conflict(over=("kind", "subject"), replaced=("due_at", "holder"))
    statements.insert([timer("a", at=later)], on_conflict=anew)
    assert Timer.objects.filter(subject="a").values_list("due_at", "next_at", "holder").get() == (later, NIGHT, "")


def test_each_row_is_changed_by_what_names_it_and_how_many_were_is_said() -> None:
    statements.insert([timer("a"), timer("b", holder="another")])
    changes = [({"subject": name, "holder": ""}, {"holder": "me"}) for name in ("a", "b", "c")]
    assert statements.update(Timer, changes) == 1
    assert dict(Timer.objects.values_list("subject", "holder")) == {"a": "me", "b": "another"}


def test_a_column_can_count_up() -> None:
    statements.insert([sams := page()])
    statements.insert_numbered([one := attempt(sams, 0)])
    statements.update(Attempt, [({"pk": one.pk}, {"why": "busy"})], count_up="failures")
    assert Attempt.objects.values_list("why", "failures").get() == ("busy", 1)


def test_rows_are_deleted_by_what_names_them() -> None:
    statements.insert([timer("a"), timer("b", holder="another")])
    assert statements.delete(Timer, [{"subject": name, "holder": ""} for name in ("a", "b")]) == 1
    assert Timer.objects.get().subject == "b"


def test_a_key_of_ones_own_making_is_written_too() -> None:
    statements.insert([Heartbeat(name="watch", at=NIGHT)])
    assert Heartbeat.objects.get().at == NIGHT
