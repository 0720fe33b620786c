"""`stepitup crew pair FILE [--to PAIRS.CSV] [--kind KIND] [--each N]`: after a bad day, somebody for each of a crew.

Nothing is stored, no page goes and no call is made: it is a list for whoever coordinates (docs/for-coordinators.md).
"""

import argparse
import sys

from stepitup.desk.files import read_whole, write_whole
from stepitup.ground import clock
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.roster.crew_solver import best_solver
from stepitup.roster.file.crew import LARGEST, read_crew
from stepitup.roster.offering import as_table, offer_to_all


def do(options: argparse.Namespace) -> int:
    """Write the list, or print it; 1 where there is something to mend, or somebody for whom nobody was found."""
    crew, mistakes = read_crew(read_whole(options.file, at_most=LARGEST))
    for mistake in mistakes:
        sys.stderr.write(f"{options.file}: {mistake}\n")
    if mistakes:
        print("Nothing was paired: there is something to mend.")
        return 1
    by = tuple(carriers.in_use())
    offers = offer_to_all(clock.now(), crew, kind=Kind(options.kind), each=options.each, by=by, solve=best_solver())
    if options.to:
        write_whole(options.to, as_table(offers).encode())
        print(f"Written to {options.to}, for your eyes alone: it holds names.")
    else:
        sys.stdout.write(as_table(offers))
    alone = [one.who for one in offers if not one.key]
    print(f"Offered somebody: {len(offers) - len(alone)} of {len(offers)}.", file=sys.stderr)
    if alone:
        print(f"Nobody could be found for: {', '.join(alone)}. Offer them the hotlines and a call.", file=sys.stderr)
    if any(one.is_unsure for one in offers):
        print(
            "Where it says unsure, agency, rank or unit is missing: everybody who may not come was left out.",
            file=sys.stderr,
        )
    return 1 if alone else 0
