"""The few reads and changes that every press, page and step repeat: composed by Django once, and then only run.

    @spelled
    def _open_pages(helpers: Collection[int]) -> QuerySet[Page, tuple[UUID, int]]:
        return Page.objects.filter(helper__in=helpers, state="open").values_list("pk", "helper")

    _open_pages([3, 7])   # a list of (page, helper), asked of the database at each use

Django composes a query anew each time it is used, and that costs five to ten times what the database needs for it.
Here the words of a query are kept for each shape in which it is asked: how many values there are, and of which type.
No answer is kept, nor any value: what is read is what the database holds at that moment.

Values are named by place: each a text, number, moment, day or id, or several of one type, of which something `__in`
is asked. What is named by keyword belongs to the shape, such as a limit.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable
from django.db.models.sql import DeleteQuery, Query, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")
Compose = Callable[..., tuple[Query, bool]]
Converter = tuple[int, Sequence[Callable[..., Any]], Any]

# While a query is composed, each value is stood in for by one that no house has, to see where its place is.
_AN_ARRAY = "array"
_STAND_INS: dict[type, Callable[[int], object]] = {
    UUID: lambda number: UUID(int=number),
    datetime: lambda number: datetime(2, 1, 1, tzinfo=UTC) + timedelta(days=number),
    date: lambda number: date(3, 1, 1) + timedelta(days=number),
    int: lambda number: 2**61 + number,
    str: lambda number: f"stand-in {number}",
}
# SQLite names several values one by one: they are filled up to one of these numbers with the last of them, so that few
# shapes do for all. PostgreSQL takes any number of them as one array.
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 500)


class _Spelling(NamedTuple):
    """One query in the database's words. `slots`: where in `params` which value goes, and in which wrapping."""

    sql: str
    params: list[Any]
    slots: list[tuple[int, int, Callable[[Any], Any] | None]]
    converters: list[Converter]
    is_flat: bool


def spelled(compose: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """A question that is composed once for each shape. It says by `values_list` what it wants, and gets a list."""
    words = _Words(lambda *values, **how: _question(compose(*values, **how)))

    @wraps(compose)
    def asked(*values: P.args, **how: P.kwargs) -> list[Row]:
        spelling, flat = words.of(values, how)
        return [] if spelling is None else _read(spelling, flat)

    return asked


def spelled_update(compose: Callable[P, tuple[QuerySet[Any, Any], Mapping[str, object]]]) -> Callable[P, int]:
    """A change that is composed once for each shape: of which rows, and what each column becomes. Returns how many."""
    words = _Words(lambda *values, **how: (_update(*compose(*values, **how)), False))

    @wraps(compose)
    def changed(*values: P.args, **how: P.kwargs) -> int:
        spelling, flat = words.of(values, how)
        return 0 if spelling is None else _change(spelling, flat)

    return changed


def spelled_delete(compose: Callable[P, QuerySet[Any, Any]]) -> Callable[P, int]:
    """A deletion that is composed once for each shape; only for tables that nobody points to. Returns how many."""
    words = _Words(lambda *values, **how: (_delete(compose(*values, **how)), False))

    @wraps(compose)
    def deleted(*values: P.args, **how: P.kwargs) -> int:
        spelling, flat = words.of(values, how)
        return 0 if spelling is None else _change(spelling, flat)

    return deleted


class _Words:
    """The words of one query for each shape in which it was asked; None where nothing could ever answer to it."""

    def __init__(self, compose: Compose) -> None:
        self._compose = compose
        self._known: dict[Hashable, _Spelling | None] = {}

    def of(self, values: Iterable[Any], how: Mapping[str, Any]) -> tuple[_Spelling | None, list[Any]]:
        """Its words for these values, and all values in one row."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        shape, flat = _taken_apart(values, as_arrays=vendor == "postgresql")
        key = (vendor, shape, *how.items())
        if key not in self._known:
            self._known[key] = _spell(self._compose, shape, how)
        return self._known[key], flat


def _question(asked: QuerySet[Any, Any]) -> tuple[Query, bool]:
    is_flat = issubclass(asked._iterable_class, FlatValuesListIterable)
    assert is_flat or issubclass(asked._iterable_class, ValuesListIterable), "say by values_list what is wanted"
    return asked.query, is_flat


def _update(rows: QuerySet[Any, Any], becomes: Mapping[str, object]) -> Query:
    query = rows.query.chain(UpdateQuery)
    assert isinstance(query, UpdateQuery), "chain makes what it is given"
    query.add_update_values(dict(becomes))
    return query


def _delete(rows: QuerySet[Any, Any]) -> Query:
    return rows.query.chain(DeleteQuery)


def _taken_apart(values: Iterable[Any], *, as_arrays: bool) -> tuple[tuple[Hashable, ...], list[Any]]:
    """The shape of these values, and all of them in one row: several as one list, or one by one."""
    shape, flat = list[Any](), list[Any]()
    for value in values:
        if type(value) in _STAND_INS:
            shape.append(type(value))
            flat.append(value)
            continue
        some = list(value)
        if as_arrays:
            shape.append((type(some[0]), _AN_ARRAY) if some else (None, 0))
            flat += [some] if some else []
            continue
        length = _length_for(len(some))
        shape.append((type(some[0]) if some else None, length))
        flat += some
        flat += some[-1:] * (length - len(some))
    return tuple(shape), flat


@lru_cache(maxsize=1024)
def _length_for(how_many: int) -> int:
    return next((length for length in _LENGTHS if length >= how_many), how_many)


def _spell(compose: Compose, shape: Iterable[Any], how: Mapping[str, Any]) -> _Spelling | None:
    """Compose it with a stand-in for each value, and find the places of them."""
    stand_ins, arrays = list[object](), set[int]()
    query, is_flat = compose(*_stand_ins_for(shape, stand_ins, arrays), **how)
    ours = connections[DEFAULT_DB_ALIAS]
    compiler = query.get_compiler(connection=ours)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    place_of = {as_the_driver_takes(one, ours): place for place, one in enumerate(stand_ins)}
    slots = [(at, place_of[one], _wrapper_of(one)) for at, one in enumerate(params) if one in place_of]
    assert {place for _at, place, _wrap in slots} == set(place_of.values()), "a value has no place in the query"
    sql = _with_arrays(sql, [at for at, place, _wrap in slots if place in arrays])
    return _Spelling(sql, list(params), slots, converters_of(compiler), is_flat)


def _stand_ins_for(shape: Iterable[Any], made: list[object], arrays: set[int]) -> Iterable[object]:
    """A stand-in for each value, noted in `made`; those that stand for a whole array are noted in `arrays` too."""
    for one in shape:
        kind, length = one if isinstance(one, tuple) else (one, None)
        begun = len(made)
        if length == _AN_ARRAY:
            arrays.add(begun)
        made += [_STAND_INS[kind](begun + number) for number in range(length if isinstance(length, int) else 1)]
        yield made[begun] if length is None else tuple(made[begun:])


def _with_arrays(sql: str, places: Iterable[int]) -> str:
    """The same, but the values in these places are arrays: what was `IN` one value is `= ANY` of them."""
    parts = sql.split("%s")
    for place in places:
        before, asked = parts[place], " IN ("
        assert before.endswith(asked), "several values are only for `__in`"
        parts[place] = before.removesuffix(asked) + " = ANY("
    return "%s".join(parts)


def _wrapper_of(param: object) -> Callable[[Any], Any] | None:
    """PostgreSQL's driver is told by a type of its own how wide a number is."""
    return type(param) if isinstance(param, int) and type(param) is not int else None


def as_the_driver_takes(value: Any, ours: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  a value may be of any type
    """A text, number, moment, day or id as the database's driver wants it."""
    kind, is_text = type(value), ours.vendor == "sqlite"
    if kind is list:
        return [as_the_driver_takes(one, ours) for one in value]
    if kind is datetime:
        return _written(value) if is_text and value.tzinfo is UTC else ours.ops.adapt_datetimefield_value(value)
    if kind is UUID:
        return value.hex if is_text else value
    return ours.ops.adapt_datefield_value(value) if kind is date else value


@lru_cache(maxsize=64)
def _written(moment: datetime) -> str:
    """As SQLite keeps it. One deed names the same moment dozens of times. (Never a zone whose clock is put back: there
    two moments an hour apart count as equal.)
    """
    return str(moment.replace(tzinfo=None))


def _filled(spelling: _Spelling, flat: Sequence[Any], ours: BaseDatabaseWrapper) -> list[Any]:
    taken = [as_the_driver_takes(value, ours) for value in flat]
    params = spelling.params.copy()
    for at, place, wrap in spelling.slots:
        one = taken[place]
        if wrap is None:
            params[at] = one
        else:
            params[at] = [wrap(each) for each in one] if type(one) is list else wrap(one)
    return params


def _read(spelling: _Spelling, flat: Sequence[Any]) -> list[Any]:
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        cursor.execute(spelling.sql, _filled(spelling, flat, ours))
        rows: list[Any] = cursor.fetchall()
    if spelling.converters:
        rows = [converted(row, spelling.converters, ours) for row in rows]
    return [row[0] for row in rows] if spelling.is_flat else rows


def converters_of(compiler: SQLCompiler) -> list[Converter]:
    """What makes our values of the driver's, for each place of a row that needs it."""
    columns = [column for column, *_ in compiler.select or ()][: getattr(compiler, "col_count", None) or 0]
    return [(place, convert, column) for place, (convert, column) in compiler.get_converters(columns).items()]


def converted(raw: Iterable[Any], converters: Iterable[Converter], ours: BaseDatabaseWrapper) -> tuple[Any, ...]:
    """A row of ours from one of the driver's."""
    row = list(raw)
    for place, converting, column in converters:
        for convert in converting:
            row[place] = convert(row[place], column, ours)
    return tuple(row)


def _change(spelling: _Spelling, flat: Sequence[Any]) -> int:
    ours = connections[DEFAULT_DB_ALIAS]
    with ours.cursor() as cursor:
        cursor.execute(spelling.sql, _filled(spelling, flat, ours))
        return int(cursor.rowcount)
