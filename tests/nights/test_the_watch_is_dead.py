"""The watch stops inside a process that goes on: whoever waits is told, and so is the operator."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.nights.program import Program, until
from tests.nights.team import inside, write_team
from tests.provision.databases import House
from tests.rooms.in_sight import has_a_number_in_sight

_FROZEN = {
    "sqlite": [
        "CREATE TRIGGER frozen BEFORE UPDATE ON ground_heartbeat BEGIN SELECT RAISE(FAIL, 'it stands still'); END",
        "CREATE TRIGGER frozen_too BEFORE INSERT ON ground_heartbeat BEGIN SELECT RAISE(FAIL, 'it stands still'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'it stands still'; END $$",
        "CREATE TRIGGER frozen BEFORE UPDATE OR INSERT ON ground_heartbeat EXECUTE FUNCTION stand_still()",
    ],
}
_THAWED = {
    "sqlite": ["DROP TRIGGER frozen", "DROP TRIGGER frozen_too"],
    "postgresql": ["DROP TRIGGER frozen ON ground_heartbeat"],
}


def test_the_callers_screen_and_readyz_say_so_and_take_it_back_when_the_heart_beats_again(
    house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    with Program(house.environment, house.data) as program:
        write_team(house, port=program.port)
        with program.start().phone() as rosa:
            call = rosa.presses()
            until(rosa.is_ready, what="the watch does not beat")
            assert "Our paging has stopped" not in rosa.screen_of(call).text
            with _heart_stands_still(house, django_db_blocker):
                told = rosa.get("/readyz")
                assert told.status_code == 503
                assert told.json()["database"]
                assert not told.json()["watch"]
                assert "No watch is alive" in told.json()["words"][0]
                screen = rosa.screen_of(call)
                assert screen.status_code == 200, "the call is there and can be read"
                assert "Our paging has stopped" in screen.text
                assert has_a_number_in_sight(screen.text)
            until(rosa.is_ready, what="the heart does not beat again", within=10)
            assert "Our paging has stopped" not in rosa.screen_of(call).text


@contextmanager
def _heart_stands_still(house: House, blocker: DjangoDbBlocker) -> Iterator[None]:
    """From now on no beat is written, and the last was a quarter of a minute ago."""
    _say(house, blocker, ["UPDATE ground_heartbeat SET at = '2020-01-01 00:00:00+00:00'", *_FROZEN[connection.vendor]])
    yield
    _say(house, blocker, _THAWED[connection.vendor])


def _say(house: House, blocker: DjangoDbBlocker, statements: list[str]) -> None:
    with inside(house, blocker), transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
