"""The one place that knows the solver library: the least-cost pairs of a crew, exactly.

Each helper is a column for each caller they have room for, and each caller has one more column that costs more than all
pairs together: to be alone. So the cheapest assignment leaves as few alone as can be, and is the closest among those.
The library is an extra (`pip install stepitup[crew]`) and is opened only when a crew is paired.
"""

from importlib.util import find_spec

from stepitup.roster.crew import Solver
from stepitup.roster.crew_plain import Problem, pair_plainly


def best_solver() -> Solver:
    """The exact solver where its library is installed, the plain way elsewhere."""
    return pair_exactly if find_spec("scipy") else pair_plainly


def pair_exactly(problem: Problem) -> list[int | None]:
    """For each caller the place of a helper, or None where nobody is left who may come."""
    # Here, because the library is an extra, and large: nothing else in the house may wait for it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    many = len(problem.costs)
    if not many:
        return []
    alone = 1 + sum(max((cost for cost in row if cost is not None), default=0) for row in problem.costs)
    columns = [helper for helper, room in enumerate(problem.room) for _ in range(min(room, many))]
    never = 2 * alone
    costs = [
        [_or(row[helper], never) for helper in columns] + [alone if place == caller else never for place in range(many)]
        for caller, row in enumerate(problem.costs)
    ]
    _callers, chosen = linear_sum_assignment(costs)
    return [columns[place] if place < len(columns) else None for place in map(int, chosen)]


def _or(cost: int | None, never: int) -> int:
    return never if cost is None else cost
