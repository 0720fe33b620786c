"""Ten thousand nights of the engine in memory, and three hundred through the real rooms on each database.

Cut into parts, so that two cores share them.
"""

import pytest

from tests.simulation.nights import in_memory, in_the_real_rooms

_NIGHTS, _PARTS = 10_000, 40
_REAL_NIGHTS, _REAL_PARTS = 300, 20


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("part", range(_PARTS))
def test_no_promise_is_broken_in_ten_thousand_nights(part: int) -> None:
    for seed in range(part, _NIGHTS, _PARTS):
        in_memory(seed)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(_REAL_PARTS))
def test_no_promise_is_broken_in_three_hundred_nights_of_the_real_rooms(part: int) -> None:
    for seed in range(part, _REAL_NIGHTS, _REAL_PARTS):
        in_the_real_rooms(seed)
