"""Ten thousand nights of the engine in memory, and three hundred through the real rooms on each database.

Cut into parts, so that two cores share them.
"""

import pytest
from django.db import transaction

from tests.simulation.driver import Night
from tests.simulation.memory_house import MemoryHouse
from tests.simulation.real_house import RealHouse

_NIGHTS, _PARTS = 10_000, 40
_REAL_NIGHTS, _REAL_PARTS = 300, 20


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("part", range(_PARTS))
def test_no_promise_is_broken_in_ten_thousand_nights(part: int) -> None:
    for seed in range(part, _NIGHTS, _PARTS):
        Night(seed, MemoryHouse, events=20, calls=4).live()


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(_REAL_PARTS))
def test_no_promise_is_broken_in_three_hundred_nights_of_the_real_rooms(part: int) -> None:
    for seed in range(part, _REAL_NIGHTS, _REAL_PARTS):
        with transaction.atomic():
            Night(seed, RealHouse, events=4, calls=2, helpers=5, quiet_minutes=5).live()
            transaction.set_rollback(True)
