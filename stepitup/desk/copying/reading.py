"""Reading this house for a safe copy: everything as it was at one moment, and no press waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model, QuerySet

from stepitup.desk.copying.held import FILES, HELD, LEFT_BLANK
from stepitup.desk.errors import CannotRead

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
Row = dict[str, Plain]


@dataclass(frozen=True)
class Contents:
    """What a safe copy holds, as plain values. `migrations` says in which shape the tables were."""

    made_at: datetime
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, list[Row]]
    files: dict[str, str]


def read_this_house(now: datetime, data: Path) -> Contents:
    """The team as it stands at this moment."""
    with _one_moment():
        shape = tuple(sorted(MigrationRecorder(connection).applied_migrations()))
        tables = {label: _rows(label) for label in HELD}
    return Contents(made_at=now, migrations=shape, tables=tables, files=_files(data))


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is of one moment. Written by hand: `atomic` would take SQLite's place for writers."""
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _rows(label: str) -> list[Row]:
    model = apps.get_model(label)
    fields = model._meta.concrete_fields
    blank = LEFT_BLANK.get(label, ())
    return [
        {field.attname: None if field.attname in blank else _plain(field, row) for field in fields}
        for row in _still_on_the_roster(model)
    ]


def _still_on_the_roster(model: type[Model]) -> QuerySet[Model]:
    """Who was taken off is deleted within 30 days, and would outlive that in a copy."""
    rows = model._base_manager.order_by("pk")
    if model._meta.label_lower == "roster.helper":
        return rows.filter(removed_at__isnull=True)
    if model._meta.label_lower == "mfa.authenticator":
        return rows.filter(user__helper__removed_at__isnull=True)
    if model._meta.label_lower == "roster.device":
        return rows.filter(account__helper__removed_at__isnull=True)
    if any(field.name == "helper" for field in model._meta.concrete_fields):
        return rows.filter(helper__removed_at__isnull=True)
    return rows


def _plain(field: "Field[object, object]", row: Model) -> Plain:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return field.value_to_string(row)


def _files(data: Path) -> dict[str, str]:
    return {name: _text(data / name) for name in FILES if (data / name).exists()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CannotRead(path, str(wrong)) from wrong
