"""Two calls in one night: what Rosa read, typed and was answered with counts for Rosa's call alone."""

from uuid import UUID

import pytest

from stepitup.calls import actions, questions
from stepitup.calls.actions.joining_by_ring import ring_who_has_no_screen
from stepitup.calls.errors import LimitsNotRead, NoSuchSeat, SeatIsOver
from stepitup.calls.joining import key_of, may_join_by_ring, number_to_join
from stepitup.calls.models import Call, Seat
from stepitup.calls.told import Number, Told
from stepitup.ground.deeds import deed
from stepitup.paging.models import Notice
from stepitup.paging.notices import prepare_notices
from stepitup.roster.models import Way
from tests.rooms.calls_house import answer, hire, press
from tests.rooms.provider_door import provider_house

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

ROSA, TOM = "+13035550199", "+13035550188"


def two_calls(*, by: tuple[str, ...] = ("text", "voice")) -> tuple[tuple[UUID, str], tuple[UUID, str]]:
    """Rosa's call and Tom's, each with a helper in the seat: call and secret of each."""
    hire("Ines", by=by)
    rosa = press(Told(number=Number(ROSA))).id
    with_rosa = answer(rosa)
    hire("Sam", by=by)
    tom = press(Told(number=Number(TOM))).id
    return (rosa, with_rosa), (tom, answer(tom))


def reads(call: UUID) -> None:
    for notice in questions.as_caller_sees(call).limits_due:
        deed(actions.limits_read, call, version=notice.version)


def test_the_limits_that_tom_read_do_not_count_for_rosa() -> None:
    with provider_house("voice", "text"):
        (rosa, with_rosa), (tom, with_tom) = two_calls()
        reads(tom)
        assert questions.as_caller_sees(rosa).limits_due
        with pytest.raises(LimitsNotRead):
            deed(actions.join_by_ring, with_rosa)
        deed(actions.join_by_ring, with_tom)
        assert Notice.objects.count() == 1


def test_limits_of_another_wording_are_not_the_limits_that_were_read() -> None:
    with provider_house("voice", "text"):
        (rosa, with_rosa), _tom = two_calls()
        reads(rosa)
        Call.objects.get(pk=rosa).limits_read.update(version="worded otherwise")
        assert questions.as_caller_sees(rosa).limits_due
        with pytest.raises(LimitsNotRead):
            deed(actions.join_by_ring, with_rosa)


def test_each_seat_rings_its_own_caller_and_a_wrong_secret_nobody() -> None:
    with provider_house("voice", "text"):
        (rosa, with_rosa), (tom, with_tom) = two_calls()
        reads(rosa)
        reads(tom)
        seats = {seat.turn.call_id: key_of(seat.pk) for seat in Seat.objects.select_related("turn")}
        assert (number_to_join(seats[rosa]), number_to_join(seats[tom])) == (ROSA, TOM)
        with pytest.raises(NoSuchSeat):
            deed(actions.join_by_ring, "not a secret")
        deed(actions.hand_back, with_rosa)
        with pytest.raises(SeatIsOver):
            deed(actions.join_by_ring, with_rosa)
        deed(actions.join_by_ring, with_tom)


def test_a_ring_joins_only_where_the_house_has_one_and_the_helper_a_phone() -> None:
    with provider_house("voice", "text"):
        (rosa, _secret), _tom = two_calls()
        row, ines = Call.objects.get(pk=rosa), Seat.objects.get(turn__call=rosa).helper_id
        assert may_join_by_ring(row, ines)
        by_text = hire("Earl", by=("text",))
        assert not may_join_by_ring(row, by_text)
    with provider_house("text"):
        assert not may_join_by_ring(row, ines)


def test_the_key_of_a_ring_has_128_bits_that_nobody_guesses() -> None:
    with provider_house("voice", "text"):
        two_calls()
        first, second = (key_of(seat.pk) for seat in Seat.objects.all())
    assert len(first) == len(second) == 32 + 22  # the seat, and 22 letters of six bits
    assert first[32:] != second[32:]


def test_whoever_can_only_be_rung_is_rung_when_their_own_caller_has_read_and_once_they_talk_no_more() -> None:
    with provider_house("voice"):
        (rosa, _secret), (tom, with_tom) = two_calls(by=("voice",))
        Way.objects.filter(carrier="text").delete()
        deed(ring_who_has_no_screen, rosa)
        assert not Notice.objects.exists()  # the limits come first
        reads(rosa)
        assert [notice.to for notice in prepare_notices(Notice.objects.values_list("pk", flat=True))] == ["voice:ines"]
        deed(ring_who_has_no_screen, tom)
        assert Notice.objects.count() == 1
        reads(tom)
        assert Notice.objects.count() == 2
        Seat.objects.update(rings_until=None)
        deed(actions.joined, with_tom)
        deed(ring_who_has_no_screen, tom)
        assert Notice.objects.count() == 2
