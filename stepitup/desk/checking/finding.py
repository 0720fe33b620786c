"""A finding: one line that says what is not as it must be, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How heavy it is."""

    MISSING = "MISSING"  # a caller or a helper would be failed tonight
    THINK = "think"  # it would hold tonight; somebody ought to look at it


@dataclass(frozen=True)
class Finding:
    """What is not as it must be, and what to do."""

    weight: Weight
    what: str
    to_do: str

    def __str__(self) -> str:
        return f"{self.weight.value:<7}  {self.what} {self.to_do}"


def missing(what: str, to_do: str) -> Finding:
    """Somebody would be failed tonight."""
    return Finding(Weight.MISSING, what, to_do)


def think(what: str, to_do: str) -> Finding:
    """It would hold tonight."""
    return Finding(Weight.THINK, what, to_do)


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing is missing."""
    return all(finding.weight is not Weight.MISSING for finding in findings)


def say(findings: Iterable[Finding]) -> None:
    """Print them, one line each, the missing first."""
    for finding in sorted(findings, key=lambda one: one.weight is not Weight.MISSING):
        print(finding)
