"""Presses a second, each durable before it is answered, at one and at eight at once, beside the bare commit.

Three layers, so that one sees what costs what: the bare commit; the verb alone (`call_for_backup` in one deed, no
screen, no watch); the whole press over HTTP, while the watch hands over the pages.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection

from bench.figures import NOTHING_ASKED, Wanted, percentile, say, say_times
from bench.inside.bare_commit import bare_commits
from bench.inside.carrier import SlowCarrier
from bench.inside.phone import Phone, Pressed
from bench.inside.running import running_house
from bench.inside.stamps import Stamps
from bench.inside.team import build_house
from stepitup.calls import actions
from stepitup.calls.actions import Press
from stepitup.calls.models import Call
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging import carriers

HELPERS = 200
BARE = 400
ROUNDS = 6
PRESSES_A_ROUND = 48  # three pages each: a round finds everybody free
_WANTED = {1: Wanted(), 8: Wanted(p50=0.040, p95=0.100)}


def main() -> None:
    build_house(helpers=HELPERS)
    say("conditions", f"{HELPERS} helpers, three paged at each press, carrier answers at once")
    for at_once in (1, 8):
        bare = bare_commits(how_many=BARE, at_once=at_once)
        say_times(f"{at_once} at once: the bare commit", bare)
        with carriers.use(SlowCarrier(Stamps(Path(os.devnull)), seconds=0, lines=1)):
            verb = _rounds(at_once, _press_the_verb, after=_stand_everybody_down)
        _say_beside(f"{at_once} at once: the verb alone", verb, bare)
    with running_house() as house:
        for at_once in (1, 8):
            phones = [Phone(house.port) for _ in range(at_once)]
            bare = bare_commits(how_many=BARE // 4, at_once=at_once)
            pressed, spent = list[Pressed](), house.processor_time()
            times = _rounds(at_once, _press_with(phones, pressed), after=_stand_down_with(phones, pressed))
            errors = sum(1 for one in pressed if not one.token)
            _say_beside(f"{at_once} at once: the whole press over HTTP", times, bare, _WANTED[at_once])
            say(f"{at_once} at once: errors", f"{errors} of {len(pressed)} (wanted 0)")
            each = (house.processor_time() - spent) / len(pressed)
            say("   processor time of the house: press, six tries to page, stand down", f"{each * 1000:.1f} ms")


Round = Callable[[int, int], list[float]]


def _rounds(at_once: int, press: Round, after: Callable[[], None] = lambda: None) -> tuple[list[float], float]:
    """Press in rounds; the seconds of each press, and the presses a second over all rounds."""
    times, spent = list[float](), 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with ThreadPoolExecutor(at_once) as hands:
            shares = [hands.submit(press, hand, PRESSES_A_ROUND // at_once) for hand in range(at_once)]
            times += [seconds for share in shares for seconds in share.result()]
        spent += time.perf_counter() - began
        after()
    return times, len(times) / spent


def _press_the_verb(_hand: int, how_many: int) -> list[float]:
    times = []
    for _ in range(how_many):
        began = time.perf_counter()
        deed(actions.call_for_backup, press=Press(new_id().hex))
        times.append(time.perf_counter() - began)
    connection.close()
    return times


def _stand_everybody_down() -> None:
    for call in Call.objects.exclude(state="closed").values_list("pk", flat=True):
        deed(actions.stand_down, call)
    connection.close()


def _press_with(phones: list[Phone], pressed: list[Pressed]) -> Round:
    def press(hand: int, how_many: int) -> list[float]:
        mine = [phones[hand].press() for _ in range(how_many)]
        pressed.extend(mine)
        return [one.took for one in mine]

    return press


def _stand_down_with(phones: list[Phone], pressed: list[Pressed]) -> Callable[[], None]:
    def stand_down() -> None:
        for one in pressed[-PRESSES_A_ROUND:]:
            phones[0].stand_down(one.token)
        time.sleep(1)

    return stand_down


def _say_beside(
    what: str, measured: tuple[list[float], float], bare: list[float], wanted: Wanted = NOTHING_ASKED
) -> None:
    times, a_second = measured
    say_times(what, times, wanted)
    ratio = percentile(times, 50) / percentile(bare, 50)
    say("", f"{a_second:.0f} presses a second; the median is {ratio:.1f} bare commits")


if __name__ == "__main__":
    main()
