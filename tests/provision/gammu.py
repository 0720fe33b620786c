"""A real `gammu-smsd` for the tests of the modem: the machine's own, else unpacked from Debian's package.

It is never installed, also not as root: Debian's package starts the daemon, and it would look for a modem for ever.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.provision import debian
from tests.provision.errors import CannotBeHad
from tests.provision.folders import CACHE

_UNPACKED = CACHE / "gammu-smsd"


@dataclass(frozen=True)
class Program:
    """The daemon, and what its environment must hold."""

    path: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def starts(self) -> bool:
        """Whether it starts at all, with the libraries it finds."""
        return debian.did([str(self.path), "--version"], environment=dict(self.environment), seconds=30)


@cache
def program() -> Program:
    """A gammu-smsd that starts. Raises CannotBeHad, in words."""
    for found in (_the_machines_own, _from_the_cache, _brought):
        one = found()
        if one and one.starts():
            return one
    raise CannotBeHad(
        "gammu-smsd",
        tried="the PATH, the cache, and Debian's package unpacked into the cache",
        instead="gammu-smsd on the PATH, or STEPITUP_GAMMU_SMSD=/path/to/gammu-smsd",
    )


def _the_machines_own() -> Program | None:
    found = shutil.which(os.environ.get("STEPITUP_GAMMU_SMSD", "gammu-smsd"))
    return Program(Path(found)) if found else None


def _from_the_cache() -> Program | None:
    root = _UNPACKED / "root"
    daemon = root / "usr" / "bin" / "gammu-smsd"
    return Program(daemon, {"LD_LIBRARY_PATH": debian.libraries(root)}) if daemon.exists() else None


def _brought() -> Program | None:
    return _from_the_cache() if debian.unpack(["gammu-smsd"], into=_UNPACKED) else None
