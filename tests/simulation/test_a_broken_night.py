"""A promise that is broken is found, its seed prints the story, and the night is lived again alone."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from stepitup.calls import changes
from stepitup.calls.life import Life
from stepitup.ground.vocabulary import Kind
from stepitup.paging import next_way
from stepitup.paging.facts import AttemptState, PageState
from tests.simulation import memory_house
from tests.simulation.__main__ import live
from tests.simulation.driver import BrokenPromise
from tests.simulation.nights import in_memory

pytestmark = pytest.mark.only_on("sqlite")

Slip = Callable[[pytest.MonkeyPatch], None]


def _of_changes(name: str, slip: Callable[..., Life]) -> Slip:
    return lambda patch: patch.setattr(changes, name, slip)


def _in_silence(life: Life, *_turn_and_now: object, **_known: object) -> Life:
    return life.with_turn(replace(life.turns[-1], next_at=None))


def _two_winners(life: Life, page: UUID, now: datetime, *, seat_id: UUID, kind: Kind) -> Life:
    after = acknowledge(life, page, now, seat_id=seat_id, kind=kind)
    seat = next(seat for seat in after.seats if seat.id == seat_id)
    turn = after.turn(seat.turn)
    return after.with_turn(replace(turn, asked=tuple(replace(one, state=PageState.YOURS) for one in turn.asked)))


def _nothing(life: Life, *_known: object, **_more: object) -> Life:
    return life


def _loses_a_page(patch: pytest.MonkeyPatch) -> None:
    lost = next_way.NextWay(AttemptState.FAILED)
    patch.setattr(memory_house, "next_way", lambda *_known: lost)


def _stumbles(life: Life, *_known: object, **_more: object) -> Life:
    raise KeyError("a slip of the programmer")


acknowledge = changes.acknowledge
SLIPS: dict[str, tuple[Slip, str]] = {
    "a step that arms no other": (_of_changes("escalate", _in_silence), "is waiting and no step is coming"),
    "a clock put back": (_of_changes("mend", _nothing), "is too far off"),
    "two winners": (_of_changes("acknowledge", _two_winners), "winners"),
    "a page that nobody sends": (_loses_a_page, "is open and was never handed over, nor will be"),
    "a suspended helper keeps the page": (_of_changes("narrow", _nothing), "is suspended and holds an open page"),
    "a call that never ends": (_of_changes("expire", _nothing), "calls are still open after a day"),
    "a slip": (_of_changes("decline", _stumbles), "the house stumbles: KeyError"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_engine_is_found_and_its_night_is_lived_again_alone(
    slip: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks, sentence = SLIPS[slip]
    breaks(monkeypatch)
    story = _first_story(range(300))
    assert sentence in story.partition("\n")[0]
    assert "03:04:00 Rosa presses" in story
    seed = re.search(r"make simulate SEEDS=(\d+):\d+ HOUSE=memory EVENTS=20$", story)
    assert seed is not None
    assert live(range(int(seed[1]), int(seed[1]) + 1), house="memory") == 1
    assert capsys.readouterr().out.strip() == story.strip()


def test_nights_without_a_slip_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert live(range(2), house="memory", events=3) == 0
    assert capsys.readouterr().out == "2 nights lived, no promise broken\n"


def _first_story(seeds: range) -> str:
    for seed in seeds:
        try:
            in_memory(seed)
        except BrokenPromise as broken:
            return str(broken)
    raise AssertionError("nothing was found")
