"""How a check ended, and how that is told: one line a check, then the counts, then what is missing."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.provision.folders import HOUSE

# All of `make test` takes less than half of this; a test that hangs must not hang the gate.
_PATIENCE = 900.0


@dataclass(frozen=True)
class Counted:
    """Tests of one run. A skipped one is named, since `make test` may leave nothing out in silence."""

    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """One check: whether it passed, how long it took, what it said, and what is missing if it could not run."""

    name: str
    passed: bool
    seconds: float = 0.0
    said: str = ""
    tests: Counted | None = None
    lacks: str = ""

    @classmethod
    def missing(cls, name: str, why: str) -> "Outcome":
        """A check that could not run at all. It counts as failed."""
        return cls(name, passed=False, lacks=why)

    def show(self) -> None:
        """Tell it as soon as it is known; what it said only when that helps."""
        print(f"{_word(self):7} {self.name} ({self.seconds:.1f} s)", flush=True)
        if not self.passed and (self.said or self.lacks):
            print(self.said or self.lacks, flush=True)


def run_quietly(name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path = HOUSE) -> Outcome:
    """Run one check and keep what it says."""
    began = time.monotonic()
    ended = subprocess.run(
        command,
        check=False,
        text=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return Outcome(name, ended.returncode == 0, time.monotonic() - began, ended.stdout.strip())


def run_tests(name: str, command: Sequence[str], environment: Mapping[str, str], report: Path) -> Outcome:
    """Run pytest, show what it said when it has ended (another run may go on beside it), and count from its report."""
    began = time.monotonic()
    said = report.with_suffix(".txt")
    try:
        with said.open("w", encoding="utf-8") as paper:
            ended = subprocess.run(
                command,
                check=False,
                cwd=HOUSE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=paper,
                stderr=subprocess.STDOUT,
                timeout=_PATIENCE,
            )
    except subprocess.TimeoutExpired:
        return Outcome(name, passed=False, seconds=_PATIENCE, lacks=f"It hung: stopped after {_PATIENCE:.0f} s.")
    finally:
        print(f"\n== {name}\n{said.read_text(encoding='utf-8', errors='replace')}", flush=True)
    counted = count_tests(report)
    fine = ended.returncode == 0 and counted.passed > 0 and not counted.skipped
    return Outcome(name, fine, time.monotonic() - began, tests=counted)


def count_tests(report: Path) -> Counted:
    """Read the counts from the XML that pytest writes."""
    if not report.exists():
        return Counted()
    passed, failed, skipped = 0, 0, []
    for case in ElementTree.parse(report).iter("testcase"):
        left_out = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif left_out is not None and left_out.get("type") == "pytest.skip":
            skipped.append(f"{case.get('name')}: {left_out.get('message')}")
        else:
            passed += 1
    return Counted(passed, failed, tuple(skipped))


def print_summary(outcomes: Sequence[Outcome], *, seconds: float) -> int:
    """The last lines of `make test`. Returns how the command ends: 0 only when everything ran and passed."""
    print(f"\nWhat ran, in {seconds:.0f} s")
    for outcome in outcomes:
        print(f"  {_word(outcome):7} {outcome.name:24} {_counts(outcome):28} {outcome.seconds:6.1f} s")
    told = [outcome.tests for outcome in outcomes if outcome.tests]
    bad = [outcome for outcome in outcomes if not outcome.passed]
    print(f"\nchecks: {len(outcomes) - len(bad)} passed, {len(bad)} failed")
    print(f"tests: {sum(each.passed for each in told)} passed, {sum(each.failed for each in told)} failed")
    for outcome in bad:
        _say_why(outcome)
    return 1 if bad else 0


def _say_why(outcome: Outcome) -> None:
    if outcome.lacks:
        print(f"\nNOT RUN: {outcome.name}. {outcome.lacks}")
    elif outcome.tests and outcome.tests.skipped:
        print(f"\nFAILED: {outcome.name}: {len(outcome.tests.skipped)} skipped, and nothing may be skipped in silence:")
        for one in outcome.tests.skipped:
            print(f"  {one}")
    elif outcome.tests and not outcome.tests.passed and not outcome.tests.failed:
        print(f"\nFAILED: {outcome.name}: no test ran.")
    else:
        print(f"\nFAILED: {outcome.name}. Its words are above.")


def _word(outcome: Outcome) -> str:
    return "ok" if outcome.passed else "MISSING" if outcome.lacks else "FAILED"


def _counts(outcome: Outcome) -> str:
    if outcome.tests is None:
        return ""
    return f"{outcome.tests.passed} passed, {outcome.tests.failed} failed"
