"""A deed is one transaction with one moment; whoever lost against another tries again, and only then."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed, one_at_a_time
from stepitup.ground.models import Timer
from tests.rooms.side_by_side import side_by_side

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)


# --- the clock -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_clock_of_the_house_tells_the_present_moment_in_utc() -> None:
    told = clock.now()
    assert told.tzinfo is UTC
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now() >= told


@pytest.mark.django_db
def test_time_goes_on_within_a_transaction() -> None:
    with transaction.atomic():
        first = clock.now()
        assert clock.now() > first, "not the moment at which the transaction began"


def test_a_clock_wound_by_hand_goes_forward_and_back_and_is_put_away_again() -> None:
    before = clock._in_use
    with clock.use(HandClock(NIGHT)) as hand:
        assert isinstance(hand, HandClock)
        assert hand.wind(hours=1, minutes=2, seconds=3) == clock.now() == NIGHT + timedelta(seconds=3723)
        assert hand.wind(minutes=-90) == NIGHT - timedelta(seconds=1677)
    assert clock._in_use is before


# --- deeds -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_deed_gives_its_verb_one_moment_and_hands_back_what_it_says() -> None:
    def tells(now: datetime, one: int, *, two: int) -> tuple[datetime, int, int]:
        return now, one, two

    with clock.use(HandClock(NIGHT)):
        assert deed(tells, 1, two=2) == (NIGHT, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_nothing_behind() -> None:
    def half_done(now: datetime) -> None:
        timers.arm("step", "a turn", now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed(half_done)
    assert not Timer.objects.exists()


@pytest.mark.django_db
def test_whoever_lost_against_another_tries_again_at_a_later_moment() -> None:
    moments: list[datetime] = []

    def loses_twice(now: datetime) -> str:
        moments.append(now)
        if len(moments) < 3:
            raise OperationalError from psycopg.errors.DeadlockDetected()
        return "done"

    assert deed(loses_twice) == "done"
    assert moments == sorted(set(moments)), "each try has a moment of its own"


@pytest.mark.django_db
def test_after_five_tries_it_is_said_and_other_trouble_is_said_at_once() -> None:
    tried: list[Exception] = []

    def fails_with(trouble: Exception) -> None:
        tried.clear()

        def verb(_now: datetime) -> None:
            tried.append(trouble)
            raise OperationalError from trouble

        with pytest.raises(OperationalError):
            deed(verb)

    fails_with(psycopg.errors.SerializationFailure())
    assert len(tried) == 5
    fails_with(psycopg.errors.AdminShutdown())
    assert len(tried) == 1
    fails_with(ValueError("the file is gone"))
    assert len(tried) == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_two_deeds_in_a_real_deadlock_are_both_done_in_the_end() -> None:
    timers.arm_many("step", [("sam", NIGHT), ("ines", NIGHT)])
    both_hold_one = threading.Barrier(2)
    tries: list[str] = []

    def takes(now: datetime, first: str, second: str) -> None:
        tries.append(first)
        Timer.objects.filter(subject=first).update(due_at=now)
        if len(tries) <= 2:
            both_hold_one.wait(timeout=5)
        Timer.objects.filter(subject=second).update(due_at=now)

    outcomes = side_by_side(lambda: deed(takes, "sam", "ines"), lambda: deed(takes, "ines", "sam"))
    assert outcomes == [None, None]
    assert len(tries) > 2, "one of them lost at least once"


@pytest.mark.django_db(transaction=True)
def test_through_a_gate_goes_one_at_a_time() -> None:
    inside, most = [0], [0]

    def goes_through(_now: datetime) -> None:
        one_at_a_time(77)
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        Timer.objects.create(kind="gate", subject=str(UUID(int=inside[0])), due_at=NIGHT, next_at=NIGHT).delete()
        inside[0] -= 1

    assert side_by_side(*[lambda: deed(goes_through)] * 6) == [None] * 6
    assert most == [1]


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_a_confirmed_commit_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        assert [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == [
            "wal",
            2,
        ]
        assert cursor.execute("PRAGMA secure_delete").fetchone()[0] == 1
