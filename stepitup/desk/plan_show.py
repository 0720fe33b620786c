"""`stepitup plan show`: the plan in words, for each wish a caller may have."""

import argparse
import sys

from stepitup.calls.plan import Plan, plan_for
from stepitup.calls.plan_file import FILE_NAME, PlanFile, read_plan
from stepitup.desk.plan_words import plan_in_words, times_in_words
from stepitup.ground.team import team
from stepitup.ground.vocabulary import ANYONE, Kind

_WISHES: tuple[tuple[str, str | None], ...] = (
    ("Who says nothing, or wants a peer first", None),
    ("Who wants a chaplain first", Kind.CHAPLAIN.value),
    ("Who wants a clinician first", Kind.CLINICIAN.value),
    ("Who wants whoever answers first", ANYONE),
)


def do(_options: argparse.Namespace) -> int:
    """Print it; 1 when the team's file cannot be read and the default stands in its place."""
    read = read_plan(team().data)
    say_mistakes(read)
    print(_where_it_stands(read))
    for whom, wants in _WISHES:
        print(f"\n{whom}:")
        for line in plan_in_words(plan_for(wants, read.plan)):
            print(line)
    _say_what_holds_for_all(read.plan)
    return 1 if read.mistakes else 0


def say_mistakes(read: PlanFile) -> None:
    """Every mistake in the team's file, with its line."""
    for mistake in read.mistakes:
        sys.stderr.write(f"{FILE_NAME}: {mistake}\n")
    if read.mistakes:
        sys.stderr.write(f"Until {FILE_NAME} is mended, the default plan holds.\n")


def _where_it_stands(read: PlanFile) -> str:
    file = team().data / FILE_NAME
    return f"The team's own plan, from {file}." if read.is_own else f"The default plan; your own would stand in {file}."


def _say_what_holds_for_all(plan: Plan) -> None:
    print()
    for line in times_in_words(plan):
        print(line)
    print("Times count from the press. A step with nobody fit is skipped at once. Calls under way keep their plan.")
