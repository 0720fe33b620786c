"""A whole crew at once: after a bad day two hundred people may want an equal, and the best peer is one person.

Asked one after another, the first take whom the later ones need. Here all are paired together: as many as can be get
somebody; then the closest pairs in all; then the rested; then chance. Never-rules are absolute, and nobody is given
more callers than they have room for. Plain values in, plain values out; what callers said is gone with the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from stepitup.roster.chance import PRIME, chance_from
from stepitup.roster.closeness import Closeness
from stepitup.roster.crew_plain import Problem, pair_plainly
from stepitup.roster.facts import HelperFacts, Wishes
from stepitup.roster.matching import in_words
from stepitup.roster.never import NeverRules

__all__ = ["Paired", "Problem", "pair_a_crew", "problem_of"]

Solver = Callable[[Problem], list[int | None]]

_DAYS_KEPT: Final = 14  # the day of a last talk is not kept longer
_CHANCES: Final = 64
_A_POINT: Final = 1024  # more than all rest and chance together, which decide among equals


@dataclass(frozen=True, slots=True)
class Paired:
    """Who comes to whom. Callers are known by their place in the list, helpers by their number."""

    helper_of: Mapping[int, int]
    why: Mapping[int, str]
    nobody_for: tuple[int, ...]
    unsure: Mapping[int, tuple[str, ...]]


def pair_a_crew(
    callers: Sequence[Wishes],
    helpers: Sequence[HelperFacts],
    *,
    room: Mapping[int, int],
    today: date,
    seed: int,
    solve: Solver = pair_plainly,
) -> Paired:
    """Give each caller one helper.

    1. Judge each pair: forbidden by a never-rule, or how close.
    2. Let `solve` find the pairs; `crew_solver.best_solver` gives the exact one where its library is there.
    3. Say in a sentence why each came, and who has nobody: they are asked by an ordinary call.

    `room` says how many callers a helper takes; who is not in it takes one.
    """
    judged = [_judge(wishes, helpers) for wishes in callers]
    places = solve(_problem(judged, helpers, room=room, today=today, seed=seed))
    found = {caller: place for caller, place in enumerate(places) if place is not None}
    return Paired(
        helper_of={caller: helpers[place].id for caller, place in found.items()},
        why={caller: in_words(judged[caller].measure.reasons_for(helpers[place])) for caller, place in found.items()},
        nobody_for=tuple(caller for caller, place in enumerate(places) if place is None),
        unsure={caller: one.unsure for caller, one in enumerate(judged) if one.unsure},
    )


def problem_of(
    callers: Sequence[Wishes], helpers: Sequence[HelperFacts], *, room: Mapping[int, int], today: date, seed: int
) -> Problem:
    """The pairs and what each costs, as a solver takes them."""
    judged = [_judge(wishes, helpers) for wishes in callers]
    return _problem(judged, helpers, room=room, today=today, seed=seed)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One caller and all helpers: the points of each, None where a never-rule stands between the two."""

    points: list[int | None]
    measure: Closeness
    unsure: tuple[str, ...]


def _judge(wishes: Wishes, helpers: Sequence[HelperFacts]) -> _Judged:
    rules, measure = NeverRules(wishes, helpers), Closeness(wishes)
    left_out = rules.who_is_left_out()
    points = [
        None if helper.id in left_out else close
        for helper, close in zip(helpers, measure.points_of(helpers), strict=True)
    ]
    return _Judged(points, measure, rules.unsure)


def _problem(
    judged: Sequence[_Judged], helpers: Sequence[HelperFacts], *, room: Mapping[int, int], today: date, seed: int
) -> Problem:
    chance = chance_from(seed)
    top = max((points for one in judged for points in one.points if points is not None), default=0)
    turns = [
        _tired(helper.last_talk_at, today) * _CHANCES + chance(helper.id) * _CHANCES // PRIME for helper in helpers
    ]
    return Problem(
        costs=[
            [
                None if points is None else (top - points) * _A_POINT + turn
                for points, turn in zip(one.points, turns, strict=True)
            ]
            for one in judged
        ],
        room=[room.get(helper.id, 1) for helper in helpers],
    )


def _tired(last_talk: datetime | None, today: date) -> int:
    """0 for the rested, one more for each day nearer to the last talk."""
    return max(0, _DAYS_KEPT - (today - last_talk.date()).days) if last_talk else 0
