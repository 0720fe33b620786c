"""A house of the version before: its one certificate becomes a credential, and pages go on by the ways they went by."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db(transaction=True)
def test_an_older_house_loses_no_certificate_and_nobody_falls_silent() -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("roster")
    executor = MigrationExecutor(connection)
    before = [("roster", "0003_accounts")]
    executor.migrate(before)
    apps = executor.loader.project_state(before).apps
    sam = apps.get_model("roster", "Helper").objects.create(
        key="sam", display_name="Sam", credential="Course", certified_since=date(2024, 1, 1)
    )
    apps.get_model("roster", "Way").objects.create(helper=sam, position=0, carrier="text", address_sealed=b"")
    executor = MigrationExecutor(connection)
    executor.migrate(newest)
    apps = executor.loader.project_state(newest).apps
    kept = apps.get_model("roster", "Credential").objects.get(helper=sam.pk)
    assert (kept.name, kept.granted, kept.expires, kept.checked_how) == ("Course", date(2024, 1, 1), None, "file")
    assert apps.get_model("roster", "Way").objects.get().confirmed_on is not None
