"""`stepitup duty gaps`: when, in the coming 14 days, nobody of a kind would be there."""

import argparse

from stepitup.ground import clock
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.roster.duty.coming import coming_gaps
from stepitup.roster.duty.told import from_until, who_is_missing


def do(_options: argparse.Namespace) -> int:
    """Print the gaps; 1 where there is one."""
    gaps = coming_gaps(clock.now(), by=tuple(carriers.in_use()))
    for gap in gaps:
        print(f"{who_is_missing(gap)}: {from_until(gap.span.start, gap.span.end, team().zone)}")
    print(f"Gaps in the coming 14 days: {len(gaps) or 'none'} ({team().time_zone}).")
    return 1 if gaps else 0
