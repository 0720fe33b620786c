"""The plan: who is paged first, next and after, and how long each step waits. Frozen onto the call when it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from stepitup.ground.vocabulary import ANYONE, Kind

# Everybody who can sit with a caller. A coordinator sits as the peer, chaplain or clinician that they also are.
SITTING = (Kind.PEER, Kind.CHAPLAIN, Kind.CLINICIAN)


@dataclass(frozen=True)
class Step:
    """One step: these kinds of helper, so many at once, and how long until the next."""

    kinds: tuple[Kind, ...]
    how_many: int
    wait: timedelta
    # In a team's own plan: one more of each, where the caller asked for somebody else than a peer. Never frozen.
    if_wanted: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The steps in their order, and the times that hold for the whole call."""

    steps: tuple[Step, ...]
    repeat_every: timedelta = timedelta(minutes=5)
    repeat_how_many: int = 5
    hotline_main_after: timedelta = timedelta(minutes=2)
    join_within: timedelta = timedelta(minutes=5)
    join_after_limits: timedelta = timedelta(minutes=3)
    expires_after: timedelta = timedelta(hours=12)

    @property
    def longest_wait(self) -> timedelta:
        """Longer than this, nothing of the plan ever waits for its next move."""
        return max(self.repeat_every, self.join_within, self.join_after_limits, *(step.wait for step in self.steps))


_TWO_MINUTES = timedelta(minutes=2)
_ONE_MINUTE = timedelta(minutes=1)

# What a house does that has no plan.toml of its own.
DEFAULT = Plan(
    (
        Step((Kind.PEER,), how_many=3, wait=_TWO_MINUTES),
        Step((Kind.PEER,), how_many=5, wait=_TWO_MINUTES),
        Step((Kind.CLINICIAN,), how_many=2, wait=_ONE_MINUTE, if_wanted=(Kind.CHAPLAIN,)),
        Step((Kind.COORDINATOR,), how_many=3, wait=_ONE_MINUTE),
    )
)


def plan_for(wants: str | None, base: Plan = DEFAULT) -> Plan:
    """The team's plan, led by the kind the caller asked for (None: they have not said)."""
    first, *later = base.steps
    match wants:
        case Kind.CHAPLAIN.value | Kind.CLINICIAN.value:
            led = (replace(first, kinds=(Kind(wants),), if_wanted=()), *_with_the_wanted(base.steps))
        case str() if wants == ANYONE:
            led = (replace(first, kinds=SITTING, if_wanted=()), *_with_the_wanted(later))
        case _:
            led = tuple(replace(step, if_wanted=()) for step in base.steps)
    return replace(base, steps=led)


def hand_off_plan(kind: Kind, frozen: Plan) -> Plan:
    """How a further helper of this kind is found while the first one stays; times as frozen onto the call."""
    coordinators = tuple(step for step in frozen.steps if step.kinds == (Kind.COORDINATOR,))
    return replace(frozen, steps=(Step((kind,), how_many=3, wait=_TWO_MINUTES), *coordinators))


def _with_the_wanted(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with one more of each kind that comes only where it is wanted."""
    return tuple(Step((*step.if_wanted, *step.kinds), step.how_many + len(step.if_wanted), step.wait) for step in steps)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """A plan as it is frozen onto a turn; times in seconds."""
    return {
        "steps": [
            {"kinds": list(step.kinds), "how_many": step.how_many, "wait": step.wait.total_seconds()}
            for step in plan.steps
        ],
        "repeat_how_many": plan.repeat_how_many,
        **{name: getattr(plan, name).total_seconds() for name in _TIMES},
    }


def plan_from_json(frozen: Mapping[str, Any]) -> Plan:
    """The plan that `plan_as_json` froze."""
    steps = tuple(
        Step(tuple(Kind(kind) for kind in step["kinds"]), step["how_many"], timedelta(seconds=step["wait"]))
        for step in frozen["steps"]
    )
    times = {name: timedelta(seconds=frozen[name]) for name in _TIMES}
    return Plan(steps, repeat_how_many=frozen["repeat_how_many"], **times)


_TIMES = (
    "repeat_every",
    "hotline_main_after",
    "join_within",
    "join_after_limits",
    "expires_after",
)
