"""Sets up .venv from the lock files, so that a newcomer needs Python and make and nothing else.

    python3 workshop/set_up.py run     what `make run` needs
    python3 workshop/set_up.py test    that, and what `make test` needs

1. A virtual environment in .venv, made new when it is missing or its Python went away.
2. The pinned uv (workshop/installer.lock), since it is three times as fast as pip; plain pip where uv cannot be had.
3. Exactly what the lock file names. Every file is checked against its hash, and nothing is compiled.
4. This folder on the environment's path, and the command .venv/bin/stepitup.

Uses only the standard library: it runs before anything else is there.
"""

from __future__ import annotations  # so that a Python too old for us gets as far as the sentence that says so

import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCKS = {"run": HOUSE / "requirements.lock", "test": HOUSE / "requirements-dev.lock"}
INSTALLER = HOUSE / "workshop" / "installer.lock"
OLDEST = (3, 11)
# From .venv/lib/python3.X/site-packages. Not the full path: the folder may be moved.
FROM_PACKAGES_TO_HOUSE = "../../../.."

# Not a console script written by pip: this one moves with the folder, and stands a space in the folder's name.
LAUNCHER = """\
#!/bin/sh
# `stepitup`, from whatever folder it is called. Written by workshop/set_up.py.
exec "${0%/*}/python" -P -c 'import sys
from stepitup.site.console import main
sys.argv[0] = "stepitup"
sys.exit(main())' "$@"
"""

NO_VENV = """\
This Python cannot make a virtual environment: its `ensurepip` part is not installed.
  On Debian or Ubuntu:   apt-get install python3-venv
  Without root:          put `uv` on your PATH, or use another Python: make PYTHON=/path/to/python3
"""


class CannotSetUp(Exception):
    """Says in words what is missing and what to do about it."""


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        set_up(purpose)
    except CannotSetUp as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return 0


def set_up(purpose: str) -> None:
    """Make .venv fit for the purpose, and leave a stamp that tells make so."""
    if sys.version_info < OLDEST:
        raise CannotSetUp(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    # Somebody who ran the tests here keeps the test tools when only the shorter lock file changed.
    if stamp_for("test").exists():
        purpose = "test"
    make_venv()
    install(LOCKS[purpose])
    put_the_house_on_its_path()
    for done in ("run", "test") if purpose == "test" else ("run",):
        stamp_for(done).touch()


def stamp_for(purpose: str) -> Path:
    return VENV / f"set-up-to-{purpose}"


def make_venv() -> None:
    if works(VENV_PYTHON, "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    print("Making .venv ...", flush=True)
    if works(Path(sys.executable), "import ensurepip, venv"):
        run(sys.executable, "-m", "venv", str(VENV), otherwise="The virtual environment could not be made.")
    elif uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--no-config", "--python", sys.executable, str(VENV), otherwise=NO_VENV)
    else:
        raise CannotSetUp(NO_VENV)


def install(lock: Path) -> None:
    """Bring .venv to exactly what the lock file names; pip is the second way, for machines where uv has no wheel."""
    print(f"Installing what {lock.name} names ...", flush=True)
    uv = pinned_uv()
    if uv and did(
        *uv, "pip", "sync", "--quiet", "--no-config", "--require-hashes", "--no-build", *at_venv(), str(lock)
    ):
        return
    if not works(VENV_PYTHON, "import pip"):
        raise CannotSetUp(f"uv could not install {lock.name}, and this environment has no pip. See the lines above.")
    print("uv is not at hand or could not do it; trying with pip, which takes a little longer ...", flush=True)
    run(
        *pip_install(lock, "--quiet", "--no-deps"),
        otherwise=f"{lock.name} could not be installed: see the lines above.",
    )


def pinned_uv() -> list[str]:
    """The pinned uv inside .venv; else one on the PATH; else nothing."""
    if not works(VENV_PYTHON, "import pip"):
        found = shutil.which("uv")
        return [found] if found else []
    if did(*pip_install(INSTALLER, "--quiet")):
        return [str(VENV_PYTHON), "-m", "uv"]
    return []


def pip_install(lock: Path, *options: str) -> list[str]:
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    return [*pip, *options, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]


def at_venv() -> list[str]:
    return ["--python", str(VENV_PYTHON)]


def put_the_house_on_its_path() -> None:
    """The package runs from this folder. Nothing is built or copied, so an edit counts at once."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "stepitup-house.pth").write_text(f"{FROM_PACKAGES_TO_HOUSE}\n", encoding="utf-8")
    launcher = VENV / "bin" / "stepitup"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


def works(python: Path, code: str) -> bool:
    return python.exists() and did(str(python), "-c", code, quiet=True)


def did(*command: str, quiet: bool = False) -> bool:
    """Whether the command went well. Its output is shown as it comes, unless it was only a question."""
    return subprocess.run(command, check=False, capture_output=quiet).returncode == 0


def run(*command: str, otherwise: str) -> None:
    if not did(*command):
        raise CannotSetUp(otherwise)


if __name__ == "__main__":
    sys.exit(main())
