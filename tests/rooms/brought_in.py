"""A team brought in by its file. To read and write 24 helpers takes longer than most tests: from the second time on,
what the first time wrote is written again, in the words that were found for it then.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.models.sql import InsertQuery

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster.models import Helper

_written: dict[tuple[str, datetime], list[tuple[str, Sequence[Any]]]] = {}


def brought_in(text: str) -> None:
    """These are on the team from now on, as `import_roster` writes them."""
    key = (text, clock.now())
    if Helper._base_manager.exists():  # also somebody who is only rehearsed with
        assert deed(roster.import_roster, text).is_good
    elif key in _written:
        with connection.cursor() as cursor:
            for words, values in _written[key]:
                cursor.execute(words, values)
    else:
        assert deed(roster.import_roster, text).is_good
        tables = apps.get_app_config("roster").get_models()
        held = [rows for table in tables if (rows := list(table._base_manager.all()))]
        _written[key] = [insert for rows in held for insert in _inserts(rows)]


def _inserts(rows: list[Model]) -> list[tuple[str, Sequence[Any]]]:
    """The words and values that write these rows of one table, with the numbers they have."""
    table = type(rows[0])
    query = InsertQuery(table)
    query.insert_values(table._meta.concrete_fields, rows)
    found: list[tuple[str, Sequence[Any]]] = query.get_compiler(connection=connection).as_sql()
    return found
