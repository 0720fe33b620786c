"""Two providers: the second takes over when the first fails or drags, until the first is well again."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from stepitup.paging.carriers.provider import fail_over
from stepitup.paging.carriers.provider.fail_over import (
    ASK_EVERY,
    TOO_LONG,
    Busy,
    Health,
    Watched,
    in_order,
    seconds_for,
)
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import NOBODY, Provider, provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.text_twilio.tests.far_end import carrier, page_to
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")

SAM = "+15125550104"
WELL, SICK = Health(), Health(in_trouble=True)


@pytest.fixture
def first() -> Iterator[Provider]:
    with provider() as peer:
        yield peer


@pytest.fixture
def second() -> Iterator[Provider]:
    with provider() as peer:
        yield peer


# Which goes first, of plain values.


def test_both_well_go_as_the_team_wrote_them() -> None:
    assert in_order([WELL, WELL], 0) == [0, 1]
    assert in_order([Health(took=(2.0, 2.0, 2.0)), Health(took=(0.1, 0.1, 0.1))], 0) == [0, 1]


@pytest.mark.parametrize(
    "unwell", [SICK, Health(took=(3.0, 3.0, 3.0)), Health(open_since=-3.0), Health(took=(0.1,), open_since=-3.0)]
)
def test_one_in_trouble_that_drags_or_hangs_goes_second(unwell: Health) -> None:
    assert in_order([unwell, WELL], 0) == [1, 0]
    assert in_order([unwell, SICK], 0) == [0, 1], "both unwell: as the team wrote them"


def test_one_slow_answer_is_no_illness() -> None:
    assert Health(took=(0.1, 3.0, 0.1)).is_well(0)
    assert Health(took=(3.0, 3.0)).is_well(0)


def test_a_page_waits_short_where_somebody_well_stands_behind() -> None:
    assert seconds_for(0, [WELL, WELL], now=0, left=10) == TOO_LONG
    assert seconds_for(0, [WELL, SICK], now=0, left=10) == 5
    assert seconds_for(1, [WELL, WELL], now=0, left=7) == 7
    assert seconds_for(0, [WELL], now=0, left=10) == 10
    assert seconds_for(0, [WELL, WELL], now=0, left=1) == 1


def test_an_open_question_counts_while_it_is_open() -> None:
    watched = Watched()
    with watched.asking(10.0):
        assert not watched.health().is_well(13.0)
    assert watched.health().is_well(13.0)


def test_who_is_unwell_is_asked_four_times_a_minute_and_no_more() -> None:
    watched = Watched()
    watched.answered(0.0, in_trouble=True, took=0.1)
    asked = [watched.may_ask_again(moment) for moment in (0.1, 14.9, 15.0, 29.9, 30.0)]
    assert asked == [False, False, True, False, True]


def test_one_that_answers_again_is_well_whatever_it_took_before() -> None:
    watched = Watched()
    for _drags in range(3):
        watched.answered(0.0, in_trouble=False, took=3.0)
    assert not watched.health().is_well(0.0)
    watched.is_well_again()
    assert watched.health().is_well(0.0)


def test_it_takes_so_many_at_once_and_whoever_is_done_makes_room() -> None:
    watched = Watched(at_once=1)
    for _one_after_the_other in range(2):
        with watched.asking(0.0), pytest.raises(Busy), watched.asking(0.0):
            pass


# On real lines.


@pytest.mark.parametrize(
    "misbehaves",
    [peer.refuses(500), peer.refuses(401, 20003), peer.refuses(429, 20429, Retry_After="60"),
     peer.refuses(400, 30034), peer.takes_it_and_hangs_up],
)  # fmt: skip
def test_the_second_takes_over_at_once(first: Provider, second: Provider, misbehaves: peer.Misbehave) -> None:
    text = carrier(first, second)
    first.misbehaves = misbehaves
    began = time.monotonic()
    text.send(page_to(SAM))
    text.send(page_to(SAM))
    assert len(second.taken) == 2
    assert len(first.travelled) == 1, "the page behind does not try it first"
    assert time.monotonic() - began < 1


def test_a_number_that_is_none_is_none_with_the_other_too(first: Provider, second: Provider) -> None:
    with pytest.raises(CannotSend) as refused:
        carrier(first, second).send(page_to(NOBODY))
    assert refused.value.then is Then.UNREACHABLE
    assert second.travelled == []


def test_a_refusal_of_one_number_says_nothing_of_the_provider(first: Provider, second: Provider) -> None:
    text = carrier(first, second)
    first.misbehaves = peer.refuses(400, 21612)
    text.send(page_to(SAM))
    first.misbehaves = None
    text.send(page_to("+15125550105"))
    assert (len(first.taken), len(second.taken)) == (1, 1)


def test_nobody_is_followed_to_another_address(first: Provider, second: Provider) -> None:
    first.misbehaves = peer.refuses(307, Location=f"http://127.0.0.1:{second.port}/elsewhere")
    with pytest.raises(CannotSend):
        carrier(first).send(page_to(SAM))
    assert second.travelled == []


def test_where_no_other_is_well_a_page_waits_for_its_place(first: Provider) -> None:
    text, may_end = carrier(first), threading.Event()
    text._watched[0] = busy = Watched(at_once=1)

    def hold() -> None:
        with busy.asking(time.monotonic()):
            may_end.wait(2)

    with ThreadPoolExecutor(1) as hands:
        hands.submit(hold)
        threading.Timer(0.05, may_end.set).start()
        text.send(page_to(SAM))
    assert len(first.taken) == 1


def test_while_the_first_hangs_every_page_goes_by_the_second(
    first: Provider, second: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fail_over, "TOO_LONG", 0.2)
    text = carrier(first, second)
    first.misbehaves = peer.hangs
    began = time.monotonic()
    text.send(page_to(SAM))
    assert 0.2 <= time.monotonic() - began < 1.5
    again = time.monotonic()
    text.send(page_to(SAM))
    assert time.monotonic() - again < 0.2, "only the first page found it out"
    assert len(second.taken) == 2


def test_when_it_is_well_again_it_goes_first_again_and_no_page_was_spent_on_finding_out(
    first: Provider, second: Provider
) -> None:
    hands = [0.0]
    text = carrier(first, second, clock=lambda: hands[0])
    first.misbehaves = peer.refuses(503)
    text.send(page_to(SAM))
    first.misbehaves = None
    hands[0] = ASK_EVERY
    text.send(page_to(SAM))  # asks it, beside this page
    assert first.was_asked_how_it_does.wait(2)
    for thread in [one for one in threading.enumerate() if one.name == "is it well?"]:
        thread.join(timeout=2)
    text.send(page_to(SAM))
    assert (len(first.taken), len(second.taken)) == (1, 2)


def how_often_asked(text: Text, ours: Provider, pages: int) -> int:
    """How often the provider is asked how it does, while so many pages go."""
    before = ours.asked_how_it_does
    for number in range(pages):
        with suppress(CannotSend):
            text.send(page_to(f"+1512555{number:04}"))
    for thread in [one for one in threading.enumerate() if one.name == "is it well?"]:
        thread.join(timeout=2)
    return ours.asked_how_it_does - before


def test_many_pages_ask_it_once_and_one_that_stands_alone_is_asked_by_each_page_anyway(
    first: Provider, second: Provider
) -> None:
    hands = [0.0]
    both, alone = carrier(first, second, clock=lambda: hands[0]), carrier(first, clock=lambda: hands[0])
    first.misbehaves, first.only_for_messages = peer.refuses(503), False
    assert (how_often_asked(both, first, 2), how_often_asked(alone, first, 2)) == (0, 0)
    hands[0] = ASK_EVERY
    assert (how_often_asked(both, first, 3), how_often_asked(alone, first, 3)) == (1, 0)


def test_both_down_is_tried_again(first: Provider, second: Provider) -> None:
    first.misbehaves, second.misbehaves = peer.refuses(401, 20003), peer.refuses(500)
    with pytest.raises(CannotSend) as refused:
        carrier(first, second).send(page_to(SAM))
    assert refused.value.then is Then.TRY_AGAIN


def test_both_hanging_ends_within_the_limit(first: Provider, second: Provider) -> None:
    first.misbehaves = second.misbehaves = peer.hangs
    began = time.monotonic()
    with pytest.raises(CannotSend):
        carrier(first, second, limit=timedelta(seconds=0.4)).send(page_to(SAM))
    assert time.monotonic() - began < 0.4 + 1.5


def test_no_page_is_held_back_however_many_there_are(first: Provider) -> None:
    text = carrier(first)
    with ThreadPoolExecutor(text.at_once) as hands:
        list(hands.map(text.send, [page_to(f"+1512556{number:04}") for number in range(200)]))
    assert len(first.taken) == 200
