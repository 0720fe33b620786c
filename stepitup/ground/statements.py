"""The few writes that every press and every step repeat, spelled once instead of being composed anew each time.

Django composes each statement from the model when it is used, and that costs five times what the database needs for
it: most of a press was grammar. Here a statement is spelled once for a model and its columns, and run for many rows at
once. Values pass through the model's own fields, so both databases keep just what Django would have kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Model

from stepitup.ground.spelled import as_the_driver_takes

Values = Mapping[str, object]

# SQLite's builds bound the number of values in one statement; the smallest bound still met is 999.
_VALUES_AT_ONCE = 900

# What a column's field would hand to the driver unchanged, or only as `as_the_driver_takes` spells it.
_TEXT, _NUMBER, _MOMENT, _ID = frozenset({str}), frozenset({int}), frozenset({datetime}), frozenset({UUID})
_AS_IT_IS: Mapping[tuple[str, str], frozenset[type]] = {
    **{(vendor, "CharField"): _TEXT for vendor in ("sqlite", "postgresql")},
    **{(vendor, "DateTimeField"): _MOMENT for vendor in ("sqlite", "postgresql")},
    **{(vendor, "UUIDField"): _ID for vendor in ("sqlite", "postgresql")},
    **{(vendor, "BooleanField"): frozenset({bool}) for vendor in ("sqlite", "postgresql")},
    # PostgreSQL's driver is told how wide a number is, by its field.
    **{("sqlite", f"{width}IntegerField"): _NUMBER for width in ("", "Big", "Small", "PositiveSmall")},
    ("sqlite", "BigAutoField"): _NUMBER,
}


class Conflict(NamedTuple):
    """What to do where a row is there already: leave it, or let columns of the new one replace its own.

    `over` names the columns in which there must not be two; without it, any two that the database forbids.
    """

    over: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


SKIP = Conflict()


def insert(model: type[Model], rows: Sequence[Values], *, on_conflict: Conflict | None = None) -> int:
    """Write these rows, each by its columns, and return how many; a column that is not named gets its default.

    The key is among the columns, unless the database gives it. Raises IntegrityError as Django would.
    """
    if not rows:
        return 0
    ours = connections[DEFAULT_DB_ALIAS]
    columns = _columns_of(model, ours.vendor)
    with ours.cursor() as cursor:
        cursor.executemany(_spell_insert(model, on_conflict), [_row(columns, one, ours) for one in rows])
        return int(cursor.rowcount)


def insert_numbered(model: type[Model], rows: Sequence[Values]) -> list[int]:
    """Write these rows, whose key the database gives them, and return the keys in the same order."""
    ours = connections[DEFAULT_DB_ALIAS]
    columns, numbers = _columns_of(model, ours.vendor), list[int]()
    at_once = max(1, _VALUES_AT_ONCE // len(columns))
    with ours.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            values = [value for one in some for value in _row(columns, one, ours)]
            cursor.execute(_spell_insert(model, None, how_many=len(some)) + _spell_returning(model), values)
            numbers += [number for (number,) in cursor.fetchall()]
    return numbers


def update(model: type[Model], changes: Sequence[tuple[Values, Values]], *, count_up: str = "") -> int:
    """Change rows, each by (which, becomes), and return how many were. `count_up` names a column that grows by one.

    Every change names the same columns, so that one statement does for all.
    """
    if not changes:
        return 0
    which, becomes = changes[0]
    statement = _spell_update(model, tuple(becomes), tuple(which), count_up)
    ours = connections[DEFAULT_DB_ALIAS]
    columns = [_column(model, name, ours.vendor) for name in (*becomes, *which)]
    rows = [_prepared(columns, (*becomes.values(), *which.values()), ours) for which, becomes in changes]
    with ours.cursor() as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def delete(model: type[Model], rows: Sequence[Values]) -> int:
    """Delete rows, each by the same columns, and return how many there were. Only for tables nobody points to."""
    if not rows:
        return 0
    which = tuple(rows[0])
    statement = f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {_spell_which(model, which)}"  # noqa: S608  as below
    ours = connections[DEFAULT_DB_ALIAS]
    columns = [_column(model, name, ours.vendor) for name in which]
    with ours.cursor() as cursor:
        cursor.executemany(statement, [_prepared(columns, row.values(), ours) for row in rows])
        return int(cursor.rowcount)


class _Column(NamedTuple):
    """A column as it is written: its name, what stands in it where nothing is said, and which types go as they are."""

    name: str
    field: "Field[Any, Any]"
    default: object
    as_it_is: frozenset[type]


@lru_cache(maxsize=64)
def _columns_of(model: type[Model], vendor: str) -> tuple[_Column, ...]:
    return tuple(_column(model, field.attname, vendor) for field in _fields_of(model))


@lru_cache(maxsize=256)
def _column(model: type[Model], name: str, vendor: str) -> _Column:
    field = _field(model, name)
    inner: Field[Any, Any] = field
    while isinstance(inner, ForeignKey):
        inner = inner.target_field
    return _Column(name, field, field.get_default(), _AS_IT_IS.get((vendor, inner.get_internal_type()), frozenset()))


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
    over = f" ON CONFLICT ({', '.join(_quoted(name) for name in conflict.over)})" if conflict.over else " ON CONFLICT"
    if not conflict.replaced:
        return f"{over} DO NOTHING"
    changed = ", ".join(f"{_quoted(name)} = EXCLUDED.{_quoted(name)}" for name in conflict.replaced)
    return f"{over} DO UPDATE SET {changed}"


@lru_cache(maxsize=256)
def _spell_update(model: type[Model], becomes: tuple[str, ...], which: tuple[str, ...], count_up: str) -> str:
    changed = [f"{_quoted(_field(model, name).column)} = %s" for name in becomes]
    changed += [f"{_quoted(count_up)} = {_quoted(count_up)} + 1"] if count_up else []
    table = _quoted(model._meta.db_table)
    return f"UPDATE {table} SET {', '.join(changed)} WHERE {_spell_which(model, which)}"  # noqa: S608  our own names


def _spell_which(model: type[Model], which: tuple[str, ...]) -> str:
    return " AND ".join(f"{_quoted(_field(model, name).column)} = %s" for name in which)


def _row(columns: Sequence[_Column], row: Values, ours: BaseDatabaseWrapper) -> list[Any]:
    return _prepared(columns, [row.get(column.name, column.default) for column in columns], ours)


def _prepared(columns: Sequence[_Column], values: Iterable[object], ours: BaseDatabaseWrapper) -> list[Any]:
    """The values as the driver takes them: most go as they are, the others each through its own field."""
    return [
        as_the_driver_takes(value, ours)
        if type(value) in column.as_it_is
        else column.field.get_db_prep_save(value, ours)
        for column, value in zip(columns, values, strict=True)
    ]


def _quoted(name: str | None) -> str:
    assert name is not None, "every column of ours has a name"
    return connection.ops.quote_name(name)
