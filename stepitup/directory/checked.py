"""What this team has tried itself: which lines and counties somebody rang, when, and who approved the helper's card.

The team writes it by hand into `checked.toml` in the data folder:

    [line.copline]
    date = 2026-11-20
    by = "Maria"
    answered = true        # false takes the line off every screen

    [[county]]
    name = "Cedar Mesa County"
    state = "US-CO"
    phone = "303 555 0100"
    date = 2026-11-20
    by = "Maria"

    [card]
    date = 2026-11-21
    by = "Dr. Okafor"
    version = "the version printed at the foot of the card"

A mistake in this file never takes a number off the screen at night: what cannot be read counts as not checked, and
`what_is_wrong` says so by day.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stepitup.directory.county import County
from stepitup.directory.facts_file import hotlines_file
from stepitup.directory.tried import TestCall

FILE_NAME = "checked.toml"
# 988 and the line for abuse at home are promised by the screens themselves: they can be marked, never taken away.
ALWAYS_THERE = frozenset({"988", "ndvh"})


class Approval(BaseModel):
    """A clinician read this version of the card and stands by it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    date: date
    by: str = Field(min_length=1)
    version: str


@dataclass(frozen=True)
class Checked:
    """What `checked.toml` says, and what in it could not be read."""

    lines: Mapping[str, TestCall] = field(default_factory=dict)
    card: Approval | None = None
    counties: tuple[County, ...] = ()
    mistakes: tuple[str, ...] = ()

    @property
    def taken_off(self) -> frozenset[str]:
        """Lines that were rung and did not answer."""
        return frozenset(name for name, call in self.lines.items() if not call.answered) - ALWAYS_THERE


Stamp = tuple[int, int] | None


def stamp_of(data: Path) -> Stamp:
    """When and how large the file was written: another stamp, another reading."""
    try:
        told = (data / FILE_NAME).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


def read_checked(data: Path) -> Checked:
    """Read the team's own test calls; no file, or an unreadable one, means that nothing was tried."""
    path = data / FILE_NAME
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Checked()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        return Checked(mistakes=(f"{FILE_NAME}: {wrong}",))
    return _checked_from(written)


def what_is_wrong(data: Path, *, today: date) -> list[str]:
    """For `check`: everything in the file that could not be read, or cannot be."""
    found = read_checked(data)
    tried = [*found.lines.items(), *((county.name, county) for county in found.counties)]
    ahead = [f"{FILE_NAME}: {name} is dated {call.date}, ahead of today" for name, call in tried if call.date > today]
    return [*found.mistakes, *ahead]


def _checked_from(written: Mapping[str, object]) -> Checked:
    mistakes = [f"{FILE_NAME}: [{word}] is not known; known are [line.…], [[county]] and [card]" for word in written
                if word not in {"line", "county", "card"}]  # fmt: skip
    lines: dict[str, TestCall] = {}
    tables = written.get("line", {})
    if not isinstance(tables, dict):
        tables, mistakes = {}, [*mistakes, f"{FILE_NAME}: write [line.988], not line = …"]
    known = {line.id for line in hotlines_file().lines if line.publish_by_default}
    for name, told in tables.items():
        try:
            lines[name] = TestCall.model_validate(told)
        except ValidationError as wrong:
            mistakes.append(f"{FILE_NAME}: [line.{name}] {_in_one_line(wrong)}")
        if name not in known:
            mistakes.append(f"{FILE_NAME}: [line.{name}] is not a line that we publish")
    counties, wrong_counties = _counties_from(written.get("county", []))
    card, wrong_card = _card_from(written.get("card"))
    return Checked(lines=lines, card=card, counties=counties, mistakes=(*mistakes, *wrong_counties, *wrong_card))


def _counties_from(told: object) -> tuple[tuple[County, ...], tuple[str, ...]]:
    if not isinstance(told, list):
        return (), (f"{FILE_NAME}: write [[county]] for each county, with two brackets",)
    counties, mistakes = list[County](), list[str]()
    for place, one in enumerate(told, start=1):
        try:
            counties.append(County.model_validate(one))
        except ValidationError as wrong:
            mistakes.append(f"{FILE_NAME}: [[county]] {place}: {_in_one_line(wrong)}")
    return tuple(counties), tuple(mistakes)


def _card_from(told: object) -> tuple[Approval | None, tuple[str, ...]]:
    if told is None:
        return None, ()
    try:
        return Approval.model_validate(told), ()
    except ValidationError as wrong:
        return None, (f"{FILE_NAME}: [card] {_in_one_line(wrong)}",)


def _in_one_line(wrong: ValidationError) -> str:
    return "; ".join(f"{'.'.join(str(part) for part in at['loc'])}: {at['msg']}" for at in wrong.errors())
