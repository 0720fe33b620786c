"""Live screens: told at once, told once, and never more than they care for."""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from tests.provision import databases
from tests.rooms.site_process import Caller, Running, listening, press, running


@pytest.fixture(scope="module")
def open_house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    name = f"{databases.worker()}_streams"
    with django_db_blocker.unblock(), databases.new_house(name, data=tmp_path_factory.mktemp("streams")) as house:
        with running(house.environment, house.data) as ours:
            yield ours


@pytest.fixture
def phone(open_house: Running) -> Iterator[httpx.Client]:
    with open_house.client() as client:
        yield client


@pytest.fixture
def rosa(phone: httpx.Client) -> Caller:
    return press(phone)


@pytest.fixture
def opened(phone: httpx.Client) -> dict[str, Any]:
    """What a program was given that opened a call."""
    answer = phone.post("/api/v1/calls", json={}, headers={"idempotency-key": secrets.token_urlsafe(24)})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def stand_down(phone: httpx.Client, caller: Caller) -> None:
    answer = phone.post(
        "/call/stand-down", data={"call": caller.token, "sure": "yes"}, headers={"cookie": caller.cookie}
    )
    assert answer.status_code in {200, 302, 303}, answer.text


def test_a_stream_tells_where_the_call_stands_and_then_what_changes(
    open_house: Running, phone: httpx.Client, rosa: Caller
) -> None:
    with listening(open_house, "/call/events", cookie=rosa.cookie) as events:
        first, _ = events.next()
        began = time.monotonic()
        stand_down(phone, rosa)
        second, told = events.next()
        assert second > first
        assert told == {"version": second}, "a screen is told that it changed, and nothing about the call"
        assert time.monotonic() - began < 1


def test_whoever_comes_back_with_the_newest_version_hears_nothing_until_it_changes(
    open_house: Running, rosa: Caller
) -> None:
    with listening(open_house, "/call/events", cookie=rosa.cookie) as events:
        version, _ = events.next()
    known: dict[str, Any] = {"cookie": rosa.cookie, "last-event-id": str(version)}
    with listening(open_house, "/call/events", patience=3, **known) as events:
        assert events.is_silent()
    older: dict[str, Any] = {"cookie": rosa.cookie, "last-event-id": str(version - 1)}
    with listening(open_house, "/call/events", **older) as events:
        assert events.next()[0] == version


@pytest.mark.parametrize(
    "cookie", ["", "__Host-call=wrong", "__Host-call=" + "x" * 5000, "__Host-call=\xff", "nonsense"]
)
def test_without_a_call_there_is_nothing_to_tell_and_no_reason_to_come_back(phone: httpx.Client, cookie: str) -> None:
    headers = {b"cookie": cookie.encode("latin-1")}
    assert phone.get("/call/events", headers=headers).status_code == 204
    assert phone.get("/seat/events", headers=headers).status_code == 204


def test_a_program_brings_its_token_and_is_told_what_it_would_read(
    open_house: Running, phone: httpx.Client, opened: dict[str, Any]
) -> None:
    bearer = f"Bearer {opened['token']}"
    with listening(open_house, opened["events_url"], authorization=bearer) as events:
        version, told = events.next()
        now = phone.get(opened["status_url"], headers={"authorization": bearer}).json()
        assert told["state"] == "waiting"
        assert told["version"] == version
        assert told.keys() == now.keys()


def test_a_program_hears_of_its_own_call_only(phone: httpx.Client, opened: dict[str, Any], rosa: Caller) -> None:
    address, token = opened["events_url"], opened["token"]
    wrong: list[dict[str, str]] = [
        {},
        {"authorization": "Bearer wrong"},
        {"cookie": rosa.cookie},
        {"authorization": token},
    ]
    for headers in [*wrong, {"authorization": f"Bearer {rosa.token}"}]:
        assert phone.get(address, headers=headers).status_code == 404
    assert phone.get(f"{address}?token={token}").status_code == 404
    elsewhere = phone.get(f"/api/v1/calls/{uuid4()}/events", headers={"authorization": f"Bearer {token}"})
    assert elsewhere.status_code == 404
    assert elsewhere.json()["hotlines"]


def test_one_call_is_followed_on_twenty_screens_and_no_more(
    open_house: Running, phone: httpx.Client, rosa: Caller
) -> None:
    with ExitStack() as screens:
        # All kept in a list: a reader that nobody holds closes its line.
        open_now = [screens.enter_context(listening(open_house, "/call/events", cookie=rosa.cookie)) for _ in range(20)]
        assert all(events.next() for events in open_now)
        with listening(open_house, "/call/events", cookie=rosa.cookie) as one_more:
            assert one_more.answer.status_code == 429
    with listening(open_house, "/call/events", cookie=rosa.cookie) as events:
        assert events.next()


def test_two_hundred_screens_of_ten_calls_are_told_within_a_second(open_house: Running, phone: httpx.Client) -> None:
    callers = [press(phone) for _ in range(10)]
    with ExitStack() as screens:
        streams = {
            caller: [
                screens.enter_context(listening(open_house, "/call/events", cookie=caller.cookie)) for _ in range(20)
            ]
            for caller in callers
        }
        for caller in callers:
            before = [events.next()[0] for events in streams[caller]]
            began = time.monotonic()
            stand_down(phone, caller)
            after = [events.next()[0] for events in streams[caller]]
            assert all(new > old for new, old in zip(after, before, strict=True))
            assert time.monotonic() - began < 2
