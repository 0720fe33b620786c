"""A plan in words, for the people who must live with it at night."""

from collections.abc import Iterator
from datetime import timedelta

from stepitup.calls.plan import SITTING, Plan, Step
from stepitup.ground.vocabulary import Kind

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ONE_OF = {
    Kind.PEER: "peer",
    Kind.CHAPLAIN: "chaplain",
    Kind.CLINICIAN: "clinician",
    Kind.COORDINATOR: "coordinator",
}
_MANY_OF = {kind: f"{word}s" for kind, word in _ONE_OF.items()}
_COORDINATORS_READ = ' ("a page is unanswered, find a helper", nothing else)'


def plan_in_words(plan: Plan) -> Iterator[str]:
    """One line a step, with the time after the press, then what repeats and when the call expires."""
    known: set[Kind] = set()
    at = timedelta()
    for step in plan.steps:
        yield f"{clock_of(at):>6}  {step_in_words(step, more=known.issuperset(step.kinds))}"
        known |= set(step.kinds)
        at += step.wait
    yield (
        f"{clock_of(at):>6}  last step: everybody who is fit, {how_many(plan.repeat_how_many)} at a time, "
        f"again every {in_minutes(plan.repeat_every)} until somebody answers"
    )


def times_in_words(plan: Plan) -> Iterator[str]:
    """What holds for the whole call, whoever was wanted."""
    yield f"The hotline is a main action on the caller's screen from {clock_of(plan.hotline_main_after)} on."
    yield (
        f"Whoever answers has {in_minutes(plan.join_within)} to come together with the caller, and at least "
        f"{in_minutes(plan.join_after_limits)} after the limits were read; then the search goes on."
    )
    yield f"A call that nobody answered closes after {in_minutes(plan.expires_after)}."


def step_in_words(step: Step, *, more: bool = False) -> str:
    """Whom a step pages: "five more peers"."""
    number = how_many(step.how_many) + (" more" if more else "")
    if step.kinds == SITTING:
        return f"{number}, one of each kind first: peer, chaplain, clinician"
    words = _ONE_OF if step.how_many == 1 else _MANY_OF
    told = f"{number} {' or '.join(words[kind] for kind in step.kinds)}"
    return told + (_COORDINATORS_READ if step.kinds == (Kind.COORDINATOR,) else "")


def kinds_in_words(kinds: tuple[Kind, ...]) -> str:
    """Who is meant, in one word or two: "chaplain or clinician"."""
    return " or ".join(_ONE_OF[kind] for kind in kinds)


def how_many(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def clock_of(length: timedelta) -> str:
    """Minutes and seconds after the press: 2:00."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def in_minutes(length: timedelta) -> str:
    """A length as one says it: 90 seconds, 5 minutes, 12 hours."""
    for unit, word in ((timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if length and not length % unit:
            return f"{length // unit} {word}{'' if length == unit else 's'}"
    return f"{round(length.total_seconds())} seconds"
