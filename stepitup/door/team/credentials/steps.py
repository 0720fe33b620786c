"""The decisions about one credential, one a screen, in their order. Pure: from kind and role to steps."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from stepitup.ground.vocabulary import Kind
from stepitup.roster.credentials.record import OTHER, TRAINING, CredentialRow


class Step(StrEnum):
    """One decision."""

    CALLED = "called"
    GIVEN = "given"
    DAYS = "days"
    NAMED = "named"
    KNOWS = "knows"
    CHECK = "check"


_OF_ROLE: Final = {Kind.CLINICIAN.value: (Step.KNOWS,), TRAINING: ()}


def steps_of(row: CredentialRow) -> Sequence[Step]:
    """Every decision about this one: who named a peer or chaplain, and what a clinician knows of responders."""
    return (Step.CALLED, Step.GIVEN, Step.DAYS, *_OF_ROLE.get(row.role, (Step.NAMED,)), Step.CHECK)


def first_steps(row: CredentialRow) -> Sequence[Step]:
    """Those that are walked when one is written down: of a kind that we know the name is known too."""
    return steps_of(row)[0 if row.kind == OTHER else 1 :]


def beside(step: Step, row: CredentialRow) -> tuple[Step | None, Step | None]:
    """The steps before and after this one on that walk, if there are any."""
    walk = first_steps(row)
    if step not in walk:
        return None, None
    at = walk.index(step)
    return (walk[at - 1] if at else None), (walk[at + 1] if at + 1 < len(walk) else None)
