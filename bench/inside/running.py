"""Starting the real process beside a measure, and stopping it, by its id."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.inside.stamps import read_stamps


@dataclass(frozen=True)
class Running:
    """A house that serves: its port, its process and what it notes."""

    port: int
    pid: int
    stamps: Path

    def processor_time(self) -> float:
        """Seconds of a processor that the house has used: who else works on the machine is hardly in it."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)

    def when(self, what: str) -> dict[str, list[float]]:
        """When this happened, for each thing it happened to."""
        return read_stamps(self.stamps, what)


@contextmanager
def running_house(
    *, carrier_takes: float = 0.0, lines: int = 64, provider_at: str = "", others_at: str = ""
) -> Iterator[Running]:
    """Serve while inside; with real text and voice where a provider's address is given, or with the other ways."""
    port, stamps = _free_port(), Path(os.environ["STEPITUP_DATA"]) / "stamps"
    stamps.unlink(missing_ok=True)
    words: tuple[str, ...] = (
        "--port",
        str(port),
        "--stamps",
        str(stamps),
        "--carrier-takes",
        str(carrier_takes),
        "--lines",
        str(lines),
    )
    words += ("--provider", provider_at) if provider_at else ()
    words += ("--others", others_at) if others_at else ()
    process = subprocess.Popen([sys.executable, "-m", "bench.inside.house", *words], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None, "asked for"
        if process.stdout.readline() != b"ready\n":
            raise RuntimeError("the house did not start; its words are above")
        yield Running(port, process.pid, stamps)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
