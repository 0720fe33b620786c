"""What callers read: the team's own rules beside the law, and the hotlines that somebody must have rung."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.directory import checked
from stepitup.directory import questions as directory
from stepitup.limits import local_rules
from stepitup.limits.questions import mistakes_in_local_rules

_A_MONTH = timedelta(days=35)
_NAMED_AT_MOST = 12


def about_the_words(data: Path, *, default_state: str, today: date) -> Iterator[Finding]:
    """Local rules, hotlines, the helper's card."""
    for mistake in mistakes_in_local_rules():
        yield missing(
            f"{local_rules.FILE_NAME} or team_rule: {mistake}.", "Until it is mended callers do not see the rule."
        )
    for mistake in checked.what_is_wrong(data, today=today):
        yield missing(f"{mistake}.", "See docs/directory.md.")
    yield from _about_test_calls(data, default_state=default_state, today=today)
    if not directory.card().approved:
        yield think("No clinician of yours has approved the helper's card.", "See docs/directory.md: [card].")


def _about_test_calls(data: Path, *, default_state: str, today: date) -> Iterator[Finding]:
    rung = checked.read_checked(data).lines
    shown = [line.id for line in directory.hotlines(state=default_state)]
    old = [name for name in shown if name not in rung or today - rung[name].date > _A_MONTH]
    first = [line.id for line in directory.first_lines() if line.id in old]
    if first:
        yield missing(
            f"Nobody has test-called the lines of the first screen this month: {', '.join(first)}.",
            f"Ring them, and write the day into {checked.FILE_NAME} (docs/directory.md).",
        )
    if others := [name for name in old if name not in first]:
        yield think(
            f"{len(others)} more hotlines were not test-called this month: {some_of(others)}.",
            f"Ring them, and write the day into {checked.FILE_NAME}.",
        )


def some_of(names: list[str]) -> str:
    """A list that stays one line."""
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
