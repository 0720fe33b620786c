"""A migrated database for each worker and each house, copied from one template: migrations run once a test run.

`STEPITUP_TEST_DATABASE` says which kind: sqlite (the default) or postgresql.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from stepitup.ground.keys import make_site_key

KINDS = ("sqlite", "postgresql")
SQLITE_FILE = "stepitup.sqlite3"
_TEMPLATE = "stepitup_template"


@dataclass(frozen=True)
class House:
    """A data folder with a site key and a migrated database: all that one running `stepitup` needs."""

    data: Path
    url: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def kind() -> str:
    """Which database this run is about."""
    wanted = os.environ.get("STEPITUP_TEST_DATABASE", "sqlite")
    if wanted not in KINDS:
        raise ValueError(f"STEPITUP_TEST_DATABASE is {wanted!r}; known are {' and '.join(KINDS)}")
    return wanted


def server_url() -> str:
    """The PostgreSQL server of this run, without a database's name."""
    return os.environ["STEPITUP_TEST_POSTGRESQL"]


def run_folder() -> Path:
    """The folder of this run, the same for all its workers."""
    return Path(os.environ["STEPITUP_TEST_FOLDER"])


def worker() -> str:
    """The name of this process among those that share the run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def settle_into(name: str) -> Path:
    """Point the settings of this process at its own data folder and database, before Django reads them."""
    data = run_folder() / kind() / name
    data.mkdir(parents=True, exist_ok=True)
    os.environ["STEPITUP_DATA"] = str(data)
    os.environ.pop("STEPITUP_SITE_KEY_FILE", None)
    os.environ.pop("STEPITUP_DATABASE_URL", None)
    if kind() == "postgresql":
        os.environ["STEPITUP_DATABASE_URL"] = f"{server_url()}/stepitup_{name}"
    return data


def make_ours() -> None:
    """Fill this process's own database from the template."""
    _make_template()
    _copy_template(to=_name_of(connection.settings_dict))


def drop_ours() -> None:
    """Leave nothing of this process's database behind."""
    connection.close()
    _remove(_name_of(connection.settings_dict))


@contextmanager
def new_house(name: str, *, data: Path) -> Iterator[House]:
    """A house of its own for a test that starts the real program; gone at the end."""
    data.mkdir(parents=True, exist_ok=True)
    make_site_key(data / "secrets" / "site-key")
    _make_template()
    target = f"stepitup_{name}" if kind() == "postgresql" else str(data / SQLITE_FILE)
    url = f"{server_url()}/{target}" if kind() == "postgresql" else ""
    _copy_template(to=target)
    ours = {key: value for key, value in os.environ.items() if not key.startswith("STEPITUP_")}
    try:
        yield House(data, url, {**ours, "STEPITUP_DATA": str(data), **({"STEPITUP_DATABASE_URL": url} if url else {})})
    finally:
        _remove(target)


def _make_template() -> None:
    """Migrate the template, unless another worker has done it."""
    done = run_folder() / kind() / "template-is-made"
    done.parent.mkdir(parents=True, exist_ok=True)
    with _one_worker_at_a_time():
        if done.exists():
            return
        if kind() == "postgresql":
            _ask_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        with _connected_to(_template_name()):
            call_command("migrate", verbosity=0, interactive=False)
        done.touch()


def _copy_template(*, to: str) -> None:
    if kind() == "sqlite":
        shutil.copyfile(_template_name(), to)
        return
    # PostgreSQL copies a template only while nobody else is looking at it.
    with _one_worker_at_a_time():
        _remove(to)
        _ask_server(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(to), sql.Identifier(_TEMPLATE)),
        )


def _remove(name: str) -> None:
    if kind() == "postgresql":
        _ask_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        return
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)


def _template_name() -> str:
    return _TEMPLATE if kind() == "postgresql" else str(run_folder() / kind() / "template.sqlite3")


def _name_of(settings: Mapping[str, object]) -> str:
    return str(settings["NAME"])


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Lend this process's connection to another database of the same kind."""
    ours = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()  # on SQLite this also folds the journal into the file, so that the file alone is whole
        connection.settings_dict["NAME"] = ours


@contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    with (run_folder() / "one-at-a-time").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _ask_server(statement: sql.Composed) -> None:
    address = f"{server_url()}/postgres"
    place = unquote(urlsplit(address).hostname or "")
    assert place == "127.0.0.1" or place.startswith("/"), "tests make and drop databases on this machine only"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(statement)
