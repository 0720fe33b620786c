"""The few writes that every press and every step repeat, spelled once instead of being composed anew each time.

Django composes each statement from the model when it is used, and that costs five times what the database needs for
it: most of a press was grammar. Here a statement is spelled once for a model and its columns, and run for many rows at
once. Values pass through the model's own fields, so both databases keep just what Django would have kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

Values = Mapping[str, object]
Fields = Sequence["Field[Any, Any]"]

# SQLite's builds bound the number of values in one statement; the smallest bound still met is 999.
_VALUES_AT_ONCE = 900


class Conflict(NamedTuple):
    """What to do where a row is there already: leave it, or let columns of the new one replace its own."""

    over: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


SKIP = Conflict()


def insert(rows: Sequence[Model], *, on_conflict: Conflict | None = None) -> None:
    """Write these rows of one model; their key is set already. Raises IntegrityError as Django would."""
    if not rows:
        return
    fields = _fields_of(type(rows[0]))
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        cursor.executemany(_spell_insert(type(rows[0]), on_conflict), [_row(fields, one, ours) for one in rows])


def insert_numbered(rows: Sequence[Model]) -> None:
    """Write these rows of one model, whose key the database gives them; each row knows its key afterwards."""
    if not rows:
        return
    model = type(rows[0])
    fields = _fields_of(model)
    at_once = max(1, _VALUES_AT_ONCE // len(fields))
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            values = [value for one in some for value in _row(fields, one, ours)]
            cursor.execute(_spell_insert(model, None, how_many=len(some)) + _spell_returning(model), values)
            for one, (number,) in zip(some, cursor.fetchall(), strict=True):
                one.pk = number


def update(model: type[Model], changes: Sequence[tuple[Values, Values]], *, count_up: str = "") -> int:
    """Change rows, each by (which, becomes), and return how many were. `count_up` names a column that grows by one.

    Every change names the same columns, so that one statement does for all.
    """
    if not changes:
        return 0
    which, becomes = changes[0]
    statement = _spell_update(model, tuple(becomes), tuple(which), count_up)
    fields = [_field(model, name) for name in (*becomes, *which)]
    ours = connections[DEFAULT_DB_ALIAS]
    rows = [_prepared(fields, (*becomes.values(), *which.values()), ours) for which, becomes in changes]
    with ours.cursor() as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def delete(model: type[Model], rows: Sequence[Values]) -> int:
    """Delete rows, each by the same columns, and return how many there were. Only for tables nobody points to."""
    if not rows:
        return 0
    which = tuple(rows[0])
    statement = f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {_spell_which(model, which)}"  # noqa: S608  as below
    fields = [_field(model, name) for name in which]
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        cursor.executemany(statement, [_prepared(fields, row.values(), ours) for row in rows])
        return int(cursor.rowcount)


@lru_cache(maxsize=64)
def _fields_of(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    """Every column but a key that the database gives."""
    given = {"AutoField", "BigAutoField"}
    return tuple(field for field in model._meta.concrete_fields if field.get_internal_type() not in given)


@lru_cache(maxsize=256)
def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    if name == "pk":
        assert model._meta.pk is not None, "every table has a key"
        return model._meta.pk
    return next(field for field in model._meta.concrete_fields if name in {field.name, field.attname})


@lru_cache(maxsize=256)
def _spell_insert(model: type[Model], conflict: Conflict | None, *, how_many: int = 1) -> str:
    fields = _fields_of(model)
    columns = ", ".join(_quoted(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    into = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * how_many)}"  # noqa: S608  our own names
    return into + _spell_conflict(conflict)


def _spell_returning(model: type[Model]) -> str:
    return f" RETURNING {_quoted(_field(model, 'pk').column)}"


def _spell_conflict(conflict: Conflict | None) -> str:
    if conflict is None:
        return ""
    if not conflict.replaced:
        return " ON CONFLICT DO NOTHING"
    changed = ", ".join(f"{_quoted(name)} = EXCLUDED.{_quoted(name)}" for name in conflict.replaced)
    return f" ON CONFLICT ({', '.join(_quoted(name) for name in conflict.over)}) DO UPDATE SET {changed}"


@lru_cache(maxsize=256)
def _spell_update(model: type[Model], becomes: tuple[str, ...], which: tuple[str, ...], count_up: str) -> str:
    changed = [f"{_quoted(_field(model, name).column)} = %s" for name in becomes]
    changed += [f"{_quoted(count_up)} = {_quoted(count_up)} + 1"] if count_up else []
    table = _quoted(model._meta.db_table)
    return f"UPDATE {table} SET {', '.join(changed)} WHERE {_spell_which(model, which)}"  # noqa: S608  our own names


def _spell_which(model: type[Model], which: tuple[str, ...]) -> str:
    return " AND ".join(f"{_quoted(_field(model, name).column)} = %s" for name in which)


def _row(fields: Fields, row: Model, ours: BaseDatabaseWrapper) -> list[Any]:
    return _prepared(fields, [getattr(row, field.attname) for field in fields], ours)


def _prepared(fields: Fields, values: Iterable[object], ours: BaseDatabaseWrapper) -> list[Any]:
    """The values as the driver takes them, each through its own field."""
    return [field.get_db_prep_save(value, ours) for field, value in zip(fields, values, strict=True)]


def _quoted(name: str | None) -> str:
    assert name is not None, "every column of ours has a name"
    return connection.ops.quote_name(name)
