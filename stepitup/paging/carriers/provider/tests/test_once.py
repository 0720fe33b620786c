"""The same page twice is one message: what was taken is remembered, one try at a time, and not for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from stepitup.paging.carriers.provider import once as room
from stepitup.paging.carriers.provider.once import Once
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")

Send = Callable[[bool], str]


def counting() -> tuple[Send, list[bool]]:
    """Something that sends, and for each time whether the page might have been there already."""
    went = list[bool]()

    def send(in_doubt: bool) -> str:
        went.append(in_doubt)
        return f"SM{len(went)}"

    return send, went


def fails(why: str) -> Send:
    def send(_in_doubt: bool) -> str:
        raise CannotSend(why, Then.TRY_AGAIN)

    return send


def do(once: Once, key: str, send: Send, *, seconds: float = 1.0, in_doubt: bool = False) -> str:
    return once.do(key, send, seconds=seconds, in_doubt=in_doubt)


def test_what_was_taken_is_not_sent_again() -> None:
    once, (send, went) = Once(), counting()
    assert do(once, "a", send) == do(once, "a", send) == "SM1"
    assert do(once, "b", send) == "SM2"
    assert went == [False, False]


@pytest.mark.parametrize(("why", "in_doubt"), [("out of time", True), ("cut off", True), ("status 500", False)])
def test_where_no_answer_came_the_next_try_is_told_that_it_may_be_there(why: str, in_doubt: bool) -> None:
    once, (send, went) = Once(), counting()
    for first in (why, "status 500"):
        with pytest.raises(CannotSend):
            do(once, "a", fails(first))
    do(once, "a", send)
    assert went == [in_doubt]


def test_so_is_the_first_try_of_a_process_that_follows_another() -> None:
    once, (send, went) = Once(), counting()
    do(once, "a", send, in_doubt=True)
    assert went == [True]


def test_two_who_send_the_same_page_take_turns_and_it_goes_once() -> None:
    once, (send, went), may_go = Once(), counting(), threading.Event()

    def slow(in_doubt: bool) -> str:
        may_go.wait(2)
        return send(in_doubt)

    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(do, once, "a", slow) for _ in range(2)]
        may_go.set()
        assert {one.result() for one in both} == {"SM1"}
    assert len(went) == 1


def test_whoever_waits_too_long_for_their_turn_leaves_it_to_the_next_way() -> None:
    once, refused = Once(), list[CannotSend]()

    def waits(in_doubt: bool) -> str:
        with pytest.raises(CannotSend) as caught, ThreadPoolExecutor(1) as hands:
            hands.submit(do, once, "a", fails("never tried"), seconds=0.01).result()
        refused.append(caught.value)
        return "SM1"

    do(once, "a", waits)
    assert [(one.why, one.then) for one in refused] == [("out of time", Then.NEXT_WAY)]


def test_the_newest_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_REMEMBERED", 2)
    once, (send, went) = Once(), counting()
    for key in ("a", "b", "a", "c"):
        do(once, key, send)
    assert len(went) == 3
    do(once, "a", send)
    assert len(went) == 3, "asked for again a moment ago"
    do(once, "b", send)
    assert len(went) == 4, "the oldest made room"
