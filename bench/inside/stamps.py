"""Stamps: what happened in the house at which moment, written to a file for the measure beside it to read.

Moments are the host's wall clock: the same for both processes, and the clock by which timers are due.
"""

import threading
import time
from collections import defaultdict
from pathlib import Path

_WRITE_EVERY = 0.2


class Stamps:
    """Gathers in memory and writes five times a second, so that noting costs the measured nothing to speak of."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: list[str] = []
        threading.Thread(target=self._write, name="stamps", daemon=True).start()

    def note(self, what: str, about: str, more: str = "") -> None:
        """This happened now."""
        self._lines.append(f"{what} {about} {time.time():.6f} {more}\n")

    def _write(self) -> None:
        while True:
            time.sleep(_WRITE_EVERY)
            lines, self._lines = self._lines, []
            if lines:
                with self._file.open("a", encoding="ascii") as file:
                    file.writelines(lines)


def read_stamps(file: Path, what: str) -> dict[str, list[float]]:
    """When this happened, for each thing it happened to."""
    time.sleep(2 * _WRITE_EVERY)
    moments: dict[str, list[float]] = defaultdict(list)
    if file.exists():
        for line in file.read_text(encoding="ascii").splitlines():
            word, about, moment, *_more = line.split(" ")
            if word == what:
                moments[about].append(float(moment))
    return moments
