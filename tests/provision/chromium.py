"""A real Chromium for the tests: the machine's own, else from Debian's packages, with root or without.

    browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.FLAGS)

1. On the PATH (or where STEPITUP_CHROMIUM points).
2. As root on Debian or Ubuntu: `apt-get install`.
3. Without root: `apt-get` downloads it and the libraries this machine lacks, `dpkg` unpacks them into the cache.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.provision import debian
from tests.provision.errors import CannotBeHad
from tests.provision.folders import CACHE

# What Playwright leaves out itself, whose list ours replaces; and the process in store, unused by every phone.
_LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "SpareRendererForSitePerProcess",
)
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
    "--js-flags=--no-opt --no-maglev",  # a screen is gone before what was made faster for it has been used
    "--renderer-process-limit=1",  # for each phone, else another one for what it shows before its first screen
    f"--disable-features={','.join(_LEFT_OUT)}",
)

# The build without a window is the same browser and takes a quarter less of the processor.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MAC = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
_PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")
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
    debian.did(["apt-get", "update", "-qq"])
    installed = debian.did(["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *_PACKAGES])
    return _the_machines_own() if installed else None


def _unpacked_without_root() -> Path | None:
    root = debian.unpack(list(_PACKAGES), into=_UNPACKED)
    return _write_starter(root) if root else None


def _write_starter(root: Path) -> Path:
    """A script that starts the unpacked browser with the libraries beside it."""
    _STARTER.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="{debian.libraries(root)}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"\n'
        f'exec "{root}/usr/lib/chromium/chromium-headless-shell" "$@"\n',
        encoding="utf-8",
    )
    _STARTER.chmod(0o755)
    return _STARTER


def _starts(browser: Path) -> bool:
    try:
        return debian.did([str(browser), "--version"], seconds=60)
    except subprocess.TimeoutExpired:
        return False
