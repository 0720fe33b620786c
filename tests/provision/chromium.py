"""A real Chromium for the tests: the machine's own, else from Debian's packages, with root or without.

    browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.FLAGS)

1. On the PATH (or where STEPITUP_CHROMIUM points).
2. As root on Debian or Ubuntu: `apt-get install`.
3. Without root: `apt-get` downloads it and the libraries this machine lacks, `dpkg` unpacks them into the cache.
"""

import os
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.provision.errors import CannotBeHad
from tests.provision.folders import CACHE

# No word to anybody: a browser that looks for its maker's hosts makes a test slow, and a closed network noisy.
FLAGS = (
    "--headless",
    "--no-sandbox",  # as root, and in most containers, Chromium's own sandbox cannot be built; our pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MAC = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
_PACKAGES = ("chromium", "fonts-dejavu-core")
_UNPACKED = CACHE / "chromium"
_STARTER = _UNPACKED / "start-chromium"


@cache
def path() -> Path:
    """A Chromium that starts. Raises CannotBeHad, in words."""
    tried = []
    for way in (_the_machines_own, _from_the_cache, _installed_by_root, _unpacked_without_root):
        found = way()
        tried.append(way.__name__.strip("_").replace("_", " "))
        if found and _starts(found):
            return found
    raise CannotBeHad(
        "Chromium",
        tried=", ".join(tried),
        instead="chromium on the PATH, or STEPITUP_CHROMIUM=/path/to/chromium",
    )


def _the_machines_own() -> Path | None:
    told = os.environ.get("STEPITUP_CHROMIUM")
    names = (told,) if told else _NAMES
    found = next((where for name in names if (where := shutil.which(name))), None)
    if found:
        return Path(found)
    return _MAC if _MAC.exists() else None


def _from_the_cache() -> Path | None:
    return _STARTER if _STARTER.exists() else None


def _installed_by_root() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Bringing Chromium with apt-get ...", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *_PACKAGES]
    _did(["apt-get", "update", "-qq"], environment=quietly)
    return _the_machines_own() if _did(install, environment=quietly) else None


def _unpacked_without_root() -> Path | None:
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return None
    print("Bringing Chromium with apt-get, into the cache ...", flush=True)
    archives = _UNPACKED / "apt" / "archives"
    for folder in (archives / "partial", _UNPACKED / "apt" / "lists" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    # apt works for anybody who gives it folders of their own; it still sees what the machine has installed.
    apt = [
        *("apt-get", "-qq", "-o", "Debug::NoLocking=1", "-o", f"Dir::State={_UNPACKED / 'apt'}"),
        *("-o", f"Dir::State::lists={_UNPACKED / 'apt' / 'lists'}", "-o", "Dir::State::status=/var/lib/dpkg/status"),
        *("-o", f"Dir::Cache={_UNPACKED / 'apt'}"),
    ]
    if not _did([*apt, "update"]):
        return None
    if not _did([*apt, "install", "--yes", "--no-install-recommends", "--download-only", *_PACKAGES]):
        return None
    for package in archives.glob("*.deb"):
        if not _did(["dpkg", "-x", str(package), str(_UNPACKED / "root")]):
            return None
    return _write_starter()


def _write_starter() -> Path:
    """A script that starts the unpacked browser with the libraries beside it."""
    root = _UNPACKED / "root"
    libraries = [place / f"{platform.machine()}-linux-gnu" for place in (root / "usr" / "lib", root / "lib")]
    found = ":".join(str(place) for place in libraries)
    _STARTER.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="{found}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"\n'
        f'exec "{root}/usr/lib/chromium/chromium" "$@"\n',
        encoding="utf-8",
    )
    _STARTER.chmod(0o755)
    return _STARTER


def _starts(browser: Path) -> bool:
    try:
        return _did([str(browser), "--version"], seconds=60)
    except subprocess.TimeoutExpired:
        return False


def _did(command: list[str], *, environment: dict[str, str] | None = None, seconds: float = 600) -> bool:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=seconds, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        print(f"{' '.join(command[:4])} ...: {done.stderr.strip()[-400:]}", flush=True)
    return done.returncode == 0
