"""How much is read of what was sent, and for how long: no server, no thread, a line that says what we tell it to."""

import asyncio
from collections.abc import Iterable

import pytest

from stepitup.site import body
from stepitup.site.body import A_FILE_AT_MOST, AT_MOST, Left, Refused, read_body
from stepitup.site.messages import Message, Scope

pytestmark = pytest.mark.only_on("sqlite")

FORM = "application/x-www-form-urlencoded"
MARIA = {"cookie": "__Secure-team=secret"}


def scope(path: str = "/call", method: str = "POST", **headers: str) -> Scope:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"path": path, "method": method, "headers": named}


class Line:
    """Brings these parts, one after the other; then hangs, or is gone."""

    def __init__(self, parts: Iterable[bytes], *, ends: bool = True) -> None:
        self._parts, self._ends = list(parts), ends
        self.read = 0

    async def receive(self) -> Message:
        self.read += 1
        if not self._parts:
            await asyncio.sleep(60)
        part = self._parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts) or not self._ends}


def reads(asked: Scope, *parts: bytes) -> bytes:
    return asyncio.run(read_body(asked, Line(parts).receive))


def refused(asked: Scope, *parts: bytes, ends: bool = True) -> tuple[int, int]:
    """The status, and how many parts were looked at before it was said."""
    line = Line(parts, ends=ends)
    with pytest.raises(Refused) as why:
        asyncio.run(read_body(asked, line.receive))
    return why.value.status, line.read


def test_a_body_may_come_in_parts_up_to_the_last_byte_that_fits() -> None:
    assert reads(scope(), b"a=", b"1") == b"a=1"
    assert len(reads(scope(), b"x" * AT_MOST)) == AT_MOST
    assert refused(scope(), b"x" * AT_MOST, b"x") == (413, 2)


def test_a_length_that_is_too_much_is_not_even_read() -> None:
    assert refused(scope(content_length=str(AT_MOST + 1)), b"x") == (413, 0)
    assert reads(scope(content_length=str(AT_MOST)), b"x") == b"x"
    assert reads(scope(content_length="much"), b"x") == b"x"


def test_a_form_has_two_hundred_fields_at_most_and_a_program_as_many_ands_as_it_likes() -> None:
    fields = b"&".join([b"a=1"] * 200)
    assert reads(scope(content_type=FORM), fields) == fields
    assert refused(scope(content_type=FORM), fields + b"&a=1") == (413, 1)
    assert reads(scope(content_type="application/json"), b"&" * 900) == b"&" * 900


def test_looking_at_a_screen_reads_no_body() -> None:
    for method in ("GET", "HEAD"):
        assert reads(scope(method=method)) == b""


def test_whoever_sends_a_byte_now_and_then_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "SECONDS", 0.01)
    assert refused(scope(), b"a", ends=False) == (408, 2)


def test_somebody_who_hangs_up_is_left_alone() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(Left):
        asyncio.run(read_body(scope(), gone))


def test_a_whole_roster_is_read_only_at_its_own_address_and_only_for_somebody_signed_in() -> None:
    large = b"x" * (AT_MOST + 1)
    assert reads(scope("/team/import", **MARIA), large) == large
    assert refused(scope("/team/import"), large) == (413, 1)
    assert refused(scope("/team/me", **MARIA), large) == (413, 1)
    in_two_lines = scope("/team/import", **MARIA)
    in_two_lines["headers"].insert(0, (b"cookie", b"light=night"))
    assert reads(in_two_lines, large) == large
    assert refused(scope("/team/import", content_length=str(A_FILE_AT_MOST + 1), **MARIA), b"x") == (413, 0)


def test_two_files_at_once_and_a_third_waits_its_turn() -> None:
    async def three() -> list[object]:
        asked = scope("/team/import", **MARIA)
        slow = [asyncio.create_task(read_body(asked, Line([b"x"], ends=False).receive)) for _file in range(2)]
        await asyncio.sleep(0)
        third = await asyncio.gather(read_body(asked, Line([b"x"]).receive), return_exceptions=True)
        for task in slow:
            task.cancel()
        ended = await asyncio.gather(*slow, return_exceptions=True)
        after = await read_body(asked, Line([b"x"]).receive)
        return [*third, *ended, after]

    third, *ended, after = asyncio.run(three())
    assert isinstance(third, Refused)
    assert third.status == 503
    assert all(isinstance(one, Left) for one in ended)
    assert after == b"x"  # those that ended made room
