"""A request whose head never ends: whoever sends a byte now and then keeps no line from somebody who presses."""

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from stepitup.site import careful

pytestmark = pytest.mark.only_on("sqlite")

BEGUN = b"GET / HTTP/1.1\r\nhost: loc"
WHOLE = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"


@pytest.fixture(autouse=True)
def a_short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(careful, "SECONDS", 0.1)


def test_a_line_on_which_nothing_whole_ever_comes_is_hung_up() -> None:
    assert heard_until_it_is_hung_up(BEGUN) == b""


def test_so_is_one_on_which_the_first_was_whole_and_the_second_never_comes() -> None:
    assert heard_until_it_is_hung_up(WHOLE + BEGUN).startswith(b"HTTP/1.1 200 ")


def test_a_head_that_is_endless_is_told_so_with_a_number() -> None:
    said = heard_until_it_is_hung_up(BEGUN + b"x" * careful.HEAD_AT_MOST)
    head, _, words = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ")
    assert b"988" in words
    assert f"content-length: {len(words)}".encode() in head


def heard_until_it_is_hung_up(what: bytes) -> bytes:
    """All that is said on a line on which only this is sent."""

    async def send() -> bytes:
        config = uvicorn.Config(_says_yes, lifespan="off", ws="none", log_config=None)
        config.load()
        state, loop = ServerState(), asyncio.get_running_loop()
        server = await loop.create_server(lambda: careful.CarefulProtocol(config, state, {}), "127.0.0.1", 0)
        async with server, asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(what)
            said = await reader.read()
            writer.close()
            return said

    return asyncio.run(send())


async def _says_yes(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
