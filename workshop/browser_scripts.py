"""Checks the browser scripts: their tests pass, and what is committed is what the sources build.

1. `npm ci` from browser/package-lock.json, unless that was done since the lock file changed.
2. `npm test`.
3. `npm run build`, which writes into door's static folder; a file that changed was not built before it was committed.
"""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

from tests.provision import node
from tests.provision.errors import CannotBeHad
from tests.provision.folders import HOUSE
from workshop.outcomes import Outcome, run_quietly

NAME = "browser scripts"
SOURCES = HOUSE / "browser"
BUILT = HOUSE / "stepitup" / "door" / "static"
INSTALLED = SOURCES / "node_modules" / ".package-lock.json"
LOCK = SOURCES / "package-lock.json"


def check() -> Outcome:
    """Run the three steps; the first that fails is told."""
    began = time.monotonic()
    if not LOCK.exists():
        return Outcome.missing(NAME, f"{LOCK.relative_to(HOUSE)} is not there.")
    try:
        npm, environment = node.npm(), node.environment()
    except CannotBeHad as missing:
        return Outcome.missing(NAME, str(missing))
    for words in _steps():
        outcome = run_quietly(NAME, [*npm, *words], environment, SOURCES)
        if not outcome.passed:
            return outcome
    return _compare_the_build(npm, environment, began=began)


def _steps() -> list[list[str]]:
    fresh = INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime
    install = [] if fresh else [["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]]
    return [*install, ["test"]]


def _compare_the_build(npm: list[str], environment: Mapping[str, str], *, began: float) -> Outcome:
    before = _fingerprints(BUILT)
    built = run_quietly(NAME, [*npm, "run", "build"], environment, SOURCES)
    if not built.passed:
        return built
    after = _fingerprints(BUILT)
    other = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    said = f"Built anew, and different from what was there: {', '.join(other)}. Commit what was built." if other else ""
    return Outcome(NAME, not other, time.monotonic() - began, said)


def _fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
