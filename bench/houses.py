"""A fresh house on a real disk for each measure: a data folder, a database, and the environment that points there."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.provision.folders import folder_on_disk

DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class BenchHouse:
    """Where a measure is taken."""

    data: Path
    environment: Mapping[str, str]


@contextmanager
def new_house(kind: str, *, server: str) -> Iterator[BenchHouse]:
    """A house on this kind of database; gone at the end."""
    data = folder_on_disk("bench")
    name = f"bench_{secrets.token_hex(4)}"
    url = f"{server}/{name}" if kind == "postgresql" else ""
    try:
        if url:
            _ask(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield BenchHouse(data, _environment(data, url))
    finally:
        if url:
            _ask(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        shutil.rmtree(data, ignore_errors=True)


def _environment(data: Path, url: str) -> dict[str, str]:
    ours = {word: value for word, value in os.environ.items() if not word.startswith("STEPITUP_")}
    settings = {"DJANGO_SETTINGS_MODULE": "stepitup.site.settings", "STEPITUP_DATA": str(data)}
    return {**ours, **settings, **({"STEPITUP_DATABASE_URL": url} if url else {})}


def _ask(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        line.execute(statement)
