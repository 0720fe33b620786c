"""A real team in a house: its file, its roster, its mail; and a look into its database from the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from tests.provision.databases import SQLITE_FILE, House
from tests.rooms.roster_builders import file_with, helper_in_file

_TEAM = """\
name = "Cedar Mesa peer support"
who_runs = "the union local"
network = "its own"
time_zone = "America/Denver"
public_url = "http://localhost:{port}"
"""
_MAIL = """\
[mail]
host = "127.0.0.1"
port = {mail}
sender = "pages@help.example"
security = "none"
"""


def write_team(house: House, *, port: int, mail: int | None = None) -> None:
    """The team's file; with `mail`, its mail server is on this port."""
    text = _TEAM.format(port=port) + (_MAIL.format(mail=mail) if mail else "")
    (house.data / "team.toml").write_text(text, encoding="utf-8")


def write_roster(house: House, blocker: DjangoDbBlocker, *, peers: int) -> None:
    """So many peers, each with a mailbox and nothing else."""
    text = file_with(
        *(
            helper_in_file(f"peer-{number}", way=f'carrier = "mail"\naddress = "peer-{number}@home.example"')
            for number in range(peers)
        )
    )
    with inside(house, blocker):
        deed(roster.import_roster, text)


@contextmanager
def inside(house: House, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lend this process's connection to that house's database, with that house's key."""
    ours = connection.settings_dict["NAME"]
    theirs = urlsplit(house.url).path.lstrip("/") if house.url else str(house.data / SQLITE_FILE)
    with blocker.unblock(), override_settings(SITE_KEY_FILE=house.data / "secrets" / "site-key"):
        connection.close()
        connection.settings_dict["NAME"] = theirs
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = ours
