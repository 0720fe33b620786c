"""The line to one carrier is a bounded pool: so many at once, some made ready beside them, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest

from stepitup.paging import carriers
from stepitup.paging.facts import Outcome
from stepitup.watch.line import _READ_AHEAD, _WITHOUT_CARRIER, Line, Run
from tests.rooms.watch_house import Carrier, crews, soon

pytestmark = pytest.mark.only_on("sqlite")


@contextmanager
def a_line(carrier: Carrier, *, at_most: int | None = None) -> Iterator[tuple[Line, int]]:
    """A line by text in a house with this carrier alone, and its hands; afterwards they have gone home."""
    before = len(crews())
    with carriers.use(carrier):
        line = Line("text", at_most=at_most)
    yield line, len(crews()) - before
    line.close()
    soon(lambda: len(crews()) == before, what="its hands did not go home")


@pytest.mark.parametrize(("at_once", "at_most", "hands"), [(4, None, 4), (40, None, 40), (4, 1, 1), (1, 2, 1)])
def test_as_many_hands_as_the_carrier_takes_at_once(at_once: int, at_most: int | None, hands: int) -> None:
    with a_line(Carrier("text", at_once=at_once), at_most=at_most) as (line, hired):
        assert hired == hands
        assert line.room() == hands + min(hands, _READ_AHEAD)


def test_what_is_expected_takes_room_and_what_has_left_gives_it_back() -> None:
    with a_line(Carrier("text", at_once=2)) as (line, _hired):
        assert line.expect(4).room() == 0
        line.one_less()
        assert line.room() == 1


def test_pages_for_a_carrier_that_was_taken_out_have_a_line_too() -> None:
    with a_line(Carrier("mail")) as (_line, hired):
        assert hired == _WITHOUT_CARRIER


@pytest.mark.parametrize(("seconds", "told"), [(34, []), (36, [Outcome.next_way("hung")])])
def test_a_carrier_has_its_whole_limit_and_a_little_more_before_its_page_goes_the_next_way(
    monkeypatch: pytest.MonkeyPatch, seconds: int, told: list[Outcome]
) -> None:
    said = list[Outcome]()
    with a_line(Carrier("text", time_limit=timedelta(seconds=30))) as (line, _hired):
        line._running[1] = Run(said.append, since=1000.0)
        with monkeypatch.context() as later:
            later.setattr("stepitup.watch.line.time", SimpleNamespace(monotonic=lambda: 1000.0 + seconds))
            line.write_off_stuck()
    assert said == told
