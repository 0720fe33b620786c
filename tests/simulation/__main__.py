"""`make simulate SEEDS=1000`: more nights than `make test` lives, or longer ones, or one of them once more.

make simulate SEEDS=4711:4712                            that night again, in memory
make simulate SEEDS=47:48 HOUSE=real                     that night again, through the real rooms on SQLite
make simulate SEEDS=100 HOUSE=real EVENTS=60             longer nights
make simulate SEEDS=100 HOUSE=real DATABASE=postgresql   on a PostgreSQL server of its own
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from stepitup.ground.keys import make_site_key
from tests.provision.postgres import running_server


def main() -> int:
    """Live the nights of these seeds; print the story of the first broken promise and return 1."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seeds", default="1000", help="how many, or FROM:TO")
    words.add_argument("--house", choices=("memory", "real"), default="memory")
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--events", type=int, default=0, help="how many things happen in a night")
    said = words.parse_args()
    first, _, beyond = said.seeds.rpartition(":")
    with _settings(said.database), tempfile.TemporaryDirectory() as data:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "stepitup.site.settings", "STEPITUP_DATA": data}
        make_site_key(Path(data) / "secrets" / "site-key")
        django.setup()
        if said.house == "real":
            call_command("migrate", verbosity=0, interactive=False)
        return live(range(int(first or 0), int(beyond)), house=said.house, events=said.events)


def live(seeds: range, *, house: str, events: int = 0) -> int:
    """One night after the other, until a promise is broken."""
    # After django.setup(): the rooms' tables need the settings.
    from tests.simulation.driver import BrokenPromise  # noqa: PLC0415  see above
    from tests.simulation.nights import EVENTS, HOUSES  # noqa: PLC0415  see above

    for seed in seeds:
        try:
            HOUSES[house](seed, events=events or EVENTS[house])
        except BrokenPromise as broken:
            print(broken)
            return 1
    print(f"{len(seeds)} nights lived, no promise broken")
    return 0


@contextmanager
def _settings(database: str) -> Iterator[None]:
    if database == "sqlite":
        yield
        return
    with running_server() as server:
        os.environ["STEPITUP_DATABASE_URL"] = f"{server.url}/postgres"
        yield


if __name__ == "__main__":
    sys.exit(main())
