"""Has each step of the plan somebody at this moment?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stepitup.calls.plan import Plan, Step, plan_for
from stepitup.calls.plan_file import FILE_NAME, read_plan
from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.plan_words import clock_of, how_many, kinds_in_words
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.roster import questions as roster
from stepitup.roster.facts import Fit

_MEND = "Look at duty hours and certificates in the roster file, or change plan.toml."


@dataclass(frozen=True)
class StepNow:
    """A step, when it comes, how many are fit for it at all, and how many of them no earlier step has asked."""

    step: Step
    at: timedelta
    of_its_kinds: int
    left: int


def about_the_plan(now: datetime) -> Iterator[Finding]:
    """The file, and the steps at this moment."""
    for mistake in read_plan(team().data).mistakes:
        yield missing(f"{FILE_NAME}: {mistake}.", "Until it is mended the default plan holds.")
    yield from about_the_steps(now)


def about_the_steps(now: datetime) -> Iterator[Finding]:
    """Steps for which nobody is fit now, or fewer than wanted; and kinds that a caller may ask for in vain."""
    reachable = roster.reachable_by(tuple(carriers.in_use()))
    fit = [one for one in roster.fit_now(now) if one.id in reachable]
    if not fit:
        yield missing("Nobody can be paged at this moment: each step of the plan is empty.", _MEND)
        return
    for one in steps_now(plan_for(None, read_plan(team().data).plan), fit):
        yield from _about(one)
    for kind in (Kind.CHAPLAIN, Kind.CLINICIAN):
        if not any(kind in one.kinds for one in fit):
            yield think(
                f"A caller who asks for a {kinds_in_words((kind,))} first gets none now: no {kind.value} is fit.", _MEND
            )


def steps_now(plan: Plan, fit: Sequence[Fit]) -> list[StepNow]:
    """Walk through the plan as a call of this moment would if nobody answered."""
    left, steps, at = list(fit), list[StepNow](), timedelta()
    for step in plan.steps:
        able = [one for one in left if one.kinds.intersection(step.kinds)]
        of_its_kinds = sum(1 for one in fit if one.kinds.intersection(step.kinds))
        steps.append(StepNow(step, at, of_its_kinds=of_its_kinds, left=min(len(able), step.how_many)))
        left = [one for one in left if one not in able[: step.how_many]]
        at += step.wait
    return steps


def _about(one: StepNow) -> Iterator[Finding]:
    whom = f"The step at {clock_of(one.at)} ({how_many(one.step.how_many)} of: {kinds_in_words(one.step.kinds)})"
    if one.of_its_kinds == 0:
        yield missing(f"{whom} is empty: nobody of these is fit now.", _MEND)
    elif one.left == 0:
        yield think(f"{whom} is skipped now: everybody who is fit was asked by an earlier step.", _MEND)
    elif one.left < one.step.how_many:
        yield think(f"{whom} has {how_many(one.left)} now.", _MEND)
