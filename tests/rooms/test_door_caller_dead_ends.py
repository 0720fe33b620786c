"""No dead end: whatever breaks, a person gets numbers to ring and the way back, and no log line tells on them."""

import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from stepitup.door.middleware import NoDeadEnds
from tests.rooms.callers_night import Night, callers_night
from tests.rooms.in_sight import has_a_number_in_sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def _no_database(*_arguments: object) -> object:
    raise OperationalError("no such file: /srv/secret/place, asked by 303 555 0123")


@pytest.mark.parametrize(
    ("method", "address"), [("get", "/call"), ("post", "/call"), ("post", "/back"), ("post", "/call/step-up")]
)
def test_with_no_database_the_numbers_come_within_the_same_request(night: Night, method: str, address: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["__Host-call"] = "a-token-of-a-call-that-cannot-be-read-now-x"
    form = {"call": "a-token", "words": " ".join(["able"] * 8)} if address != "/call" else {}

    with connection.execute_wrapper(_no_database):
        answer = getattr(client, method)(address, form)

    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert "That is our failure, not yours" in page
    assert has_a_number_in_sight(page)
    assert 'href="tel:911"' in page
    assert "secret" not in page


def test_the_house_recovers_by_itself(night: Night) -> None:
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(_no_database):
        assert client.post("/call", {}).status_code == 503

    assert client.post("/call", {}).status_code == 200


def test_the_first_screen_opens_with_no_database(night: Night) -> None:
    with connection.execute_wrapper(_no_database):
        answer = Client().get("/")

    assert answer.status_code == 200
    assert b"Call for backup" in answer.content


def test_the_log_of_a_trouble_holds_the_kind_and_the_place_and_nothing_typed(
    night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(_no_database):
        Client(raise_request_exception=False).post("/call", {"wants": "peer"})

    told = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("stepitup"))
    assert "OperationalError at " in told
    assert "303" not in told
    assert "secret" not in told


@pytest.mark.parametrize("address", ["/nowhere", "/call/nothing", "/first/second", "/p", "/%00", "/%FF"])
def test_a_screen_that_is_not_there_has_numbers_and_the_way_back(night: Night, address: str) -> None:
    answer = Client().get(address)

    assert answer.status_code in {400, 404}
    page = answer.content.decode()
    assert has_a_number_in_sight(page)
    assert 'href="/"' in page
    assert "If you have a call, it is still open." in page


@pytest.mark.parametrize(
    ("method", "address"), [("delete", "/call"), ("put", "/call/who"), ("post", "/danger"), ("get", "/night")]
)
def test_the_wrong_way_to_open_a_screen_has_them_too(night: Night, method: str, address: str) -> None:
    answer = getattr(Client(), method)(address)

    assert answer.status_code == 405
    assert has_a_number_in_sight(answer.content.decode())


def test_a_strange_host_name_gets_a_screen_and_not_a_bare_refusal(night: Night) -> None:
    answer = Client().get("/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert has_a_number_in_sight(answer.content.decode())


def test_programs_are_left_to_the_api() -> None:
    def empty(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=404)

    answer = NoDeadEnds(empty)(RequestFactory().get("/api/v1/calls/x"))

    assert answer.content == b""


def test_a_view_that_finds_nothing_is_no_trouble_of_ours() -> None:
    rim = NoDeadEnds(lambda _request: HttpResponse())

    assert rim.process_exception(RequestFactory().get("/p/x"), Http404()) is None


def test_no_words_of_machines_on_any_screen_of_trouble(night: Night) -> None:
    pages = [Client().get("/nowhere"), Client().delete("/call"), Client().get("/call")]
    for answer in pages:
        words = answer.content.decode().lower()
        assert not [word for word in ("invalid", "failed", "illegal", "error", "404", "405") if word in words]
