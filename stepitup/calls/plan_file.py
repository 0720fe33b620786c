"""The team's own plan, `plan.toml` in the data folder. Without one the default holds (docs/for-coordinators.md).

    repeat_every = "5m"

    [[step]]
    kinds = ["peer"]
    how_many = 3
    wait = "2m"

    [[step]]
    kinds = ["clinician"]
    if_wanted = ["chaplain"]     # one more, for callers who asked for somebody else than a peer
    how_many = 2
    wait = "1m"

A press never fails for a mistake in this file: the default holds until it is mended, and `stepitup check` says so.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from stepitup.calls.plan import DEFAULT, SITTING, Plan, Step
from stepitup.ground.vocabulary import Kind
from stepitup.roster.file.lines import Lines
from stepitup.roster.file.rows import Mistake

FILE_NAME = "plan.toml"

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
_UNITS = {"s": _SECOND, "m": _MINUTE, "h": _HOUR}
_TIME = re.compile(r"(\d{1,5}) ?([smh])")
# Nobody is served by a step of two seconds, or by half an hour of silence. A call lasts half a day at most, because
# the day of its deletion is told at the press.
_TIMES: Mapping[str, tuple[timedelta, timedelta]] = {
    "repeat_every": (_MINUTE, 15 * _MINUTE),
    "hotline_main_after": (0 * _SECOND, 5 * _MINUTE),
    "join_within": (_MINUTE, 15 * _MINUTE),
    "join_after_limits": (_MINUTE, 15 * _MINUTE),
    "expires_after": (_HOUR, 12 * _HOUR),
}
_WAIT = (15 * _SECOND, 15 * _MINUTE)
_UNTIL_THE_LAST_STEP = 30 * _MINUTE
_STEP_WORDS = ("kinds", "how_many", "wait", "if_wanted")
_KNOWN = ("step", "repeat_how_many", *_TIMES)
_AT_ONCE = 20
_STEPS = 12


@dataclass(frozen=True)
class PlanFile:
    """What the file says. With mistakes the plan is the default."""

    plan: Plan = DEFAULT
    mistakes: tuple[Mistake, ...] = ()
    is_own: bool = False


def teams_plan(data: Path) -> Plan:
    """The plan by which this house pages: the team's own where it can be read, else the default."""
    return read_plan(data).plan


def read_plan(data: Path) -> PlanFile:
    """The team's plan file; read again only when it has changed, because callers wait for this."""
    path = data / FILE_NAME
    try:
        known = path.stat()
    except FileNotFoundError:
        return PlanFile()
    except OSError as wrong:
        return PlanFile(mistakes=(Mistake(0, "", f"{wrong.strerror}"),))
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> PlanFile:
    try:
        return plan_from(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        return PlanFile(mistakes=(Mistake(0, "", f"cannot be read: {wrong}"),))


def plan_from(text: str) -> PlanFile:
    """The plan that this text tells, or every mistake in it with its line."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        return PlanFile(mistakes=(Mistake(_line_in(str(wrong)), "", str(wrong)),))
    reading = _Reading(Lines(text))
    plan = reading.plan(written)
    if reading.mistakes:
        return PlanFile(mistakes=tuple(sorted(reading.mistakes)))
    return PlanFile(plan, is_own=True)


class _Reading:
    """One reading of one file; gathers the mistakes on the way, so that all of them are told at once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.mistakes: list[Mistake] = []

    def plan(self, written: Mapping[str, Any]) -> Plan:
        """The plan as far as it can be read."""
        self._only(_KNOWN, written, at=())
        steps = tuple(self._steps(written.get("step")))
        times = {
            word: self._time(written[word], (word,), bounds=bounds)
            for word, bounds in _TIMES.items()
            if word in written
        }
        repeat = self._number(written.get("repeat_how_many", DEFAULT.repeat_how_many), ("repeat_how_many",))
        self._must_reach_somebody(steps)
        return Plan(steps or DEFAULT.steps, repeat_how_many=repeat, **times)

    def _steps(self, tables: object) -> Iterator[Step]:
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._say(("step",), "write each step under [[step]], with two brackets")
            return
        if len(tables) > _STEPS:
            self._say(("step", _STEPS), f"{_STEPS} steps at most")
        for number, table in enumerate(tables):
            yield self._step(table, at=("step", number))

    def _step(self, table: Mapping[str, Any], *, at: tuple[str | int, ...]) -> Step:
        self._only(_STEP_WORDS, table, at=at)
        for word in ("kinds", "how_many", "wait"):
            if word not in table:
                self._say(at, f"{word} is missing")
        kinds = self._kinds(table.get("kinds", ["peer"]), (*at, "kinds"), among=tuple(Kind))
        if_wanted = self._kinds(table.get("if_wanted", []), (*at, "if_wanted"), among=SITTING)
        if "kinds" in table and not kinds and table["kinds"] == []:
            self._say((*at, "kinds"), f"name at least one of {', '.join(Kind)}")
        if set(kinds) & set(if_wanted):
            self._say((*at, "if_wanted"), "a kind stands either in kinds or in if_wanted")
        wait = self._time(table.get("wait", "1m"), (*at, "wait"), bounds=_WAIT)
        return Step(kinds, self._number(table.get("how_many", 1), (*at, "how_many")), wait, if_wanted)

    def _must_reach_somebody(self, steps: tuple[Step, ...]) -> None:
        if not steps:
            self._say((), "there is no step: who is paged first?")
        elif not set(steps[0].kinds) & set(SITTING) and not self.mistakes:
            self._say(("step", 0, "kinds"), "the first step pages somebody who can talk: peer, chaplain or clinician")
        if sum((step.wait for step in steps), start=timedelta()) > _UNTIL_THE_LAST_STEP:
            self._say(("step",), "all waits together are longer than 30 minutes; nobody waits that long at night")

    def _kinds(self, value: object, at: tuple[str | int, ...], *, among: tuple[Kind, ...]) -> tuple[Kind, ...]:
        named = value if isinstance(value, list) else [value]
        wrong = [kind for kind in named if kind not in among]
        if wrong or not isinstance(value, list):
            self._say(at, f"write a list such as [{', '.join(repr(kind.value) for kind in among[:2])}]"
                          f" out of {', '.join(among)}")  # fmt: skip
            return ()
        return tuple(dict.fromkeys(Kind(str(kind)) for kind in named))

    def _number(self, value: object, at: tuple[str | int, ...]) -> int:
        if type(value) is int and 1 <= value <= _AT_ONCE:
            return value
        self._say(at, f"a whole number from 1 to {_AT_ONCE} is wanted here")
        return 1

    def _time(self, value: object, at: tuple[str | int, ...], *, bounds: tuple[timedelta, timedelta]) -> timedelta:
        told = _TIME.fullmatch(value) if isinstance(value, str) else None
        length = int(told[1]) * _UNITS[told[2]] if told else None
        if length is not None and bounds[0] <= length <= bounds[1]:
            return length
        self._say(at, f'a time from {time_in_words(bounds[0])} to {time_in_words(bounds[1])}, such as "2m"')
        return bounds[0]

    def _only(self, known: tuple[str, ...], table: Mapping[str, Any], *, at: tuple[str | int, ...]) -> None:
        for word in table:
            if word not in known:
                self._say((*at, word), f"not a word of this file here; known are {', '.join(known)}")

    def _say(self, at: tuple[str | int, ...], words: str) -> None:
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in at)
        self.mistakes.append(Mistake(self._lines.of(at), where, words))


def time_in_words(length: timedelta) -> str:
    """A time as the file writes it: 15s, 2m, 12h."""
    for letter, unit in (("h", _HOUR), ("m", _MINUTE)):
        if length and not length % unit:
            return f"{length // unit}{letter}"
    return f"{length // _SECOND}s"


def _line_in(words: str) -> int:
    told = re.search(r"at line (\d+)", words)
    return int(told[1]) if told else 0
