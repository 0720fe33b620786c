"""The nights that `make test` lives, by seed: `make simulate` lives the very same ones again, and as many more."""

from collections.abc import Callable

from django.db import transaction

from tests.simulation.driver import Night
from tests.simulation.memory_house import MemoryHouse
from tests.simulation.real_house import RealHouse


def in_memory(seed: int, *, events: int = 20) -> None:
    """A night of the engine alone."""
    again = _again(seed, "memory", events)
    Night(seed, MemoryHouse, events=events, calls=4, again=again).live()


def in_the_real_rooms(seed: int, *, events: int = 4) -> None:
    """A night through the rooms as they are built. Nothing of it is kept."""
    again = _again(seed, "real", events)
    with transaction.atomic():
        Night(seed, RealHouse, events=events, calls=2, helpers=5, quiet_minutes=5, again=again).live()
        transaction.set_rollback(True)


HOUSES: dict[str, Callable[..., None]] = {"memory": in_memory, "real": in_the_real_rooms}
EVENTS = {"memory": 20, "real": 4}


def _again(seed: int, house: str, events: int) -> str:
    return f"make simulate SEEDS={seed}:{seed + 1} HOUSE={house} EVENTS={events}"
