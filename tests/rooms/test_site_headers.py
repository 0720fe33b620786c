"""What the router lets in of a request, and what goes out with what it serves by itself: plain values."""

import pytest

from stepitup.site.headers import COMES_IN, on_everything, that_come_in

pytestmark = pytest.mark.only_on("sqlite")

# Each has carried the address, the place or the make of a caller's machine somewhere.
TELLS_OF_A_MACHINE = [
    "x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip", "x-client-ip", "true-client-ip",
    "cf-connecting-ip", "cf-ipcountry", "fastly-client-ip", "x-cluster-client-ip", "x-original-forwarded-for", "via",
    "user-agent", "sec-ch-ua", "sec-ch-ua-model", "sec-ch-ua-platform", "referer", "from", "x-wap-profile", "dnt",
    "x-requested-with",
]  # fmt: skip


def come_in(*headers: tuple[str, str], body_length: int = 0) -> dict[str, str]:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return {name.decode(): value.decode() for name, value in that_come_in(raw, body_length=body_length)}


@pytest.mark.parametrize("name", TELLS_OF_A_MACHINE)
def test_nothing_that_tells_of_a_callers_machine_comes_in(name: str) -> None:
    assert come_in((name, "203.0.113.9"), ("host", "help.example")) == {"host": "help.example"}
    assert name.encode() not in COMES_IN


def test_what_a_screen_needs_comes_in_unchanged() -> None:
    needed = {"accept-language": "es", "authorization": "Bearer x", "origin": "https://help.example", "range": "0-9"}
    assert come_in(*needed.items()) == {name: needed[name] for name in needed if name != "range"}


def test_cookies_that_came_in_several_lines_are_one_line() -> None:
    assert come_in(("cookie", "a=1"), ("host", "h"), ("cookie", "b=2")) == {"host": "h", "cookie": "a=1; b=2"}
    assert "cookie" not in come_in(("host", "h"))


def test_the_length_is_what_was_read_and_not_what_was_claimed() -> None:
    assert come_in(("content-length", "5"), body_length=70) == {"content-length": "70"}
    assert come_in(("content-length", "99999")) == {}


def test_what_the_router_serves_by_itself_is_as_closed_as_a_screen() -> None:
    out = {name.decode(): value.decode() for name, value in on_everything()}
    policy = dict(one.split(" ", 1) for one in out["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert not [words for words in policy.values() if "unsafe" in words or "http" in words or "*" in words]
    assert out["x-content-type-options"] == "nosniff"
    assert out["x-frame-options"] == "DENY"
    assert out["referrer-policy"] in {"no-referrer", "same-origin"}
    assert out["cross-origin-opener-policy"] == out["cross-origin-resource-policy"] == "same-origin"
