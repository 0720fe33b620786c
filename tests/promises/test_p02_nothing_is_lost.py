"""P2: exactly one helper gets a call, one press is one call, a helper is asked one thing at a time: by the database."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from stepitup.calls.models import Call, Seat, Turn
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging.models import Page
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.night import Night, a_night, suspend_and_release

NOW = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
UNIQUE = {
    "calls_call": {"token_mark", "receipt_mark", "opening_mark"},
    "calls_turn": {"call_id,number"},
    "calls_seat": {"helper_id", "secret_mark", "page_id"},
    "calls_limitsread": {"call_id,kind,version"},
    "paging_page": {"helper", "key_fingerprint"},
    "paging_attempt": {"page_id,round,position", "key"},
    "paging_pagermessage": {"key"},
    "ground_timer": {"kind,subject"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("table", UNIQUE)
def test_what_may_be_there_once_only_is_unique_in_the_database_itself(table: str) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    unique = {",".join(sorted(one["columns"])) for one in constraints if one["unique"]}
    assert {",".join(sorted(columns.split(","))) for columns in UNIQUE[table]} <= unique


@pytest.mark.django_db
def test_a_helper_cannot_hold_two_unanswered_pages_and_may_hold_many_old_ones() -> None:
    for state in ("over", "declined", "open"):
        Page.objects.create(id=new_id(), helper=1, words="page", state=state, key_fingerprint=state, opened_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.create(id=new_id(), helper=1, words="page", state="open", key_fingerprint="x", opened_at=NOW)


def test_a_helper_cannot_sit_with_two_callers(night: Night) -> None:
    sam, ines = night.joins(cast.SAM), night.joins(cast.INES)
    ines.may_be_paged()
    for _ in range(2):
        night.rosa().presses()
    sam.gets_a_page().answers()
    free = Turn.objects.get(state="waiting")
    page = Page.objects.create(
        id=new_id(), helper=sam.id, words="page", state="over", key_fingerprint="x", opened_at=NOW
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            id=new_id(), turn=free, page=page, helper_id=sam.id, kind="peer", state="active", secret_mark="y",
            press_mark="z", opened_at=NOW,
        )  # fmt: skip


@pytest.fixture
def night_in_earnest(transactional_db: None) -> Iterator[Night]:
    """A night whose writes are committed, so that threads see them."""
    with a_night() as ours:
        yield ours


def test_eight_say_yes_in_the_same_instant_and_one_has_it(night_in_earnest: Night) -> None:
    night = night_in_earnest
    crowd = night.crowd(8)
    rosa = night.rosa()
    rosa.presses()
    night.passes(minutes=2)  # then all eight are asked
    pages = [one.gets_a_page() for one in crowd]
    answers = at_once([_answering(page.path) for page in pages])
    assert len([words for words in answers if "They are reading the limits" in words]) == 1
    assert len([words for words in answers if "Someone has it, thank you" in words]) == 7
    assert Seat.objects.filter(state="active").count() == 1


def test_the_same_press_from_six_tunnels_at_once_is_one_call(night_in_earnest: Night) -> None:
    night = night_in_earnest
    night.joins(cast.SAM).may_be_paged()
    rosa = night.rosa()
    rosa.phone.opens("/")
    form = rosa.phone.screen.form_with("Call for backup")
    answers = at_once([lambda: _phone().sends(form.action, {**form.fields}).words for _ in range(6)])
    assert all("Your call is open" in words for words in answers)
    assert Call.objects.count() == 1
    night.watch.work()


def test_six_callers_at_once_and_one_helper_holds_one_page(night_in_earnest: Night) -> None:
    night = night_in_earnest
    sam = night.joins(cast.SAM)
    at_once([lambda: _phone().sends("/call", {}).words for _ in range(6)])
    night.watch.work()
    sam.gets_a_page()
    assert Call.objects.count() == 6
    assert Page.objects.filter(state="open").count() == 1


def test_suspended_and_answering_in_the_same_instant_never_both_win(night_in_earnest: Night) -> None:
    night = night_in_earnest
    sam = night.joins(cast.SAM)
    night.rosa().presses()
    page = sam.gets_a_page()
    at_once([_answering(page.path), _suspending(sam.id)])
    assert not Seat.objects.filter(state="active").exists()


def at_once(deeds: list[Callable[[], str]]) -> list[str]:
    """Do all of these in threads that begin together; return what each was told."""
    gate, told, broken = threading.Barrier(len(deeds)), list[str](), list[BaseException]()

    def do(deed: Callable[[], str]) -> None:
        try:
            gate.wait(timeout=10)
            told.append(deed())
        except BaseException as trouble:  # told to the test, in whose thread it belongs
            broken.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if broken:
        raise broken[0]
    return told


def _phone() -> Browser:
    """A phone in a thread of its own; the watch stays in the test's thread."""
    return Browser(then=lambda: None)


def _answering(path: str) -> Callable[[], str]:
    def answer() -> str:
        return _phone().sends(f"{path}/acknowledge", {}).words

    return answer


def _suspending(helper: int) -> Callable[[], str]:
    def suspend() -> str:
        deed(suspend_and_release, helper)
        return ""

    return suspend
