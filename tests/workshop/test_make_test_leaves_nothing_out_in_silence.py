"""`make test` says the whole truth in its last lines: what ran, what failed, what was skipped, what is missing."""

import os
import sys
from pathlib import Path

import pytest

from workshop.outcomes import Counted, Outcome, count_tests, print_summary, run_quietly, run_tests

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

FINE = Outcome("lint", passed=True)


def last_lines(capsys: pytest.CaptureFixture[str], *outcomes: Outcome) -> tuple[int, str]:
    ended = print_summary([FINE, *outcomes], seconds=61)
    return ended, capsys.readouterr().out


def test_everything_passed_and_the_counts_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    ended, said = last_lines(capsys, Outcome("tests", passed=True, tests=Counted(passed=12)))

    assert ended == 0
    assert "\nchecks: 2 passed, 0 failed\n" in said
    assert said.endswith("\ntests: 12 passed, 0 failed\n")


def test_a_part_that_cannot_be_had_fails_the_run_and_is_named_last(capsys: pytest.CaptureFixture[str]) -> None:
    ended, said = last_lines(capsys, Outcome.missing("tests on PostgreSQL", "PostgreSQL cannot be had here."))

    assert ended == 1
    assert said.endswith("NOT RUN: tests on PostgreSQL. PostgreSQL cannot be had here.\n")


def test_a_skipped_test_fails_the_run_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run_one_test(
        tmp_path, "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no browser here')\n"
    )

    assert not outcome.passed
    ended, said = last_lines(capsys, outcome)
    assert ended == 1
    assert "no browser here" in said.splitlines()[-1]


def test_a_run_without_any_test_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run_one_test(tmp_path, "")

    assert not outcome.passed
    assert last_lines(capsys, outcome)[1].endswith("no test ran.\n")


def test_passed_and_failed_tests_are_counted(tmp_path: Path) -> None:
    outcome = run_one_test(tmp_path, "def test_a(): pass\ndef test_b(): assert False\ndef test_c(nobody): pass\n")

    assert not outcome.passed
    assert outcome.tests == Counted(passed=1, failed=2)


def test_a_crash_before_the_first_test_leaves_no_report_and_fails(tmp_path: Path) -> None:
    assert count_tests(tmp_path / "never-written.xml") == Counted()


def test_what_a_failing_check_said_is_kept() -> None:
    outcome = run_quietly(
        "lint", [sys.executable, "-c", "print('line 3 is too long'); raise SystemExit(1)"], os.environ
    )

    assert (outcome.passed, outcome.said) == (False, "line 3 is too long")


def run_one_test(folder: Path, text: str) -> Outcome:
    (folder / "test_one.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    report = folder / "report.xml"
    plain = ["-p", "no:cacheprovider", "--rootdir", str(folder), "-q"]
    command = [sys.executable, "-m", "pytest", *plain, "-c", str(folder / "pytest.ini"), f"--junitxml={report}"]
    # What else is there to be plugged in is not asked for here, and to read it takes longer than these tests.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return run_tests("tests", [*command, str(folder)], alone, report)
