"""The machine: its clock, its disk, who else on it can read what, and whether the house on it lives."""

import ctypes
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

import stepitup
from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.ground import clock, heart
from stepitup.ground.errors import SiteKeyMissing
from stepitup.ground.keys import site_key

_MB = 1024**2
_NEARLY_FULL, _FILLING = 200 * _MB, 1024 * _MB
_CLOCKS_APART = timedelta(seconds=2)
_A_DAY = timedelta(days=1)
_TIME_ERROR = 5  # adjtimex(2): nothing keeps this clock right
_KEY_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def about_the_folder(data: Path) -> Iterator[Finding]:
    """The data folder, the site key, and the room that is left."""
    if not data.is_dir():
        yield missing(f"There is no data folder {data}.", "`stepitup run --data …` makes one.")
        return
    yield from _who_can_read(data)
    yield from _about_the_site_key(Path(settings.SITE_KEY_FILE))
    yield from about_the_room(data, free=shutil.disk_usage(data).free)


def about_the_room(data: Path, *, free: int) -> Iterator[Finding]:
    """A full disk takes no press."""
    if free < _NEARLY_FULL:
        yield missing(f"The disk under {data} is nearly full: {free // _MB} MB are left.", "Make room: no press fits.")
    elif free < _FILLING:
        yield think(f"The disk under {data} fills: {free // _MB} MB are left.", "Make room before it is night.")


def _who_can_read(data: Path) -> Iterator[Finding]:
    if data.stat().st_mode & _OTHERS:
        yield missing(f"Others on this machine can look into {data}.", f"chmod 700 {data}")
    for path in (Path(settings.SITE_KEY_FILE), data / "team.toml"):
        if path.exists() and path.stat().st_mode & _OTHERS:
            yield missing(f"Others on this machine can read {path}.", f"chmod 600 {path}")


def _about_the_site_key(path: Path) -> Iterator[Finding]:
    try:
        length = len(site_key())
    except SiteKeyMissing:
        yield missing(
            f"There is no site key at {path}.", "`stepitup run` makes one; a restored house needs its old one."
        )
    except (OSError, ValueError):
        yield missing(f"{path} cannot be read as a site key.", "Put the key back from where you keep its second copy.")
    else:
        if length != _KEY_BYTES:
            yield missing(f"{path} is not a whole site key.", "Put the key back from where you keep its second copy.")


def about_the_clock(host_now: datetime) -> Iterator[Finding]:
    """Steps, duty hours and certificates follow the clock; a wrong one pages the wrong people at the wrong time."""
    apart = abs(clock.now() - datetime.now(UTC))  # noqa: TID251  two clocks are held side by side
    if connection.vendor == "postgresql" and apart > _CLOCKS_APART:
        seconds = round(apart.total_seconds())
        yield missing(f"The database's clock and this machine's are {seconds} s apart.", "Set up NTP on both.")
    yield from about_the_date(host_now, installed=_installed_on(), last_beat=heart.last_beat())
    if _is_kept_right() is False:
        yield think("Nothing keeps this machine's clock right.", "Set up NTP (`timedatectl set-ntp true`, or chrony).")


def about_the_date(now: datetime, *, installed: datetime, last_beat: datetime | None) -> Iterator[Finding]:
    """A clock behind what has happened already is wrong for sure."""
    if now < installed - _A_DAY:
        yield missing(
            f"The clock says {now:%Y-%m-%d}, but this program was installed on {installed:%Y-%m-%d}.", "Set the clock."
        )
    if last_beat is not None and last_beat - now > _CLOCKS_APART:
        yield missing(f"The clock says {now:%H:%M:%S}, but the watch beat at {last_beat:%H:%M:%S}.", "Set the clock.")


def _installed_on() -> datetime:
    files = Path(stepitup.__file__).parent.rglob("*.py")
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in files), tz=UTC)


def _is_kept_right() -> bool | None:
    """Whether the kernel holds its clock for synchronised; None where it cannot be asked."""
    try:
        # The struct has some 200 bytes; modes 0 changes nothing and asks only.
        state: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _TIME_ERROR


def about_the_watch(now: datetime) -> Iterator[Finding]:
    """Without a watch no page goes out."""
    if not heart.is_beating(now):
        yield missing("No watch beats: the house is not running, and no page would go out.", "Start it: stepitup run")


def about_durability() -> Iterator[Finding]:
    """A PostgreSQL that does not wait for the disk loses presses that were confirmed."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for word in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {word}")
            if cursor.fetchone()[0] == "off":
                yield missing(f"PostgreSQL has {word} = off: a power cut loses calls.", f"Set {word} = on.")
