"""Lateness: a thousand steps due within one second among a hundred thousand armed timers, idle and under web load.

Two times a step: until the watch has claimed it, and until its deed (read the call, find who is free, page, arm the
next step) is committed. Only the second helps a caller.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction

from bench.figures import Wanted, say, say_times
from bench.inside.phone import Phone
from bench.inside.running import Running, running_house
from bench.inside.team import build_house
from stepitup.calls import actions, timing
from stepitup.calls.actions import Press
from stepitup.calls.models import Turn
from stepitup.ground.deeds import deed
from stepitup.ground.models import Timer
from stepitup.paging.models import Attempt

HELPERS = 200
STEPS = 1000
A_BUSY_NIGHT = 100
ARMED = 100_000
PRESSES_A_SECOND = 3
LOOKS_A_SECOND = 10
_PATIENCE = 120.0
_WANTED = Wanted(p99=0.1)


def main() -> None:
    build_house(helpers=HELPERS)
    say("conditions", f"{STEPS} open calls, {HELPERS} helpers who all hold a page: most steps find nobody free")
    turns = _open_calls()
    _arm_the_others()
    with running_house() as house:
        time.sleep(2)
        _steps_due(house, turns[:A_BUSY_NIGHT], f"{A_BUSY_NIGHT} steps, idle")
        _steps_due(house, turns, f"{STEPS} steps, idle")
        with _web_load(house.port):
            _steps_due(house, turns, f"{STEPS} steps, {PRESSES_A_SECOND} presses and {LOOKS_A_SECOND} screens a second")


def _open_calls() -> list[str]:
    for _ in range(STEPS):
        deed(actions.call_for_backup, press=Press(uuid4().hex))
    # Their pages count as sent: this measure is about steps.
    Timer.objects.filter(kind__startswith="attempt:").delete()
    Attempt.objects.filter(state="waiting").update(state="handed over")
    return [str(turn) for turn in Turn.objects.values_list("pk", flat=True)]


def _arm_the_others() -> None:
    far = datetime.now(UTC) + timedelta(hours=12)
    with transaction.atomic():
        for _ in range(ARMED // 5000):
            others = [Timer(kind=timing.EXPIRE, subject=str(uuid4()), due_at=far, next_at=far) for _ in range(5000)]
            Timer.objects.bulk_create(others, batch_size=500)
    connection.close()


def _steps_due(house: Running, turns: list[str], how: str) -> None:
    """Let every call's step be due within the same second, three seconds from now, and read what became of it."""
    began, spent = time.time(), house.processor_time()
    due = _make_due(turns, datetime.now(UTC) + timedelta(seconds=4))
    until, done = time.monotonic() + _PATIENCE, dict[str, list[float]]()
    while time.monotonic() < until:
        time.sleep(1)
        noted = house.when("done")
        done = {turn: [at for at in noted[turn] if at > began] for turn in turns}
        if all(done.values()):
            break
    spent, claimed = house.processor_time() - spent, house.when("claimed")
    first = {turn: min(at for at in claimed[turn] if at > began) for turn in turns if done.get(turn)}
    say_times(f"{how}: due to claimed", [first[turn] - due[turn] for turn in first])
    say_times(f"{how}: due to its deed committed", [min(done[turn]) - due[turn] for turn in first], _WANTED)
    say(f"{how}: not done within {_PATIENCE:.0f} s", f"{len(turns) - len(first)} of {len(turns)}")
    say(f"{how}: processor time of the whole house", f"{spent / len(turns) * 1000:.1f} ms a step")


def _make_due(turns: list[str], first: datetime) -> dict[str, float]:
    moments = {turn: first + timedelta(seconds=place / len(turns)) for place, turn in enumerate(turns)}
    with transaction.atomic():
        for turn, at in moments.items():
            Turn.objects.filter(pk=turn).update(next_at=at)
            Timer.objects.filter(kind=timing.STEP, subject=turn).update(next_at=at, due_at=at)
    connection.close()
    if datetime.now(UTC) > first:
        say("", "the steps were due before they were written: this figure is too high")
    return {turn: at.timestamp() for turn, at in moments.items()}


@contextmanager
def _web_load(port: int) -> Iterator[None]:
    """A few callers who press and look, until the end."""
    over = threading.Event()

    def press() -> None:
        phone = Phone(port)
        while not over.wait(1 / PRESSES_A_SECOND):
            phone.stand_down(phone.press().token)

    def look() -> None:
        phone = Phone(port)
        token = phone.press().token
        while not over.wait(1 / LOOKS_A_SECOND):
            phone.look(token)

    callers = [threading.Thread(target=what) for what in (press, look)]
    for caller in callers:
        caller.start()
    try:
        yield
    finally:
        over.set()
        for caller in callers:
            caller.join()


if __name__ == "__main__":
    main()
