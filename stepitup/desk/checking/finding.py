"""A finding: one line that says what is not as it must be, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How heavy it is."""

    MISSING = "MISSING"  # a caller or a helper would be failed tonight
    THINK = "think"  # it would hold tonight; somebody ought to look at it
    WELL = "well"  # it is as it must be, and worth reading all the same


@dataclass(frozen=True)
class Finding:
    """What is not as it must be, and what to do."""

    weight: Weight
    what: str
    to_do: str

    def __str__(self) -> str:
        return f"{self.weight.value:<7}  {self.what} {self.to_do}".rstrip()


def missing(what: str, to_do: str) -> Finding:
    """Somebody would be failed tonight."""
    return Finding(Weight.MISSING, what, to_do)


def think(what: str, to_do: str) -> Finding:
    """It would hold tonight."""
    return Finding(Weight.THINK, what, to_do)


def well(what: str) -> Finding:
    """Nothing is to be done; the operator reads how it stands."""
    return Finding(Weight.WELL, what, "")


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing is missing."""
    return all(finding.weight is not Weight.MISSING for finding in findings)


def say(findings: Iterable[Finding]) -> None:
    """Print them, one line each, the missing first and what is well at the end."""
    order = list(Weight)
    for finding in sorted(findings, key=lambda one: order.index(one.weight)):
        print(finding)
