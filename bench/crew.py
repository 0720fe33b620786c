"""A crew of 200 and 500 helpers: what the exact and the plain way take, and how far the plain one is from the best.

python -m bench.crew
"""

import os
import random
import time
from datetime import UTC, datetime

import django

from bench.conditions import machine_in_words
from bench.figures import say
from bench.invented import callers_of, facts_of
from stepitup.roster.crew import Problem, Solver, problem_of
from stepitup.roster.crew_plain import pair_plainly
from stepitup.roster.crew_solver import pair_exactly
from workshop.invent_helpers import invent

CALLERS, HELPERS = 200, 500
TEAMS = 5


def main() -> None:
    """Pair a few invented crews with both."""
    print(machine_in_words())
    say("conditions", f"{CALLERS} callers, {HELPERS} helpers with room for none, one or two, {TEAMS} invented teams")
    for seed in range(TEAMS):
        began = time.process_time()
        problem = _problem(seed)
        say(f"-- team {seed}: judging {CALLERS * HELPERS:,} pairs", f"{time.process_time() - began:.2f} s")
        alone, best = _solve("exact", pair_exactly, problem)
        _alone, plain = _solve("plain", pair_plainly, problem)
        say("   the plain way is dearer by", f"{(plain - best) / max(best, 1):.2%} ({alone} alone in both)")


def _problem(seed: int) -> Problem:
    now, chance = datetime.now(UTC), random.Random(seed)
    rows = invent(HELPERS, seed=seed, today=now.date())
    room = {number: chance.choice((0, 1, 1, 2)) for number in range(HELPERS)}
    return problem_of(callers_of(rows, CALLERS, chance), facts_of(rows), room=room, today=now.date(), seed=seed)


def _solve(name: str, solve: Solver, problem: Problem) -> tuple[int, int]:
    began = time.process_time()
    places = solve(problem)
    taken = time.process_time() - began
    cost = sum(problem.costs[caller][place] or 0 for caller, place in enumerate(places) if place is not None)
    say(f"   {name}", f"{taken:.2f} s{' (wanted ≤ 5, FALLS SHORT)' if taken > 5 else ' (wanted ≤ 5)'}, cost {cost:,}")
    return places.count(None), cost


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepitup.site.settings")
    django.setup()
    main()
