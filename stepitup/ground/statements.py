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
    return _run(_spell_insert(model, on_conflict), [_row(columns, one, ours) for one in rows])


def insert_numbered(model: type[Model], rows: Sequence[Values]) -> list[int]:
    """Write these rows, whose key the database gives them, and return the keys in the same order."""
    ours = connections[DEFAULT_DB_ALIAS]
    columns, numbers = _columns_of(model, ours.vendor), list[int]()
    at_once = max(1, _VALUES_AT_ONCE // len(columns))
    with ours.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            some = [_row(columns, one, ours) for one in rows[start : start + at_once]]
            cursor.execute(*_returning(model, some, ours))
            numbers += [number for (number,) in cursor.fetchall()]
    return numbers


def update(model: type[Model], changes: Sequence[tuple[Values, Values]], *, count_up: str = "") -> int:
    """Change rows, each by (which, becomes), and return how many were. `count_up` names a column that grows by one.

    Every change names the same columns, so that one statement does for all; no two changes are of the same row.
    """
    if not changes:
        return 0
    which, becomes = changes[0]
    ours = connections[DEFAULT_DB_ALIAS]
    columns = tuple(_column(model, name, ours.vendor) for name in (*becomes, *which))
    rows = [_prepared(columns, (*becomes.values(), *which.values()), ours) for which, becomes in changes]
    return _run(_spell_update(model, tuple(becomes), tuple(which), count_up), rows)


def delete(model: type[Model], rows: Sequence[Values]) -> int:
    """Delete rows, each by the same columns, and return how many there were. Only for tables nobody points to."""
    if not rows:
        return 0
    which = tuple(rows[0])
    ours = connections[DEFAULT_DB_ALIAS]
    columns = tuple(_column(model, name, ours.vendor) for name in which)
    return _run(_spell_delete(model, which), [_prepared(columns, row.values(), ours) for row in rows])


class _Spelled(NamedTuple):
    """A statement for one row, and on PostgreSQL the same for any number of rows, each column an array."""

    for_one: str
    for_many: str


def _run(spelled: _Spelled, rows: Sequence[Sequence[Any]]) -> int:
    """Run it for each of these rows and say how many were touched. (SQLite runs the one for each; nobody waits.)"""
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(spelled.for_one, rows[0])
        elif ours.vendor == "postgresql":
            cursor.execute(spelled.for_many, _as_arrays(rows))
        else:
            cursor.executemany(spelled.for_one, rows)
        return int(cursor.rowcount)


def _as_arrays(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


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
def _spell_insert(model: type[Model], conflict: Conflict | None) -> _Spelled:
    one, many = _into(model) + _values(model, 1), _into(model) + _from_arrays(_fields_of(model))
    return _Spelled(one + _spell_conflict(conflict), many + _spell_conflict(conflict))


def _returning(model: type[Model], rows: Sequence[Sequence[Any]], ours: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    """The words that write these rows and return their keys, and the values for them."""
    key = f" RETURNING {_quoted(_field(model, 'pk').column)}"
    if ours.vendor == "postgresql":
        return _into(model) + _from_arrays(_fields_of(model)) + key, _as_arrays(rows)
    return _into(model) + _values(model, len(rows)) + key, [value for row in rows for value in row]


@lru_cache(maxsize=64)
def _into(model: type[Model]) -> str:
    columns = ", ".join(_quoted(field.column) for field in _fields_of(model))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) "


@lru_cache(maxsize=256)
def _values(model: type[Model], how_many: int) -> str:
    row = f"({', '.join(['%s'] * len(_fields_of(model)))})"
    return f"VALUES {', '.join([row] * how_many)}"


def _from_arrays(fields: Iterable["Field[Any, Any]"]) -> str:
    """PostgreSQL's rows out of one array a column, in their order: one statement, however many they are."""
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    return f"SELECT * FROM unnest({arrays})"  # noqa: S608  our own names


def _type(field: "Field[Any, Any]") -> str:
    """Its type without a length: casting to a length would cut a text that is too long where it must be refused."""
    return str(field.db_type(connection)).partition("(")[0]


def _spell_conflict(conflict: Conflict | None) -> str:
    if conflict is None:
        return ""
    over = f" ON CONFLICT ({', '.join(_quoted(name) for name in conflict.over)})" if conflict.over else " ON CONFLICT"
    if not conflict.replaced:
        return f"{over} DO NOTHING"
    changed = ", ".join(f"{_quoted(name)} = EXCLUDED.{_quoted(name)}" for name in conflict.replaced)
    return f"{over} DO UPDATE SET {changed}"


@lru_cache(maxsize=256)
def _spell_update(model: type[Model], becomes: tuple[str, ...], which: tuple[str, ...], count_up: str) -> _Spelled:
    table, where = _quoted(model._meta.db_table), len(becomes)
    grows = [f"{_quoted(count_up)} = {table}.{_quoted(count_up)} + 1"] if count_up else []
    changed = [f"{_quoted(_field(model, name).column)} = %s" for name in becomes]
    for_one = f"UPDATE {table} SET {', '.join(changed + grows)} WHERE {_spell_which(model, which)}"  # noqa: S608  our own names
    changed = [f"{_quoted(_field(model, name).column)} = new.c{place}" for place, name in enumerate(becomes)]
    new = _named_arrays(model, (*becomes, *which))
    for_many = f"UPDATE {table} SET {', '.join(changed + grows)} FROM {new} WHERE {_spell_same(model, which, where)}"  # noqa: S608  our own names
    return _Spelled(for_one, for_many)


@lru_cache(maxsize=64)
def _spell_delete(model: type[Model], which: tuple[str, ...]) -> _Spelled:
    start = f"DELETE FROM {_quoted(model._meta.db_table)} "  # noqa: S608  our own names
    using = f"USING {_named_arrays(model, which)} WHERE {_spell_same(model, which, 0)}"
    return _Spelled(f"{start}WHERE {_spell_which(model, which)}", start + using)


def _named_arrays(model: type[Model], names: Sequence[str]) -> str:
    """The same rows as a table `new` with the columns c0, c1 and so on."""
    columns = ", ".join(f"c{place}" for place in range(len(names)))
    return f"({_from_arrays(_field(model, name) for name in names)}) AS new ({columns})"


def _spell_which(model: type[Model], which: Iterable[str]) -> str:
    return " AND ".join(f"{_quoted(_field(model, name).column)} = %s" for name in which)


def _spell_same(model: type[Model], which: Iterable[str], first: int) -> str:
    table = _quoted(model._meta.db_table)
    same = enumerate((_quoted(_field(model, name).column) for name in which), start=first)
    return " AND ".join(f"{table}.{column} = new.c{place}" for place, column in same)


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
