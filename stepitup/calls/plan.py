"""The plan: who is paged first, next and after, and how long each step waits. Frozen onto the call when it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
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


_TWO_MINUTES = timedelta(minutes=2)
_ONE_MINUTE = timedelta(minutes=1)
_THREE_PEERS = Step((Kind.PEER,), how_many=3, wait=_TWO_MINUTES)
_FIVE_MORE = Step((Kind.PEER,), how_many=5, wait=_TWO_MINUTES)
_CLINICIAN = Step((Kind.CLINICIAN,), how_many=2, wait=_ONE_MINUTE)
_CHAPLAIN_AND_CLINICIAN = Step((Kind.CHAPLAIN, Kind.CLINICIAN), how_many=3, wait=_ONE_MINUTE)
_COORDINATORS = Step((Kind.COORDINATOR,), how_many=3, wait=_ONE_MINUTE)


def plan_for(wants: str | None) -> Plan:
    """The default plan, led by the kind the caller asked for (None: they have not said)."""
    match wants:
        case Kind.CHAPLAIN.value | Kind.CLINICIAN.value:
            first = Step((Kind(wants),), how_many=3, wait=_TWO_MINUTES)
            return Plan((first, _THREE_PEERS, _FIVE_MORE, _CHAPLAIN_AND_CLINICIAN, _COORDINATORS))
        case str() if wants == ANYONE:
            first = Step(SITTING, how_many=3, wait=_TWO_MINUTES)
            return Plan((first, _FIVE_MORE, _CHAPLAIN_AND_CLINICIAN, _COORDINATORS))
        case _:
            return Plan((_THREE_PEERS, _FIVE_MORE, _CLINICIAN, _COORDINATORS))


def hand_off_plan(kind: Kind) -> Plan:
    """How a further helper of this kind is found while the first one stays."""
    return Plan((Step((kind,), how_many=3, wait=_TWO_MINUTES), _COORDINATORS))


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
