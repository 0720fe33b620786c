"""Thousands of rows as the database's driver gives them: Django's way from there is longer than the way to here.

Whoever reads the same rows again and again remembers what was drawn from each by the whole raw row, and has only those
converted that are new. A changed row is another row, so nothing remembered is ever out of date.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from stepitup.ground.spelled import converted, converters_of

Raw = tuple[Any, ...]
T = TypeVar("T")

# A row that changes is remembered anew each time, and a house runs for months.
_AT_MOST: Final = 65_536


class Remembered(Generic[T]):
    """What was drawn from raw rows, by the row and whatever else it was drawn from. Full, it is forgotten."""

    def __init__(self) -> None:
        self._known: dict[Hashable, dict[Hashable, T]] = {}

    def of(self, what: Hashable = None) -> dict[Hashable, T]:
        """All that was drawn for this."""
        known = self._known.get(what)
        if known is None or len(known) > _AT_MOST:
            known = self._known[what] = {}
        return known


def raw_rows(asked: QuerySet[Any, Any]) -> tuple[list[Raw], Callable[[Raw], Raw]]:
    """The raw rows of a question that says by `values_list` what it wants, and what makes Django's row of one."""
    compiler = asked.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return [], lambda raw: raw
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall(), partial(converted, converters=converters_of(compiler), ours=connection)
