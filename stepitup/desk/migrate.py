"""`stepitup migrate`: bring the database up to this version. `stepitup run` does it by itself.

docs/decisions/an-empty-house-at-once.md says how an empty database gets its tables, and how it keeps to the migrations.
"""

import argparse
import pkgutil
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps

from stepitup.ground.log_book import guard

Names = Iterable[tuple[str, str]]


def do(_options: argparse.Namespace) -> int:
    """Migrate, and say so."""
    bring_up_to_date()
    print("The database is up to date.")
    return 0


def bring_up_to_date() -> None:
    """Apply every migration that is not applied yet, and see that the log book is guarded."""
    if not connection.introspection.table_names():
        loader = MigrationLoader(connection)
        put_up(loader.project_state().apps, of=of_this_version())
    elif not is_up_to_date():
        call_command("migrate", verbosity=0, interactive=False)
    guard.put_up()


def put_up(shape: StateApps, *, of: Names) -> None:
    """Put up, where no table stands, all those of this shape: it is the one that the migrations named in `of` end at.

    All of it or nothing, so that a first start that was cut off is a first start again.
    """
    noted = MigrationRecorder.Migration
    with connection.schema_editor() as editor:
        for table in shape.get_models():
            editor.create_model(table)
        editor.create_model(noted)
        noted.objects.bulk_create([noted(app=room, name=name) for room, name in sorted(of)])


def is_up_to_date() -> bool:
    """Whether every migration of this version is applied. Not one of them is read for that."""
    return of_this_version() <= set(MigrationRecorder(connection).applied_migrations())


def of_this_version() -> set[tuple[str, str]]:
    """Room and name of every migration that there is."""
    return {
        (room.label, file.name)
        for room in apps.get_app_configs()
        for file in pkgutil.iter_modules([str(Path(room.path) / "migrations")])
        if not file.ispkg and file.name[0] not in "_~"  # as Django has it
    }
