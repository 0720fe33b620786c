"""Putting measured times into figures, with the wanted figure beside each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """What the design asks for, in seconds; None: nothing was asked."""

    p50: float | None = None
    p95: float | None = None
    p99: float | None = None


NOTHING_ASKED = Wanted()


def percentile(times: Sequence[float], hundredths: float) -> float:
    """The time that so many of a hundred stay under; the next one up, never a mean of two."""
    in_order = sorted(times)
    return in_order[min(int(len(in_order) * hundredths / 100), len(in_order) - 1)]


def say_times(what: str, times: Sequence[float], wanted: Wanted = NOTHING_ASKED) -> None:
    """Print the percentiles of these seconds, in milliseconds."""
    if not times:
        say(what, "nothing was measured")
        return
    asked = {50: wanted.p50, 95: wanted.p95, 99: wanted.p99}
    parts = [f"p{of} {_figure(percentile(times, of), asked[of])}" for of in asked]
    say(what, f"{', '.join(parts)}, worst {max(times) * 1000:.1f} ms, n={len(times)}")


def say(what: str, figure: str) -> None:
    """Print one line."""
    print(f"   {what:<68} {figure}", flush=True)


def _figure(seconds: float, wanted: float | None) -> str:
    figure = f"{seconds * 1000:.1f} ms"
    if wanted is None:
        return figure
    return f"{figure} (wanted ≤ {wanted * 1000:.0f}{'' if seconds <= wanted else ', FALLS SHORT'})"
