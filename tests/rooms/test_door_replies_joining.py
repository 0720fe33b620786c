"""A ring that joins the two: only after the limits, only with a number, and no phone shows the other's."""

from collections.abc import Iterator
from xml.etree import ElementTree as Tree

import pytest

from stepitup.calls import actions, questions
from stepitup.calls.errors import LimitsNotRead
from stepitup.calls.joining import key_of, number_to_join
from stepitup.calls.models import Seat
from stepitup.calls.told import Number, Told
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging.facts import NoticeWords
from stepitup.paging.models import Notice
from stepitup.paging.notices import prepare_notices
from tests.rooms.calls_house import answer, hire, press
from tests.rooms.provider_door import HOUSE, brings, provider_house

pytestmark = pytest.mark.django_db

ROSA = "+13035550199"


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with provider_house("voice", "text") as hands:
        yield hands


def sits(*, number: str = ROSA, has_read: bool = True) -> str:
    """Ines sits with Rosa; the secret of her seat."""
    hire("Ines", by=("text", "voice"))
    call = press(Told(number=Number(number)) if number else None).id
    secret = answer(call)
    if has_read:
        for notice in questions.as_caller_sees(call).limits_due:
            deed(actions.limits_read, call, version=notice.version)
    return secret


def asks(what: str = "", key: str = "", **sent: str) -> Tree.Element:
    key = key or key_of(Seat.objects.get().pk)
    response = brings(f"/replies/join/{key}{what}", CallSid="CA1", **sent)
    assert response.status_code == 200
    return Tree.fromstring(response.content)


def test_her_phone_rings_and_then_rosas_from_the_houses_number() -> None:
    deed(actions.join_by_ring, sits())
    [notice] = prepare_notices([Notice.objects.get().pk])
    assert (notice.carrier, notice.to, notice.words) == ("voice", "voice:ines", NoticeWords.JOIN_BY_RING)
    assert notice.link == f"{HOUSE}/replies/join/{key_of(Seat.objects.get().pk)}"
    dial = asks(AnsweredBy="human").find("Dial")
    assert dial is not None
    assert dial.get("callerId") == "+15125550100"
    [number] = dial
    assert number.text == ROSA
    assert str(number.get("url")).endswith("/caller")


def test_pressed_twice_it_rings_once_and_again_when_the_ring_has_ended(hand: HandClock) -> None:
    secret = sits()
    deed(actions.join_by_ring, secret)
    deed(actions.join_by_ring, secret)
    assert Notice.objects.count() == 1
    brings(f"/replies/join/{key_of(Seat.objects.get().pk)}/ended", CallSid="CA1", CallStatus="no-answer")
    deed(actions.join_by_ring, secret)
    assert Notice.objects.count() == 2
    deed(actions.join_by_ring, secret)
    assert Notice.objects.count() == 2
    hand.wind(seconds=76)  # nobody told us how it ended
    deed(actions.join_by_ring, secret)
    assert Notice.objects.count() == 3


def test_when_rosa_presses_one_the_two_are_in_contact() -> None:
    secret = sits()
    assert list(asks("/yes", Digits="1")) == []
    assert questions.as_helper_sees(secret).joined


def test_rosa_presses_one_before_a_word_passes_and_a_voicemail_presses_nothing() -> None:
    sits()
    heard = asks("/caller")
    assert [one.tag for one in heard] == ["Gather", "Gather", "Hangup"]
    words = [say.text for say in heard.iter("Say")]
    assert words[:2] == [
        "Somebody you are waiting for is on the line. Press 1 to talk.",
        "La persona que usted espera está en la línea. Oprima 1 para hablar.",
    ]
    assert list(asks("/yes", Digits="1")) == []
    assert [one.tag for one in asks("/yes", Digits="2")] == ["Hangup"]


def test_before_the_limits_were_read_nobody_is_rung() -> None:
    secret = sits(has_read=False)
    with pytest.raises(LimitsNotRead):
        deed(actions.join_by_ring, secret)
    assert not questions.as_helper_sees(secret).may_join_by_ring
    assert asks(AnsweredBy="human").find("Dial") is None


def test_without_a_number_there_is_nobody_to_ring() -> None:
    secret = sits(number="")
    deed(actions.join_by_ring, secret)
    assert not Notice.objects.exists()
    assert not questions.as_helper_sees(secret).may_join_by_ring


def test_a_seat_that_was_left_rings_nobody() -> None:
    secret = sits()
    deed(actions.hand_back, secret)
    assert asks(AnsweredBy="human").find("Dial") is None
    assert [one.tag for one in asks("/yes", Digits="1")] == ["Hangup"]


def test_her_own_voicemail_is_not_joined_to_rosa() -> None:
    sits()
    assert asks(AnsweredBy="machine_start").find("Dial") is None


@pytest.mark.parametrize("key", ["nonsense", "0" * 54])
def test_a_key_that_we_did_not_write_names_nobody(key: str) -> None:
    sits()
    assert number_to_join(key) is None
    assert number_to_join(f"{Seat.objects.get().pk.hex}{'x' * 22}") is None
    assert number_to_join(key_of(new_id())) is None
    assert asks(key=key).find("Dial") is None


def test_a_helper_with_a_screen_hears_where_to_look_and_is_asked_nothing_on_the_line() -> None:
    sits()
    root = asks(AnsweredBy="human")
    assert [one.tag for one in root] == ["Say", "Dial", "Say"]
    assert root[1].get("action") is None
    assert (root[1].get("timeLimit"), root[1].get("answerOnBridge")) == ("14400", "true")
    assert str(root[2].text).endswith("Look at your seat.")
    assert [one.tag for one in asks("/after", AnsweredBy="human")] == ["Hangup"]
