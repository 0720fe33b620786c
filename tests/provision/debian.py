"""Programs out of Debian's packages, unpacked into a folder of ours: nothing is installed and no daemon is started.

    debian.unpack(["gammu-smsd"], into=CACHE / "gammu-smsd")

`apt-get` downloads the packages and the libraries this machine lacks; it works for anybody who gives it folders of
their own, and still sees what the machine has installed. `dpkg` unpacks them.
"""

import fcntl
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def unpack(packages: list[str], *, into: Path) -> Path | None:
    """Bring these packages and what they need into this folder; the root of the unpacked tree, or None."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return None
    into.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(into):
        return _unpack(packages, into)


def _unpack(packages: list[str], into: Path) -> Path | None:
    print(f"Bringing {packages[0]} with apt-get, into the cache ...", flush=True)
    archives = into / "apt" / "archives"
    for folder in (archives / "partial", into / "apt" / "lists" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    apt = [
        *("apt-get", "-qq", "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root"),
        *("-o", f"Dir::State={into / 'apt'}", "-o", f"Dir::State::lists={into / 'apt' / 'lists'}"),
        *("-o", "Dir::State::status=/var/lib/dpkg/status", "-o", f"Dir::Cache={into / 'apt'}"),
    ]
    if not did([*apt, "update"]):
        return None
    if not did([*apt, "install", "--yes", "--no-install-recommends", "--download-only", *packages]):
        return None
    unpacked = [did(["dpkg", "-x", str(package), str(into / "root")]) for package in archives.glob("*.deb")]
    return into / "root" if unpacked and all(unpacked) else None


@contextmanager
def _one_at_a_time(into: Path) -> Iterator[None]:
    """Several workers may want the same part at once; the second finds it there and unpacks over itself."""
    with (into / "one-at-a-time").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def libraries(root: Path) -> str:
    """Where the unpacked programs find the libraries that came along, as LD_LIBRARY_PATH wants it."""
    places = (root / "usr" / "lib", root / "lib")
    machine = f"{platform.machine()}-linux-gnu"
    return ":".join(str(place) for folder in places for place in (folder / machine, folder))


def did(command: list[str], *, environment: dict[str, str] | None = None, seconds: float = 600) -> bool:
    """Whether a command went well; where it did not, the end of what it said is shown."""
    quietly = {**os.environ, **(environment or {}), "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=quietly, timeout=seconds, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        print(f"{' '.join(command[:4])} ...: {done.stderr.strip()[-400:]}", flush=True)
    return done.returncode == 0
