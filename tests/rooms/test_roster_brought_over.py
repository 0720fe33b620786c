"""A house of the version before: its one certificate becomes a credential, and pages go on by the ways they went by."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from stepitup.desk.copying.putting_back import take_down
from stepitup.desk.migrate import bring_up_to_date, is_up_to_date, put_up
from stepitup.roster.models import Credential, Way


@pytest.mark.django_db(transaction=True)
def test_an_older_house_loses_no_certificate_and_nobody_falls_silent() -> None:
    apps = _the_roster_as_it_was_at("0003_accounts")
    sam = apps.get_model("roster", "Helper").objects.create(
        key="sam", display_name="Sam", credential="Course", certified_since=date(2024, 1, 1)
    )
    apps.get_model("roster", "Way").objects.create(helper=sam, position=0, carrier="text", address_sealed=b"")
    assert not is_up_to_date()
    bring_up_to_date()
    assert is_up_to_date()
    kept = Credential.objects.get(helper=sam.pk)
    assert (kept.name, kept.granted, kept.expires, kept.checked_how) == ("Course", date(2024, 1, 1), None, "file")
    assert Way.objects.get().confirmed_on is not None


def _the_roster_as_it_was_at(migration: str) -> StateApps:
    """This house in the shape of that version, as a safe copy of it would be put back; the other rooms as they are."""
    take_down()
    loader = MigrationLoader(connection)
    ends = [(room, migration if room == "roster" else name) for room, name in loader.graph.leaf_nodes()]
    shape = loader.project_state(ends).apps
    put_up(shape, of=[one for one in loader.graph.nodes if one[0] != "roster" or one[1] <= migration])
    return shape
