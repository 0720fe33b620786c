"""Crews and lines by themselves: hands that hang are replaced, and each page has exactly one end."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outcome, Outgoing, Then, Words
from stepitup.watch import line
from stepitup.watch.crew import Crew
from stepitup.watch.line import Line
from tests.rooms.calls_house import NIGHT
from tests.rooms.calls_life import Night
from tests.rooms.watch_house import Carrier, crews, soon

pytestmark = pytest.mark.only_on("sqlite")

_IDS = Night([])


@pytest.fixture(autouse=True)
def everybody_goes_home() -> Iterator[None]:
    yield
    soon(lambda: not crews(), what="hands are left")


def page(attempt: int, carrier: str = "text") -> Outgoing:
    return Outgoing(
        attempt=attempt,
        page=_IDS.new_id(),
        helper=4,
        way=40,
        carrier=carrier,
        to="text:sam",
        words=Words.PAGE,
        text="Can you take one?",
        link="http://localhost/p/x",
        key=f"key-{attempt}",
        at=NIGHT,
    )


# --- a crew ----------------------------------------------------------------------------------------------------------


def test_a_crew_does_as_much_side_by_side_as_it_has_hands() -> None:
    crew, free, begun = Crew("test", 3), threading.Event(), list[int]()

    def work(number: int) -> None:
        begun.append(number)
        free.wait(timeout=10)

    for number in range(5):
        crew.give(lambda number=number: work(number))  # type: ignore[misc]  # a default is how a loop binds
    soon(lambda: len(begun) == 3, what="not all hands are at work")
    free.set()
    soon(lambda: sorted(begun) == [0, 1, 2, 3, 4], what="something was left undone")
    crew.dismiss()


def test_a_job_that_breaks_costs_no_hand(caplog: pytest.LogCaptureFixture) -> None:
    crew, done = Crew("test", 1), threading.Event()
    for _ in range(3):
        crew.give(lambda: 1 / 0)
    crew.give(done.set)
    assert done.wait(timeout=5)
    assert "ZeroDivisionError" in caplog.text
    crew.dismiss()


def test_a_hand_that_hangs_is_replaced_once_and_leaves_when_it_comes_back() -> None:
    crew, free, done = Crew("test", 1), threading.Event(), threading.Event()
    crew.give(lambda: free.wait(timeout=10))
    soon(lambda: crew.replace_stuck(0.0) == 1, what="nobody noticed")
    assert crew.replace_stuck(0.0) == 0
    crew.give(done.set)
    assert done.wait(timeout=5), "nobody took its place"
    assert len(crews()) == 2
    free.set()
    soon(lambda: len(crews()) == 1, what="there is one hand too many")
    crew.dismiss()


def test_whoever_is_quick_enough_is_not_replaced() -> None:
    crew = Crew("test", 2)
    crew.give(lambda: None)
    assert crew.replace_stuck(5.0) == 0
    crew.dismiss()


def test_a_hand_that_is_done_is_idle_and_never_held_for_one_that_hangs() -> None:
    crew, done = Crew("test", 1), threading.Event()
    crew.give(done.set)
    assert done.wait(timeout=5)
    soon(lambda: not crew._busy_since, what="it seems busy for ever")
    assert crew.replace_stuck(-1.0) == 0
    crew.dismiss()


def test_a_dismissed_crew_ends_what_it_was_given_before() -> None:
    crew, done = Crew("test", 2), list[int]()
    for number in range(20):
        crew.give(lambda number=number: done.append(number))  # type: ignore[misc]  # as above
    crew.dismiss()
    soon(lambda: not crews(), what="somebody stayed")
    assert sorted(done) == list(range(20))


# --- a line ----------------------------------------------------------------------------------------------------------


def test_a_line_tells_what_came_of_each_page() -> None:
    works, refuses = Carrier("text"), Carrier("mail", refuses=CannotSend("no such mailbox", Then.UNREACHABLE))
    breaks = Carrier("voice", breaks=ZeroDivisionError())
    told: dict[int, Outcome] = {}
    with carriers.use(works, refuses, breaks):
        lines = [Line(name) for name in ("text", "mail", "voice", "modem")]
        for number, (one, carrier) in enumerate(zip(lines, ("text", "mail", "voice", "modem"), strict=True)):
            one.run(page(number, carrier), then=lambda outcome, number=number: told.update({number: outcome}))  # type: ignore[misc]  # as above
        soon(lambda: len(told) == 4, what="not every page has an end")
        for one in lines:
            one.close()
    assert told[0] == Outcome.handed_over("ref-1")
    assert told[1] == Outcome.unreachable("no such mailbox")
    assert told[2].then is Then.NEXT_WAY
    assert told[3] == Outcome.next_way("not set up"), "a carrier this house no longer has"


def test_a_line_has_room_for_twice_what_its_carrier_takes_at_once() -> None:
    with carriers.use(Carrier("text", at_once=3)):
        text = Line("text")
        assert text.room() == 6
        text.expect(4)
        assert text.room() == 2
        text.one_less()
        assert text.room() == 3
        text.close()


def test_a_page_that_hangs_has_exactly_one_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_GRACE", 0.0)
    hanging = Carrier("text", at_once=1, time_limit=timedelta(seconds=0.05)).hang()
    told: list[Outcome] = []
    with carriers.use(hanging):
        text = Line("text")
        text.run(page(1), then=told.append)
        soon(lambda: bool(hanging.tried), what="it was not even tried")
        _write_off_until(text, lambda: bool(told))
        assert told == [Outcome.next_way("hung")]
        hanging.let_go()
        soon(lambda: bool(hanging.took), what="it does not come back")
        text.run(page(2), then=told.append)
        soon(lambda: len(told) == 2, what="the next page does not go")
        assert told[1] == Outcome.handed_over("ref-2")
        text.close()


def test_a_page_that_waits_for_a_runner_is_not_written_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_GRACE", 0.0)
    hanging = Carrier("text", at_once=1, time_limit=timedelta(seconds=0.05)).hang()
    told: dict[int, Outcome] = {}
    with carriers.use(hanging):
        text = Line("text")
        for number in (1, 2):
            text.run(page(number), then=lambda outcome, number=number: told.update({number: outcome}))  # type: ignore[misc]  # as above
        soon(lambda: bool(hanging.tried), what="it was not even tried")
        _write_off_until(text, lambda: 1 in told)
        hanging.let_go()
        soon(lambda: 2 in told, what="the second never had its turn")
        assert told[2].then is None
        text.close()


def _write_off_until(text: Line, comes_true: Callable[[], bool]) -> None:
    def looks() -> bool:
        text.write_off_stuck()
        return comes_true()

    soon(looks, what="nobody answers for it")
