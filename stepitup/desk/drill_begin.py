"""`stepitup drill begin [--also-off-duty]`: a test page to everybody who may be woken now."""

import argparse

from stepitup.desk.errors import DrillGoesOn
from stepitup.drills import a_drill
from stepitup.drills.errors import DrillUnderWay
from stepitup.ground import clock, heart, log_book
from stepitup.ground.deeds import deed


def do(options: argparse.Namespace) -> int:
    """Begin, and say how to see what came of it."""
    try:
        deed(a_drill.begin_by_hand, who=log_book.OPERATOR, also_off_duty=options.also_off_duty)
    except DrillUnderWay:
        raise DrillGoesOn from None
    print("The drill has begun. Each test says TEST and that nobody is waiting.")
    if not heart.is_beating(clock.now()):
        print("No watch is alive, so nothing goes out. Start the house within a quarter of an hour: stepitup run.")
    print("See who was reached: stepitup drill show.")
    return 0
