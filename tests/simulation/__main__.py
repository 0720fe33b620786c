"""`make simulate SEEDS=1000`, or `SEEDS=4711:4712` to live one night again: in memory, as many as you like."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django


def main() -> int:
    """Live the nights of these seeds; print the story of the first broken promise and return 1."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seeds", default="1000", help="how many, or FROM:TO")
    first, _, beyond = words.parse_args().seeds.rpartition(":")
    os.environ["DJANGO_SETTINGS_MODULE"] = "stepitup.site.settings"
    with tempfile.TemporaryDirectory() as data:
        os.environ["STEPITUP_DATA"] = str(Path(data))
        django.setup()
        return _live(range(int(first or 0), int(beyond)))


def _live(seeds: range) -> int:
    # After django.setup(): the rooms' tables need the settings.
    from tests.simulation.driver import BrokenPromise, Night  # noqa: PLC0415  see above
    from tests.simulation.memory_house import MemoryHouse  # noqa: PLC0415  see above

    for seed in seeds:
        try:
            Night(seed, MemoryHouse, events=30, calls=4).live()
        except BrokenPromise as broken:
            print(broken)
            return 1
    print(f"{len(seeds)} nights lived, no promise broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
