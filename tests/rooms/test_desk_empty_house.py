"""An empty database gets its tables at once, and they are those that the migrations end at, one after the other."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker

from stepitup.desk.copying.putting_back import take_down
from stepitup.desk.migrate import bring_up_to_date, is_up_to_date
from stepitup.ground.log_book import guard
from tests.nights.team import inside
from tests.provision.databases import House

_ON_SQLITE = "SELECT type, name, sql FROM sqlite_master"
_ON_POSTGRESQL = """
    SELECT table_name, column_name, concat_ws(' ', data_type, character_maximum_length, column_default, is_nullable,
        identity_generation, collation_name) FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT sequencename, data_type::text, start_value::text FROM pg_sequences WHERE schemaname = 'public'"""


@pytest.fixture
def migrated(house: House, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Inside a house whose database went through every migration there ever was."""
    with inside(house, django_db_blocker):
        yield


@pytest.mark.usefixtures("migrated")
def test_an_empty_house_gets_what_the_migrations_would_have_made() -> None:
    shape, rows, applied = _shape(), _rows(), _applied()
    take_down()
    assert not _rows()
    assert not is_up_to_date()
    bring_up_to_date()
    assert _shape() == shape, "each column, index, default, reference and guard, whatever the order of columns"
    assert _rows() == rows, "a migration that writes rows does so in an empty house too"
    assert _applied() == applied, "and the next version goes on from there"
    assert is_up_to_date()


@pytest.mark.usefixtures("migrated")
def test_a_first_start_that_was_cut_off_is_a_first_start_again(monkeypatch: pytest.MonkeyPatch) -> None:
    take_down()

    def power_cut(*_rows: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as tonight:
        tonight.setattr(MigrationRecorder.Migration.objects, "bulk_create", power_cut)
        with pytest.raises(KeyboardInterrupt):
            bring_up_to_date()
    assert not _rows()
    bring_up_to_date()
    assert is_up_to_date()
    assert not guard.missing()


def _shape() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ON_POSTGRESQL if connection.vendor == "postgresql" else _ON_SQLITE)
        return {_in_any_order(row) for row in cursor.fetchall()}


def _in_any_order(row: tuple[str, ...]) -> tuple[str, ...]:
    """SQLite keeps a table as the sentence that made it: its parts, in the order of the alphabet."""
    kind, *_, says = row
    return (*row[:-1], *sorted(says.partition("(")[2][:-1].split(", "))) if kind == "table" else row


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())
