"""Rotations: "24/48", Kelly, Pitman, one week of four, and cycles of a team's own.

Hours are hours of the clock on the wall: a duty of 24 hours from 07:00 ends at 07:00, on the two odd nights too.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from stepitup.roster.duty.patterns import OnHolidays, Pattern, Run
from stepitup.roster.duty.words import A_DAY, HOW_TO, minutes_in, stretch, unclear

# Words of the trade, spelt out: a Kelly rotation in hours on and off, a Pitman one ("2-2-3") in days on and off.
_IN_HOURS: Final = {"kelly": "24/24/24/24/24/96"}
_IN_DAYS: Final = {"pitman": "2 on 2 off 3 on 2 off 2 on 3 off"}
_HALF_A_DAY: Final = {"pitman"}  # rotations whose duties last twelve hours where only the beginning is written
_HOURS: Final = re.compile(r"\d{1,3}(?:/\d{1,3})+", re.ASCII)
_CYCLE: Final = re.compile(r"(?:\d{1,3} on \d{1,3} off ?)+", re.ASCII)
_TURN: Final = re.compile(r"(\d{1,2}) of (\d{1,2}) (day|week)s?", re.ASCII)
_LONGEST: Final = 366  # days


def rotation(
    words: str, since: date | None, clock: str, *, line: str, until: date | None, on_holidays: OnHolidays
) -> Pattern:
    """The pattern of a rotation that begins on a day, at an hour. Raises DutyHoursUnclear."""
    name = words.lower().strip()
    in_hours, in_days = _IN_HOURS.get(name, name), _in_days(_IN_DAYS.get(name, name), line=line)
    is_in_hours = bool(_HOURS.fullmatch(in_hours))
    if not in_days and not is_in_hours:
        raise unclear(line, f"cannot be read as hours of duty; {HOW_TO}")
    if since is None or not clock:
        wanted = f"such as “{words} from 2026-11-01 07:00”"
        raise unclear(line, f"a rotation needs the day and hour of its first duty, {wanted}")
    start, length = _hours(clock, half=name in _HALF_A_DAY, line=line)
    if is_in_hours:
        if "-" in clock:
            raise unclear(line, "the hours on and off stand in front; write only when the first duty begins")
        runs, period = _runs_of_hours([int(part) for part in in_hours.split("/")], line=line)
    else:
        runs, period = _runs_of_days(in_days, length)
    _refuse_too_long(period, line=line)
    anchor = datetime.combine(since, time()) + start
    return Pattern(anchor, period, runs, since=since, until=until, on_holidays=on_holidays)


def _hours(clock: str, *, half: bool, line: str) -> tuple[timedelta, timedelta]:
    """When a duty begins in its day and how long it is: by the clock, else a day, or half of one."""
    first, dash, last = (part.strip() for part in clock.partition("-"))
    start = minutes_in(first, line=line)
    if dash:
        return stretch(start, minutes_in(last, line=line), line=line)
    return stretch(start, (start + 12 * 60) % (24 * 60) if half else start, line=line)


def _in_days(words: str, *, line: str) -> Sequence[int]:
    """Days on, days off, on, off …; nothing where these words are no rotation in days."""
    if turn := _TURN.fullmatch(words):
        on, of = int(turn[1]), int(turn[2])
        if not 0 < on < of:
            raise unclear(line, f"“{words}”: so many of so many, such as 1 of 4 weeks")
        days = 7 if turn[3] == "week" else 1
        return on * days, (of - on) * days
    cycle = [int(number) for number in re.findall(r"\d+", words)] if _CYCLE.fullmatch(words) else []
    if not all(cycle):
        raise unclear(line, "days on and days off by turns, each at least one, such as 2 on 3 off")
    return cycle


def _runs_of_days(days: Sequence[int], length: timedelta) -> tuple[tuple[Run, ...], timedelta]:
    runs, passed = list[Run](), 0
    for on, off in zip(days[::2], days[1::2], strict=True):
        runs += [Run((passed + day) * A_DAY, length) for day in range(min(on, _LONGEST))]
        passed += on + off
    return tuple(runs), passed * A_DAY


def _runs_of_hours(hours: Sequence[int], *, line: str) -> tuple[tuple[Run, ...], timedelta]:
    if len(hours) % 2 or not all(hours):
        raise unclear(line, "hours on and hours off by turns, such as 24/48 or 12/24/12/48")
    runs, passed = list[Run](), timedelta()
    for on, off in zip(hours[::2], hours[1::2], strict=True):
        runs.append(Run(passed, timedelta(hours=on)))
        passed += timedelta(hours=on + off)
    return tuple(runs), passed


def _refuse_too_long(period: timedelta, *, line: str) -> None:
    if not A_DAY / 24 <= period <= _LONGEST * A_DAY:
        raise unclear(line, f"comes again after {period.days} days; at least an hour, at most {_LONGEST} days")
