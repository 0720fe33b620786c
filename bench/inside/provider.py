"""A provider of text and voice in a process of its own: it notes when each message reached it, and takes its time.

    python -m bench.inside.provider --takes 0.05 --stamps FILE     prints its port; --takes -1 never answers

In a process of its own, so that what it costs to play it is not in the figures of the house.
"""

import argparse
import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.inside.stamps import Stamps, read_stamps

_KEY = re.compile(rb"replies%2F(text|voice)%2F(?:status%2F)?([0-9a-f]{32})")
_ANSWER = b'{"sid": "SM0", "error_code": null}'


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stamps: Stamps, takes: float) -> None:
    """One request on a line that is kept, as real providers keep theirs."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    body = await reader.readexactly(int(length.group(1))) if length else b""
    for way, key in set(_KEY.findall(body)):
        stamps.note(f"reached-{way.decode()}", key.decode())
    if takes < 0:
        await reader.read(1)
    else:
        await asyncio.sleep(takes)
        writer.write(b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(_ANSWER), _ANSWER))


async def _serve(stamps: Stamps, takes: float) -> None:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not reader.at_eof():
                await _one(reader, writer, stamps, takes)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, backlog=500)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


class Peer:
    """A provider that runs: where it is, and what reached it when."""

    def __init__(self, port: int, stamps: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._stamps = stamps

    def reached(self, way: str) -> dict[str, float]:
        """When each attempt, by its key, first reached it."""
        return {key: min(moments) for key, moments in read_stamps(self._stamps, f"reached-{way}").items()}


@contextmanager
def provider(takes: float, stamps: Path) -> Iterator[Peer]:
    """A provider beside the measure."""
    stamps.unlink(missing_ok=True)
    words = ("--takes", str(takes), "--stamps", str(stamps))
    process = subprocess.Popen([sys.executable, "-m", "bench.inside.provider", *words], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None, "asked for"
        yield Peer(int(process.stdout.readline()), stamps)
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Serve until killed."""
    words = argparse.ArgumentParser()
    words.add_argument("--takes", type=float, required=True)
    words.add_argument("--stamps", type=Path, required=True)
    options = words.parse_args()
    asyncio.run(_serve(Stamps(options.stamps), options.takes))


if __name__ == "__main__":
    main()
