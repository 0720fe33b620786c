"""The database's own refusal: a line of the log book cannot be changed, and not be taken away before its day.

Whoever owns the database can take the guard down; that is what the heads outside the house are for. It stops a slip, a
program with a fault, and somebody with a borrowed connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_LINES: Final = "ground_logbookentry"
_HEADS: Final = "ground_logbookhead"
_SAYS: Final = "the log book cannot be changed"
TABLES: Final = (_LINES, _HEADS)

_SQLITE: Final = {
    "logbook_lines_stay": f"BEFORE UPDATE ON {_LINES} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    "logbook_heads_stay": f"BEFORE UPDATE ON {_HEADS} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    "logbook_lines_last": (
        f"BEFORE DELETE ON {_LINES} WHEN OLD.deleted_on > date('now') BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
    "logbook_heads_last": f"BEFORE DELETE ON {_HEADS} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END",
    # REPLACE would take a line away without a word to the other guards.
    "logbook_lines_once": (
        f"BEFORE INSERT ON {_LINES} WHEN EXISTS (SELECT 1 FROM {_LINES} WHERE id = NEW.id OR "  # noqa: S608  our words
        f"(book = NEW.book AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
}
_POSTGRESQL: Final = {
    "logbook_lines_stay": f"BEFORE UPDATE ON {_LINES} FOR EACH ROW EXECUTE FUNCTION logbook_stays()",
    "logbook_heads_stay": f"BEFORE UPDATE ON {_HEADS} FOR EACH ROW EXECUTE FUNCTION logbook_stays()",
    "logbook_lines_last": (
        f"BEFORE DELETE ON {_LINES} FOR EACH ROW WHEN (OLD.deleted_on > (clock_timestamp() AT TIME ZONE 'utc')::date) "
        "EXECUTE FUNCTION logbook_stays()"
    ),
    "logbook_heads_last": f"BEFORE DELETE ON {_HEADS} FOR EACH ROW EXECUTE FUNCTION logbook_stays()",
    "logbook_lines_all": f"BEFORE TRUNCATE ON {_LINES} FOR EACH STATEMENT EXECUTE FUNCTION logbook_stays()",
    "logbook_heads_all": f"BEFORE TRUNCATE ON {_HEADS} FOR EACH STATEMENT EXECUTE FUNCTION logbook_stays()",
}
_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION logbook_stays() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
)


def put_up(database: BaseDatabaseWrapper = connection) -> None:
    """Put up what is not standing. SQLite loses a table's triggers when a later version changes its shape."""
    lacking = missing(database)
    if not lacking:
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name in lacking:
            cursor.execute(f"CREATE TRIGGER {name} {_wanted(database)[name]}")


def missing(database: BaseDatabaseWrapper = connection) -> list[str]:
    """The guards that do not stand, by name."""
    standing = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'logbook_%%' AND tgenabled <> 'D'"
        if database.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'logbook_%%'"
    )
    with database.cursor() as cursor:
        cursor.execute(standing, [])
        found = {row[0] for row in cursor.fetchall()}
    return [name for name in _wanted(database) if name not in found]


@contextmanager
def taken_down() -> Iterator[None]:
    """Without the guards, for whoever empties the whole house: tests do."""
    with connection.cursor() as cursor:
        for name, table in _by_table():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    try:
        yield
    finally:
        put_up()


def _wanted(database: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRESQL if database.vendor == "postgresql" else _SQLITE


def _by_table() -> Iterator[tuple[str, str]]:
    for name, what in _wanted(connection).items():
        yield name, next(table for table in TABLES if f"ON {table} " in what)
