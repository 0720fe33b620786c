"""`python -m bench`: every measure on each database, each in a fresh house on a real disk.

python -m bench                                  all
python -m bench --only presses --on sqlite       one measure, one database
"""

import argparse
import subprocess
import sys
from contextlib import ExitStack

from bench.conditions import load_in_words, machine_in_words
from bench.houses import DATABASES, new_house
from tests.provision.postgres import running_server

MEASURES = {
    "first_page": "Press to first page: the time until a page is with its carrier, which takes 0.7 s",
    "presses": "Presses a second, each durable, beside the bare cost of the same commit",
    "lateness": "Lateness of 1 000 steps due within one second among 100 000 armed timers",
    "roster": "The roster at 60, 5 000 and 50 000 helpers: who is on duty, the order for one call, press to page",
    "ways": "Press to each way's peer; 500 texts at once; a provider that hangs beside one that is well",
    "duty": "Duty at 60, 5 000 and 50 000 helpers: who is on duty now, gaps, a month's calendar, Today",
    "bringing_in": "50 000 rows of CSV brought in while somebody presses: time, memory, and whether presses wait",
    "screens": "5 000 waiting screens: memory, and the time until all know of a change",
}


def main() -> int:
    """Run what was asked for; the number is that of measures that could not be taken."""
    wanted = argparse.ArgumentParser(prog="python -m bench", description="Measure how fast the house is.")
    wanted.add_argument("--only", choices=MEASURES, action="append", help="this measure alone (may be said twice)")
    wanted.add_argument("--on", choices=DATABASES, action="append", help="this database alone")
    options = wanted.parse_args()
    print(machine_in_words())
    broken = 0
    with ExitStack() as brought:
        servers = options.on or DATABASES
        url = brought.enter_context(running_server(durable=True)).url if "postgresql" in servers else ""
        for measure in options.only or MEASURES:
            print(f"\n== {MEASURES[measure]}", flush=True)
            broken += sum(_take(measure, kind, server=url) for kind in servers)
    return broken


def _take(measure: str, kind: str, *, server: str) -> bool:
    """Take one measure on one database; True when it broke."""
    print(f"\n-- {kind}, load average {load_in_words()} before", flush=True)
    with new_house(kind, server=server) as house:
        taken = subprocess.run([sys.executable, "-m", f"bench.inside.{measure}"], env=house.environment, check=False)
    print(f"   load average {load_in_words()} after", flush=True)
    return taken.returncode != 0


if __name__ == "__main__":
    raise SystemExit(main())
