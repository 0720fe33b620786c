"""Writes the lock files anew from the .in files: exact versions and hashes, for every Python and machine we serve.

Run by `make lock`, and by hand only. No registry's address goes into a lock file: whoever installs has their own.
"""

import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
COMPILE = (
    *("uv", "pip", "compile", "--no-config", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
)
# The longer one takes the versions of the shorter one, so that tests try what `make run` runs.
LOCKS = (
    ("requirements.in", "requirements.lock", ()),
    ("requirements-dev.in", "requirements-dev.lock", ("--constraint", "requirements.lock")),
    ("workshop/installer.in", "workshop/installer.lock", ()),
)


def main() -> int:
    for source, lock, options in LOCKS:
        before = versions_in(lock)
        subprocess.run([sys.executable, "-m", *COMPILE, *options, "-o", lock, source], cwd=HOUSE, check=True)
        tell_what_changed(lock, before=before, after=versions_in(lock))
    print("Now: make test, then docs/dependencies.md where a version or a reason changed.")
    return 0


def versions_in(lock: str) -> dict[str, str]:
    path = HOUSE / lock
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if "://" in text:
        raise SystemExit(f"{lock} names an address. A lock file names versions and hashes only.")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


def tell_what_changed(lock: str, *, before: dict[str, str], after: dict[str, str]) -> None:
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    print(f"{lock}: {len(after)} parts, {len(changed)} changed")
    for name in changed:
        print(f"  {name}: {before.get(name, 'new')} -> {after.get(name, 'gone')}")


if __name__ == "__main__":
    sys.exit(main())
