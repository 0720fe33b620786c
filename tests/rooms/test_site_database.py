"""Which database a house has, by one line: SQLite, PostgreSQL on a machine, PostgreSQL by its socket."""

from pathlib import Path

import pytest

from stepitup.ground.ear import conninfo_of
from stepitup.site.database import database_from

pytestmark = pytest.mark.only_on("sqlite")  # nothing is opened


def place_of(url: str) -> tuple[str, str]:
    settings = database_from(url, data=Path("unused"))
    return settings["HOST"], settings["PORT"]


def test_without_a_line_it_is_a_file_in_the_data_folder() -> None:
    assert database_from("", data=Path("there"))["NAME"] == "there/stepitup.sqlite3"


def test_a_machine_and_its_port_are_named_as_everywhere() -> None:
    assert place_of("postgresql://stepitup:word@db.example:6432/stepitup") == ("db.example", "6432")
    assert place_of("postgresql://stepitup:word@[::1]:6432/stepitup") == ("::1", "6432")


def test_a_socket_is_the_folder_in_which_it_lies_in_upper_case_too() -> None:
    assert place_of("postgresql://stepitup:word@%2FRun%2Fpostgresql/stepitup") == ("/Run/postgresql", "")
    assert place_of("postgresql://%2frun%2fpostgresql:6432/stepitup") == ("/run/postgresql", "6432")


def test_without_a_place_the_driver_takes_its_own_and_the_bell_goes_the_same_way() -> None:
    assert place_of("postgresql:///stepitup") == ("", "")
    assert conninfo_of(database_from("postgresql:///stepitup", data=Path("unused"))) == "dbname=stepitup"
    by_socket = database_from("postgresql://%2FRun%2Fpostgresql/stepitup", data=Path("unused"))
    assert conninfo_of(by_socket) == "dbname=stepitup host=/Run/postgresql"


def test_anything_else_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="must begin with postgresql://"):
        database_from("mysql://db/stepitup", data=Path("unused"))
