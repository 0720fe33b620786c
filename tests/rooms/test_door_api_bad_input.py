"""Bad input at the API: a clear answer in words, nothing stored, and never our own failure."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepitup.calls.models import Call
from stepitup.ground.clock import HandClock
from tests.rooms.door_night import demo_night
from tests.rooms.door_program import Program

pytestmark = pytest.mark.django_db

CALLS = "/api/v1/calls"
_MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def refused(program: Program, status: int) -> Any:
    """The answer is a problem in words, with the hotlines, and nothing was stored."""
    assert program.status == status, program.told
    assert program.headers["Content-Type"] == "application/problem+json"
    assert set(program.told) >= {"type", "title", "status", "detail", "hotlines"}
    assert program.told["hotlines"][0]["phone"] == "988"
    assert program.told["status"] == status
    assert Call.objects.count() == 0
    return program.told


@pytest.mark.parametrize(
    ("said", "field", "one_of_them"),
    [
        ({"wants": "priest"}, "wants", "chaplain"),
        ({"state": "Texas"}, "state", "US-TX"),
        ({"service": "police"}, "service", "law_enforcement"),
        ({"employer": "city"}, "employer", "local"),
        ({"mine": {"rank_band": "chief"}}, "mine.rank_band", "command"),
        ({"matters": {"divorce": "very"}}, "matters.divorce", "a lot"),
        ({"matters": {"the_smell": "a lot"}}, "matters.the_smell", "divorce"),
        ({"reach": {"phone": "303 555 0101", "if_lost": "voicemail"}}, "reach.if_lost", "neither"),
    ],
)
def test_an_unknown_word_is_answered_with_the_words_to_choose_from(
    said: dict[str, Any], field: str, one_of_them: str
) -> None:
    error = refused(Program().posts(CALLS, said), 422)["errors"][0]
    assert error["field"] == field
    assert one_of_them in error["choose_from"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "Rosa"}, "name"),
        ({"mine": {"badge": 5150}}, "mine.badge"),
        ({"never": {"people": []}}, "never.people"),
        ({"reach": {"mail": "rosa@example.org"}}, "reach.mail"),
    ],
)
def test_an_unknown_field_is_named(said: dict[str, Any], field: str) -> None:
    error = refused(Program().posts(CALLS, said), 422)["errors"][0]
    assert error["field"] == field
    assert "We do not know this field" in error["problem"]


@pytest.mark.parametrize(
    "said",
    [
        {"wants": 1},
        {"wants": ["peer"]},
        {"never": []},
        {"never": {"above_me": "yes"}},
        {"never": {"above_me": 1}},
        {"never": {"names": "Sam"}},
        {"never": {"names": [1]}},
        {"never": {"names": ["x"] * 21}},
        {"never": {"names": ["x" * 121]}},
        {"never": {"names": ["nine short words are no name of any body"]}},
        {"mine": {"agency": "x" * 121}},
        {"mine": {"agency": "Cedar\x00Mesa"}},
        {"mine": {"agency": "Cedar\x1b[31mMesa"}},
        {"mine": {"agency": "Cedar\ud800Mesa"}},
        {"mine": {"agency": "Cedar\u202eMesa\x07"}},
        {"matters": {"divorce": 2}},
        {"reach": {"phone": "call me"}},
        {"reach": {"phone": "12"}},
        {"reach": {"phone": "9" * 39}},
        {"reach": {"phone": 3035550101}},
        {"limits_version": "x" * 81},
        {"limits_version": 3},
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_never_repeated(said: dict[str, Any]) -> None:
    told = refused(Program().posts(CALLS, said), 422)
    assert told["errors"][0]["field"]
    assert "xxxx" not in json.dumps(told)
    assert "Cedar" not in json.dumps(told)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"wants=peer", 400),
        (b"[]", 400),
        (b'"peer"', 400),
        (b"null", 400),
        (b'{"wants": "peer", "wants": "chaplain"}', 400),
        (b'{"wants": NaN}', 400),
        (b'{"wants": -Infinity}', 400),
        (b'{"wants": 1e999}', 422),
        (b'{"wants": ' + b"9" * 6000 + b"}", 400),
        (b'{"a":' * 3000 + b"1" + b"}" * 3000, 400),
        (b"[" * 60000, 400),
        (b'{"a":' * 8 + b"1" + b"}" * 8, 400),
        (b'{"wants": "peer\xff"}', 415),
        (b"\xff\xfe{\x00}\x00", 415),
        ('{"wants": "peer"}'.encode("utf-16"), 415),
        (b'\xef\xbb\xbf{"wants": "peer"}', 400),
        (b'{"mine": {"agency": "\\ud800"}}', 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"wants": "peer"} trailing', 400),
        (b"\x00" * 50, 400),
        (json.dumps({f"k{n}": n for n in range(3000)}).encode(), 400),
        (b'{"mine": {"agency": "' + b"x" * 70000 + b'"}}', 413),
    ],
)
def test_a_body_that_is_not_plain_json_is_refused_in_words(body: bytes, status: int) -> None:
    refused(Program().sends("POST", CALLS, body), status)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json; charset=latin-1",
        "",
        "nonsense/;;;",
    ],
)
def test_another_content_type_is_refused_in_words(content_type: str) -> None:
    refused(Program().sends("POST", CALLS, b'{"wants": "peer"}', content_type=content_type), 415)


def test_a_compressed_body_is_refused_in_words() -> None:
    refused(Program().posts(CALLS, {"wants": "peer"}, Content_Encoding="gzip"), 415)


def test_a_field_name_of_theirs_is_shortened_and_made_harmless() -> None:
    told = refused(Program().posts(CALLS, {"x\x1b[31m" + "y" * 500: 1}), 422)
    assert len(told["errors"][0]["field"]) == 60
    assert "\x1b" not in told["errors"][0]["field"]


def test_a_wrong_token_is_told_kindly() -> None:
    rosa = Program().calls()
    address = f"{CALLS}/{rosa.told['id']}"
    assert Program().gets(address).status == 401
    for wrong in ("wrong", "x" * 43, "x" * 5000, "ключ", "a b c"):
        other = Program(wrong if wrong.isascii() else "")
        assert other.gets(address).status == 401
        assert other.headers["WWW-Authenticate"] == "Bearer"
        assert "token" in other.told["detail"]


def test_a_token_does_not_open_somebody_elses_call() -> None:
    rosa, other = Program().calls(), Program().calls()
    looked = Program(rosa.token).gets(f"{CALLS}/{other.told['id']}")
    assert looked.status == 404
    assert looked.told["type"].endswith("#no-such-call")
    for verb in ("step-up", "not-this-person", "stand-down"):
        assert Program(rosa.token).posts(f"{CALLS}/{other.told['id']}/{verb}").status == 404
    assert other.gets(f"{CALLS}/{other.told['id']}").told["state"] == "waiting"


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/", "/api/v2/calls", "/api/v1/calls/x/y/z", "/api/v1/"])
def test_an_address_that_is_not_there_is_said_in_words(address: str) -> None:
    told = refused(Program().gets(address), 404)
    assert "openapi.json" in told["detail"]


@pytest.mark.parametrize(
    ("method", "address"), [("GET", CALLS), ("DELETE", CALLS), ("PUT", CALLS), ("POST", "/api/v1/limits")]
)
def test_a_method_that_is_not_there_is_said_in_words(method: str, address: str) -> None:
    program = Program().sends(method, address, b"")
    refused(program, 405)
    assert program.headers["Allow"]


@pytest.mark.parametrize("verb", ["joined", "hand-back", "finished", "not-a-call-for-backup"])
@pytest.mark.parametrize("seat", ["x", "x" * 43, "%00", "%F0%9F%9A%92", "x" * 3000])
def test_a_secret_that_opens_no_seat_is_told_kindly(verb: str, seat: str) -> None:
    told = refused(Program().posts(f"/api/v1/seats/{seat}/{verb}"), 404)
    assert told["type"].endswith("#no-such-seat")


@pytest.mark.parametrize("key", ["x", "x" * 22, "%00", "%F0%9F%9A%92"])
def test_a_key_that_opens_no_page_is_a_page_that_is_over(key: str) -> None:
    for program in (
        Program().gets(f"/api/v1/pages/{key}"),
        Program().posts(f"/api/v1/pages/{key}/acknowledge"),
        Program().posts(f"/api/v1/pages/{key}/decline", {"i_was_there": True}),
    ):
        assert refused(program, 404)["title"] == "This page is over, thank you"


@pytest.mark.parametrize("query", ["state=Texas", "service=police", "employer=city", "helper=coordinator", "state="])
def test_limits_for_an_unknown_word_give_the_words_to_choose_from(query: str) -> None:
    error = refused(Program().gets(f"/api/v1/limits?{query}"), 422)["errors"][0]
    assert error["field"] == query.partition("=")[0]
    assert len(error["choose_from"]) >= 3


_TEXT = st.text(max_size=30)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_TEXT, inside, max_size=4),
    max_leaves=12,
)
_FIELDS = st.sampled_from(
    ["wants", "state", "service", "employer", "limits_version", "mine", "matters", "never", "reach", "phone", "names"]
)


@_MANY
@given(said=st.dictionaries(_FIELDS | _TEXT, _ANYTHING, max_size=6))
def test_whatever_is_said_the_answer_is_never_our_failure(said: dict[str, Any]) -> None:
    program = Program().posts(CALLS, said)
    assert program.status in {201, 400, 415, 422}, program.told


@_MANY
@given(body=st.binary(max_size=200))
def test_whatever_bytes_come_the_answer_is_never_our_failure(body: bytes) -> None:
    assert Program().sends("POST", CALLS, body).status in {201, 400, 415, 422}


@_MANY
@given(key=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
def test_whatever_key_comes_the_answer_is_never_our_failure(key: str) -> None:
    assert Program().posts(CALLS, None, Idempotency_Key=key).status in {201, 422}


@_MANY
@given(said=st.dictionaries(_FIELDS, _ANYTHING, max_size=4))
def test_whatever_is_said_later_the_answer_is_never_our_failure(said: dict[str, Any]) -> None:
    rosa = Program().calls()
    assert rosa.patches(f"{CALLS}/{rosa.told['id']}", said).status in {200, 400, 422}
