"""On what was measured: a figure without its conditions is a rumour."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine_in_words() -> str:
    """The machine and the parts that matter."""
    parts = ", ".join(f"{part} {version(part)}" for part in ("django", "uvicorn", "psycopg"))
    return (
        f"Measured on {os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, {parts}.\n"
        f"Load average {load_in_words()}: who else worked meanwhile is in every figure."
    )


def load_in_words() -> str:
    """How many processes wanted a core, over 1, 5 and 15 minutes."""
    return " ".join(f"{load:.2f}" for load in os.getloadavg())


def _processor() -> str:
    """The name that Linux gives it; elsewhere the kind of machine."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
