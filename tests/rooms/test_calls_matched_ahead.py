"""A caller with a long list of never-rules holds up nobody: it is worked through before the one write begins."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from stepitup.calls import matching
from stepitup.calls.models import Call
from stepitup.calls.told import order_of
from stepitup.paging import carriers
from stepitup.roster.facts import Matched
from stepitup.roster.matching import put_in_order
from tests.rooms.calls_house import hire_peers, press
from tests.rooms.watch_house import Carrier

pytestmark = pytest.mark.django_db(transaction=True)

NEVER = {"never": {"names": ["Lt. Ruiz"], "agencies": ["Larkspur Fire"], "units": []}}


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """For each matching, whether it was done inside a transaction."""
    seen: list[bool] = []
    match = put_in_order

    def watched(*args: object, **named: object) -> Matched:
        seen.append(connection.in_atomic_block)
        return match(*args, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(matching, "put_in_order", watched)
    hire_peers(3)
    with carriers.use(Carrier("text")):
        yield seen


def test_a_program_that_presses_with_wishes(inside: list[bool]) -> None:
    answer = Client(HTTP_HOST="localhost").post("/api/v1/calls", NEVER, content_type="application/json")
    assert answer.status_code == 201
    assert inside == [False]
    assert order_of(Call.objects.get(pk=UUID(answer.json()["id"]))) is not None


def test_a_program_that_says_more(inside: list[bool]) -> None:
    opened = press()
    bearer = {"Authorization": f"Bearer {opened.token}"}
    told = Client(HTTP_HOST="localhost").patch(
        f"/api/v1/calls/{opened.id}", NEVER, content_type="application/json", headers=bearer
    )
    assert told.status_code == 200
    assert inside == [False]
    assert order_of(Call.objects.get()) is not None


def test_a_form(inside: list[bool]) -> None:
    opened = press()
    answer = Client(HTTP_HOST="localhost").post(
        "/call/matters", {"call": opened.token, "save": "yes", "never_names": "Lt. Ruiz"}
    )
    assert answer.status_code == 200
    assert inside == [False]
    assert order_of(Call.objects.get()) is not None
