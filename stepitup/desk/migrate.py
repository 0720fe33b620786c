"""`stepitup migrate`: bring the database up to this version. `stepitup run` does it by itself."""

import argparse

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stepitup.ground.log_book import guard


def do(_options: argparse.Namespace) -> int:
    """Migrate, and say so."""
    bring_up_to_date()
    print("The database is up to date.")
    return 0


def bring_up_to_date() -> None:
    """Apply every migration that is not applied yet, and see that the log book is guarded."""
    call_command("migrate", verbosity=0, interactive=False)
    guard.put_up()


def is_up_to_date() -> bool:
    """Whether every migration of this version is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
