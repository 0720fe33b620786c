"""No group of helpers is starved or buried by the weights: a small run of what docs/matching.md reports at length."""

import pytest

from bench.fairness import simulate

pytestmark = pytest.mark.only_on("sqlite")


def test_no_group_of_helpers_is_starved_or_buried_and_everybody_has_a_turn() -> None:
    shares, paged = simulate(60, 400, seed=3)
    large = {group: share.ratio for group, share in shares.items() if share.fit > 0.1}
    assert len(large) > 20
    assert {group: ratio for group, ratio in large.items() if not 1 / 3 < ratio < 2} == {}
    assert min(paged.values()) > 0
