"""The file of a safe copy: one line that says what it is and when it was made, then everything else sealed.

It opens only with the site key of the house that made it, and not if a single byte was changed: whoever keeps copies
can neither read who helps nor slip in a number of their own.
"""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from stepitup.desk.copying.reading import Contents
from stepitup.desk.errors import CopyDoesNotHold, CopyOfAnotherHouse, NotASafeCopy
from stepitup.desk.files import read_whole, write_whole
from stepitup.ground.errors import SealBroken
from stepitup.ground.seal import Json, seal, unseal

_PURPOSE = "safe copy"
_FIRST_WORDS = b"Step It Up, safe copy, format 1, made "
_AT_MOST = 256 * 1024**2


def write_copy(path: Path, contents: Contents) -> None:
    """Write it whole, for its owner alone, then read it back. Raises CannotWrite, CopyDoesNotHold."""
    first_line = _FIRST_WORDS + contents.made_at.isoformat(timespec="seconds").encode() + b"\n"
    write_whole(path, first_line + seal(_PURPOSE, _as_json(contents)))
    if read_copy(path) != contents:
        path.unlink()
        raise CopyDoesNotHold(path)


def read_copy(path: Path) -> Contents:
    """What a safe copy holds. Raises CannotRead, NotASafeCopy, CopyOfAnotherHouse, SiteKeyMissing."""
    first_line, newline, sealed = read_whole(path, at_most=_AT_MOST).partition(b"\n")
    if not first_line.startswith(_FIRST_WORDS) or not newline or not sealed:
        raise NotASafeCopy(path)
    try:
        told = unseal(_PURPOSE, sealed)
    except (SealBroken, ValueError) as broken:
        raise CopyOfAnotherHouse(path, Path(settings.SITE_KEY_FILE)) from broken
    return _from_json(path, cast("dict[str, Any]", told))


def _as_json(contents: Contents) -> Json:
    told: dict[str, Json] = asdict(contents)
    return {**told, "made_at": contents.made_at.isoformat(), "migrations": [list(one) for one in contents.migrations]}


def _from_json(path: Path, told: dict[str, Any]) -> Contents:
    """What opens under our own seal was written by us: only another format could look different."""
    try:
        return Contents(
            made_at=datetime.fromisoformat(told["made_at"]),
            migrations=tuple((app, name) for app, name in told["migrations"]),
            tables=dict(told["tables"]),
            files=dict(told["files"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotASafeCopy(path) from wrong
