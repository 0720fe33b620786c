"""`stepitup migrate`: bring the database up to this version. `stepitup run` does it by itself."""

import argparse

from django.core.management import call_command


def do(_options: argparse.Namespace) -> int:
    """Migrate, and say so."""
    bring_up_to_date()
    print("The database is up to date.")
    return 0


def bring_up_to_date() -> None:
    """Apply every migration that is not applied yet."""
    call_command("migrate", verbosity=0, interactive=False)
