"""Five thousand waiting screens: what each costs in memory, and how long until they know of a change."""

import asyncio
import os
import resource
import signal
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import psutil
import uvloop
from django.db import connection, transaction

from bench.figures import say, say_times
from bench.inside.phone import Phone
from bench.inside.running import Running, running_house
from bench.inside.screen import Screen
from bench.inside.team import build_house
from stepitup.calls import timing
from stepitup.calls.life import CallState, TurnKind
from stepitup.calls.models import Call, Turn
from stepitup.calls.plan import DEFAULT, plan_as_json
from stepitup.ground import timers
from stepitup.ground.keys import fingerprint, new_id, secret_for

SCREENS = 5000
CHANGES = 60
ALL_AT_ONCE = 3
_OPENING_AT_ONCE = 100
_PATIENCE = 60.0
_NEXT_STEP = timedelta(minutes=4)


def main() -> None:
    _allow_many_connections()
    build_house(helpers=20)
    calls = _open_calls()
    say("conditions", f"{SCREENS} calls, one live stream each")
    with running_house() as house:
        uvloop.run(_measure(house, [secret_for("call", call) for call in calls]))


async def _measure(house: Running, tokens: list[str]) -> None:
    process = psutil.Process(house.pid)
    await asyncio.to_thread(_warm, house, tokens[-1])
    before = process.memory_info().rss
    screens = await _open(house.port, tokens)
    await asyncio.sleep(20)  # a heartbeat for each, so that what grows with use has grown
    after, heard = process.memory_info().rss, sum(1 for screen in screens if screen.heard)
    say("live streams open", f"{sum(1 for screen in screens if screen.is_open)} of {SCREENS}, {heard} have been told")
    each = (after - before) / SCREENS / 1024
    say("memory a stream", f"{each:.1f} KB (wanted ≤ 40{'' if each <= 40 else ', FALLS SHORT'});"
        f" the process: {before / 2**20:.0f} MB before, {after / 2**20:.0f} MB with all")  # fmt: skip
    await _one_by_one(house, screens, tokens)
    await _all_at_once(house, process, screens)


async def _one_by_one(house: Running, screens: list[Screen], tokens: list[str]) -> None:
    """A press that changes one call, until its screen is told: the verb and its commit are in it."""
    lags, answers, phone = [], [], Phone(house.port)
    for place in range(CHANGES):
        began = time.time()
        await asyncio.to_thread(phone.stand_down, tokens[place])
        answers.append(time.time() - began)
        lags.append(await _told(screens[place], began) - began)
        await asyncio.sleep(0.1)
    say_times("one call changes: press to the event on its screen", lags)
    say_times("   (the press's own answer)", answers)


async def _all_at_once(house: Running, process: psutil.Process, screens: list[Screen]) -> None:
    """All calls change in one deed: from its commit until each screen is told."""
    lags, spent = list[float](), 0.0
    for _ in range(ALL_AT_ONCE):
        began, cpu = time.time(), process.cpu_times()
        process.send_signal(signal.SIGUSR1)
        told = [await _told(screen, began) for screen in screens]
        changed = max((await asyncio.to_thread(house.when, "changed"))["all"])
        lags += [at - changed for at in told]
        spent += process.cpu_times().user - cpu.user
        await asyncio.sleep(1)
    say_times(f"all {SCREENS} change at once: commit to the event", lags)
    say("   (processor time for one such change, its deed included)", f"{spent / ALL_AT_ONCE:.2f} s")


async def _told(screen: Screen, since: float) -> float:
    until = time.time() + _PATIENCE
    while screen.heard < since:
        if time.time() > until:
            return float("inf")
        await asyncio.sleep(0.001)
    return screen.heard


async def _open(port: int, tokens: list[str]) -> list[Screen]:
    loop, screens = asyncio.get_running_loop(), list[Screen]()
    for start in range(0, len(tokens), _OPENING_AT_ONCE):
        some = [Screen(token) for token in tokens[start : start + _OPENING_AT_ONCE]]
        await asyncio.gather(*(loop.create_connection(partial(_itself, one), "127.0.0.1", port) for one in some))
        screens += some
        await asyncio.sleep(0.05)
    return screens


def _itself(screen: Screen) -> Screen:
    return screen


def _warm(house: Running, token: str) -> None:
    """What the process loads with its first requests is not the streams' memory."""
    phone = Phone(house.port)
    for _ in range(20):
        phone.look(token)
    phone.hang_up()


def _open_calls() -> list[UUID]:
    """Written at once: this measure is not about presses."""
    now, calls = datetime.now(UTC), [new_id() for _ in range(SCREENS)]
    with transaction.atomic():
        Call.objects.bulk_create([_call(call, now) for call in calls], batch_size=500)
        turns = Turn.objects.bulk_create([_turn(call, now) for call in calls], batch_size=500)
        # With its timer, or the watch would find five thousand searches to mend, and nothing else would be measured.
        for start in range(0, len(turns), 500):
            timers.arm_many(timing.STEP, [(turn.pk, now + _NEXT_STEP) for turn in turns[start : start + 500]])
    connection.close()
    return calls


def _call(call: UUID, now: datetime) -> Call:
    return Call(
        id=call,
        state=CallState.WAITING.value,
        opened_at=now,
        changed_at=now,
        delete_at=now + timedelta(days=8),
        seed=1,
        token_mark=fingerprint(secret_for("call", call)),
        receipt_mark=fingerprint(str(call)),
    )


def _turn(call: UUID, now: datetime) -> Turn:
    return Turn(
        id=new_id(),
        call_id=call,
        number=1,
        kind=TurnKind.FIRST.value,
        state=CallState.WAITING.value,
        plan=plan_as_json(DEFAULT),
        opened_at=now,
        step=0,
        next_at=now + _NEXT_STEP,
        last_step=False,
        hungry=False,
    )


def _allow_many_connections() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    main()
    os._exit(0)  # five thousand lines need no goodbye
