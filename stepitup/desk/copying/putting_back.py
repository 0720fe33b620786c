"""Putting a safe copy into the place of what a house holds."""

from collections.abc import Iterable, Iterator

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from stepitup.desk.copying.held import HELD
from stepitup.desk.copying.reading import Contents, Row
from stepitup.desk.migrate import bring_up_to_date, of_this_version, put_up

_AT_ONCE = 200


def unknown_migrations(contents: Contents) -> list[str]:
    """Shapes of tables that this version of the program has never heard of."""
    known = of_this_version()
    return [f"{app} {name}" for app, name in contents.migrations if (app, name) not in known]


def put_back(contents: Contents) -> None:
    """Let the house hold what the copy holds, and nothing else.

    1. Take down every table of ours.
    2. Put up the tables in the shape that they had when the copy was made, and fill them in one transaction.
    3. Bring them up to this version, as `stepitup migrate` does.

    Stopped half-way it leaves an empty house, and can be done again: the copy is only read.
    """
    take_down()
    loader = MigrationLoader(connection)
    shape = loader.project_state(_ends_of(contents, loader)).apps
    put_up(shape, of=contents.migrations)
    with transaction.atomic():
        known = [label for label in HELD if tuple(label.split(".")) in _tables_of(shape)]
        filled = [_fill(shape.get_model(label), contents.tables.get(label, [])) for label in known]
        _count_on_from_there(filled)
    bring_up_to_date()


def _tables_of(shape: Apps) -> set[tuple[str, str]]:
    """A copy of an older version knows nothing of the tables that came later."""
    return {(model._meta.app_label, str(model._meta.model_name)) for model in shape.get_models()}


def take_down() -> None:
    """Leave no table of ours standing."""
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.schema_editor() as editor:
        for table in [*tables, MigrationRecorder.Migration._meta.db_table]:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TABLE IF EXISTS {editor.quote_name(table)}{cascade}")


def _ends_of(contents: Contents, loader: MigrationLoader) -> list[tuple[str, str]]:
    """For each room the latest of the migrations that the copy had."""
    had = set(contents.migrations)
    return [one for one in contents.migrations if not had.intersection(_later_in_the_same_room(loader, one))]


def _later_in_the_same_room(loader: MigrationLoader, one: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for child in loader.graph.node_map[one].children:
        if child.key[0] == one[0]:
            yield child.key


def _fill(model: type[Model], rows: Iterable[Row]) -> type[Model]:
    fields = model._meta.concrete_fields
    made = [model(**{field.attname: field.to_python(row[field.attname]) for field in fields}) for row in rows]
    model._base_manager.bulk_create(made, batch_size=_AT_ONCE)
    return model


def _count_on_from_there(filled: list[type[Model]]) -> None:
    """On PostgreSQL the next number of a table is kept apart from its rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
