"""Which database: SQLite in the data folder, or PostgreSQL by one setting. Both durable to the last commit."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

# WAL lets readers read while one writes; FULL waits for the disk at each commit: a confirmed press survives the plug.
# secure_delete writes zeros over what is deleted, so that "deleted" is also true of the file.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"


def database_from(url: str, *, data: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`, or for SQLite in `data` when it is empty."""
    return _postgresql(url) if url else _sqlite(data / "stepitup.sqlite3")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "stepitup.ground.sqlite_with_one_queue",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        # Is it still the file that is there? One look at the folder for each request.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"timeout": 5, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("STEPITUP_DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _machine_or_folder(parts),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        # A kept connection may have ended with its server: asking first costs less than a press that meets an error.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Few questions are asked, and each again and again: the server reads and plans it twice and then knows it.
            "server_side_binding": True,
            "prepare_threshold": 2,
            # A database that hangs must not hang a press: after two seconds the caller gets the numbers instead.
            "connect_timeout": 2,
            # Its compiler of long statements costs most of a second where our short ones look long to its planner.
            "options": "-c statement_timeout=5000 -c lock_timeout=3000 -c jit=off",
            # One whose machine has gone silent is given up soon, not after the system's quarter of an hour.
            "tcp_user_timeout": 5000,
        },
    }


def _machine_or_folder(parts: SplitResult) -> str:
    """The machine; or, as PostgreSQL's own programs take it, the folder of its socket with %2F for each slash."""
    place = parts.netloc.rpartition("@")[2].partition(":")[0]
    return unquote(place) if place.upper().startswith("%2F") else unquote(parts.hostname or "")
