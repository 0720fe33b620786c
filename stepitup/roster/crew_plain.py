"""Pairing a crew without any library: as many as can be get somebody, and nearly the closest pairs.

1. Whoever has the fewest to choose from chooses first, each the cheapest who has room.
2. Where somebody is left over, others step aside for them along a chain, if there is one (Kuhn, 1955): so no other way
   leaves fewer people alone.
3. As long as two, or one and an empty place, would be closer the other way round, they change.

docs/matching.md says how far this is from the best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_ROUNDS: Final = 50  # it is better after each, and so ends by itself; this only bounds the time


@dataclass(frozen=True, slots=True)
class Problem:
    """What each pair of caller and helper costs (None: never), and how many callers each helper has room for."""

    costs: Sequence[Sequence[int | None]]
    room: Sequence[int]


def pair_plainly(problem: Problem) -> list[int | None]:
    """For each caller the place of a helper, or None where nobody is left who may come."""
    pairs = _Pairs(problem)
    for caller in sorted(range(len(problem.costs)), key=pairs.how_many_may_come):
        pairs.give_cheapest(caller)
    for caller, helper in enumerate(pairs.helper_of):
        if helper is None:
            pairs.make_room_for(caller)
    for _ in range(_ROUNDS):
        if not (pairs.move_closer() | pairs.change_about()):
            break
    return pairs.helper_of


class _Pairs:
    """The pairs so far."""

    def __init__(self, problem: Problem) -> None:
        self._costs = problem.costs
        self._left = list(problem.room)
        self.helper_of: list[int | None] = [None] * len(problem.costs)
        self._may_come = [_cheapest_first(row) for row in problem.costs]

    def how_many_may_come(self, caller: int) -> int:
        return len(self._may_come[caller])

    def give_cheapest(self, caller: int) -> None:
        helper = next((one for one in self._may_come[caller] if self._left[one] > 0), None)
        if helper is not None:
            self._give(caller, helper)

    def make_room_for(self, caller: int) -> None:
        """Follow the chains of who could step aside for whom until one ends at somebody with room."""
        came_from: dict[int, int] = {}
        asked = [caller]
        for one in asked:
            for helper in self._may_come[one]:
                if helper in came_from:
                    continue
                came_from[helper] = one
                if self._left[helper] > 0:
                    self._step_aside(caller, helper, came_from)
                    return
                asked += [other for other, theirs in enumerate(self.helper_of) if theirs == helper]

    def move_closer(self) -> bool:
        """Let whoever can go to somebody closer who has room."""
        moved = False
        for caller, helper in enumerate(self.helper_of):
            closer = next((one for one in self._may_come[caller] if self._left[one] > 0), None)
            if helper is not None and closer is not None and self._cost(caller, closer) < self._cost(caller, helper):
                self._left[helper] += 1
                self._give(caller, closer)
                moved = True
        return moved

    def change_about(self) -> bool:
        """Let two change their helpers where that is closer in all."""
        changed = False
        for one, other in self._twos():
            mine, theirs = self.helper_of[one], self.helper_of[other]
            if mine is None or theirs is None or mine == theirs:
                continue
            if self._costs[one][theirs] is None or self._costs[other][mine] is None:
                continue
            now = self._cost(one, mine) + self._cost(other, theirs)
            if self._cost(one, theirs) + self._cost(other, mine) < now:
                self.helper_of[one], self.helper_of[other] = theirs, mine
                changed = True
        return changed

    def _step_aside(self, caller: int, helper: int, came_from: dict[int, int]) -> None:
        while True:
            one = came_from[helper]
            before = self.helper_of[one]
            self._give(one, helper)
            if one == caller or before is None:
                return
            self._left[before] += 1
            helper = before

    def _give(self, caller: int, helper: int) -> None:
        self.helper_of[caller] = helper
        self._left[helper] -= 1

    def _cost(self, caller: int, helper: int) -> int:
        cost = self._costs[caller][helper]
        assert cost is not None, "a pair that a never-rule forbids was made"
        return cost

    def _twos(self) -> Iterator[tuple[int, int]]:
        many = len(self.helper_of)
        return ((one, other) for one in range(many) for other in range(one + 1, many))


def _cheapest_first(row: Sequence[int | None]) -> list[int]:
    return [helper for _cost, helper in sorted((cost, helper) for helper, cost in enumerate(row) if cost is not None)]
