"""Press → first page with its carrier: alone, and fifty at once, with a carrier that takes 0.7 s."""

import time
from concurrent.futures import ThreadPoolExecutor

from bench.figures import Wanted, say, say_times
from bench.inside.phone import Phone, Pressed, call_ids
from bench.inside.running import Running, running_house
from bench.inside.team import build_house
from stepitup.calls.models import Asked

HELPERS = 200
IDLE_PRESSES = 40
BURSTS = 3
AT_ONCE = 50
CARRIER_TAKES = 0.7


def main() -> None:
    build_house(helpers=HELPERS)
    say("conditions", f"{HELPERS} helpers, two ways each; the carrier takes {CARRIER_TAKES} s on 64 lines")
    with running_house(carrier_takes=CARRIER_TAKES) as house:
        phone = Phone(house.port)
        for _warm in range(5):
            phone.stand_down(phone.press().token)
        time.sleep(3)
        pressed = [_press_alone(phone) for _ in range(IDLE_PRESSES)]
        alone, _taken = first_pages(house, pressed)
        say_times("alone: press to the first page with its carrier", alone, Wanted(p95=0.1))
        say_times("alone: press to its answer on the screen", [one.took for one in pressed])
        begun, taken, answers = list[float](), list[float](), list[float]()
        for _ in range(BURSTS):
            burst = _press_together(house)
            pages = first_pages(house, burst)
            begun, taken, answers = begun + pages[0], taken + pages[1], answers + [one.took for one in burst]
            for one in burst:
                phone.stand_down(one.token)
            time.sleep(3)
        say_times(f"{AT_ONCE} at once: press to the first page with its carrier", begun, Wanted(p95=1.0))
        say_times(f"{AT_ONCE} at once: until the carrier has taken it (with its 0.7 s)", taken)
        say_times(f"{AT_ONCE} at once: press to its answer on the screen", answers)


def _press_alone(phone: Phone) -> Pressed:
    """Pressed, paged, and quiet again before the next."""
    one = phone.press()
    time.sleep(0.3)
    phone.stand_down(one.token)
    time.sleep(0.7)
    return one


def _press_together(house: Running) -> list[Pressed]:
    phones = [Phone(house.port) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as fingers:
        pressed = list(fingers.map(Phone.press, phones))
    time.sleep(6)
    for phone in phones:
        phone.hang_up()
    return pressed


def first_pages(house: Running, pressed: list[Pressed]) -> tuple[list[float], list[float]]:
    """For each press the seconds until its first page was with the carrier, and until the carrier had taken it."""
    begun, taken, calls = house.when("begun"), house.when("taken"), call_ids(pressed)
    pages: dict[str, list[str]] = {}
    for page, call in Asked.objects.values_list("page_id", "turn__call_id"):
        pages.setdefault(str(call), []).append(str(page))
    waits: tuple[list[float], list[float]] = ([], [])
    for one in pressed:
        for moments, wait in zip((begun, taken), waits, strict=True):
            at = [min(moments[page]) for page in pages.get(calls.get(one.token, ""), ()) if page in moments]
            wait.append(min(at) - one.began if at else float("inf"))
    return waits


if __name__ == "__main__":
    main()
