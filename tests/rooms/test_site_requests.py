"""What comes in from outside: too long, too slow, unreadable, or carrying addresses nobody asked for."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from tests.provision import databases
from tests.rooms.in_sight import has_a_number_in_sight
from tests.rooms.site_process import Running, press, running

pytestmark = pytest.mark.only_on("sqlite")  # refused before a database is asked: once is enough

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def open_house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    name = f"{databases.worker()}_requests"
    with django_db_blocker.unblock(), databases.new_house(name, data=tmp_path_factory.mktemp("requests")) as house:
        with running(house.environment, house.data) as ours:
            yield ours


@pytest.fixture
def phone(open_house: Running) -> Iterator[httpx.Client]:
    with open_house.client() as client:
        yield client


def test_ten_megabytes_are_refused_in_words_with_a_number_to_ring(phone: httpx.Client) -> None:
    answer = phone.post("/call", content=b"x" * 10_000_000, headers=FORM)
    assert answer.status_code == 413
    assert "too long" in answer.text
    assert has_a_number_in_sight(answer.text)


def test_ten_megabytes_without_a_length_are_refused_too(phone: httpx.Client) -> None:
    answer = phone.post("/call", content=(b"x" * 10_000 for _ in range(20)), headers=FORM)
    assert answer.status_code == 413


def test_ten_thousand_keys_are_refused_before_a_thread_is_taken(phone: httpx.Client) -> None:
    answer = phone.post("/call", content="&".join(f"k{n}=" for n in range(10_000)), headers=FORM)
    assert answer.status_code == 413


def test_a_program_gets_its_refusal_as_a_problem_with_the_hotlines(phone: httpx.Client) -> None:
    answer = phone.post("/api/v1/calls", content=b"x" * 70_000, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["hotlines"][0]["phone"] == "988"


def test_a_slow_body_is_told_so_after_ten_seconds_and_delays_nobody(open_house: Running, phone: httpx.Client) -> None:
    with open_house.raw() as line:
        line.sendall(b"POST /call HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\nopening")
        began = time.monotonic()
        assert phone.get("/").status_code == 200
        assert time.monotonic() - began < 2
        said = b""
        while b"\r\n\r\n" not in said:
            said += line.recv(65536)
        assert b" 408 " in said.splitlines()[0]
        assert 9 < time.monotonic() - began < 14


def test_a_head_without_end_is_refused(open_house: Running) -> None:
    with open_house.raw() as line:
        line.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-long: " + b"y" * 40_000)
        assert line.recv(65536).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "path", ["/p/%00", "/call?x=\xff", "/%e2%80%ae", "/static/../../site/settings.py", "/static/%2e%2e/words.py"]
)
def test_an_unreadable_address_is_no_dead_end(open_house: Running, path: str) -> None:
    with open_house.raw() as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".encode("latin-1"))
        said = b""
        while part := line.recv(65536):
            said += part
    assert re.match(rb"HTTP/1\.1 (400|404) ", said)
    assert b"TEAM" not in said


def test_binary_in_a_form_is_answered_in_words(phone: httpx.Client) -> None:
    answer = phone.post("/back", content=b"words=%ff%fe\x00\x01\xff", headers=FORM)
    assert answer.status_code < 500
    assert has_a_number_in_sight(answer.text)


def test_no_address_of_a_callers_machine_is_kept_or_told(open_house: Running) -> None:
    names = {"x-forwarded-for": "203.0.113.7", "x-real-ip": "203.0.113.7", "forwarded": "for=203.0.113.7"}
    with open_house.client(**names) as rosa:
        press(rosa)
    for file in open_house.data.rglob("*"):
        if file.is_file():
            assert b"203.0.113.7" not in file.read_bytes(), file.name


def test_the_hotlines_are_a_file_with_the_same_guard_as_a_screen(phone: httpx.Client) -> None:
    answer = phone.get("/hotlines")
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = phone.get("/hotlines", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_file_can_be_asked_about_but_not_written(phone: httpx.Client) -> None:
    head = phone.head("/static/style.css", headers={"accept-encoding": "identity"})
    assert head.status_code == 200
    assert int(head.headers["content-length"]) == len(phone.get("/static/style.css").content)
    assert phone.post("/static/style.css").status_code == 405
    assert phone.options("/call").status_code == 204
    assert phone.request("TRACE", "/").status_code == 405


def test_a_file_that_is_not_there_leads_back(phone: httpx.Client) -> None:
    answer = phone.get("/static/nothing.js")
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_the_first_screen_with_its_style_fits_into_14_kilobytes(phone: httpx.Client) -> None:
    sizes = []
    for path in ("/", "/static/style.css"):
        with phone.stream("GET", path) as answer:
            sizes.append(sum(len(part) for part in answer.iter_raw()))
    assert sum(sizes) <= 14 * 1024


def test_a_screen_that_can_hold_a_secret_is_never_compressed(phone: httpx.Client) -> None:
    rosa = press(phone)
    answer = phone.get("/call", headers={"cookie": rosa.cookie})
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_an_unknown_host_is_refused_in_words(phone: httpx.Client) -> None:
    answer = phone.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert has_a_number_in_sight(answer.text)


def test_a_whole_roster_is_read_from_a_browser_that_signed_in_and_from_nobody_else(phone: httpx.Client) -> None:
    roster = {"file": ("roster.csv", b"x" * 1_000_000, "text/csv")}
    signed_in = {"cookie": "__Secure-team=whoever", "sec-fetch-site": "same-origin"}
    assert phone.post("/team/import", files=roster, headers=signed_in).status_code == 303, "read, and asked to sign in"
    assert phone.post("/team/import", files=roster).status_code == 413
    assert phone.post("/call", files=roster, headers=signed_in).status_code == 413
    too_long = {"file": ("roster.csv", b"x" * 9_000_000, "text/csv")}
    refused = phone.post("/team/import", files=too_long, headers=signed_in)
    assert refused.status_code == 413
    assert "stepitup roster import roster.csv --dry-run" in refused.text
    assert "bring one after the other" in refused.text
