"""The heart: what happens next in a search for a helper. A pure function; every path can be tried in a blink.

Time passed, the caller stepped it up, somebody said no or came free: each gives the turn a new step, new pages and the
moment of the next move. There is no path on which a waiting turn is left without one (P1).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from stepitup.calls.life import Candidate, Turn, TurnKind
from stepitup.calls.plan import SITTING, Plan, Step
from stepitup.ground.vocabulary import Kind
from stepitup.paging.facts import PageState

_EVERYBODY = (*SITTING, Kind.COORDINATOR)


class Because(Enum):
    """Why the next move is asked for."""

    PRESSED = auto()  # the turn has just been opened
    TIME = auto()  # the step's time has passed with nobody
    STEP_UP = auto()  # the caller wants more, now
    A_PAGE_ENDED = auto()  # somebody said no, or could not be reached: the next helper at once
    SOMEBODY_CAME_FREE = auto()  # a helper can be asked again


@dataclass(frozen=True)
class ToPage:
    """Ask this helper, as this kind."""

    helper: int
    kind: Kind


@dataclass(frozen=True)
class Moves:
    """What to do: whom to page, which step that makes it, and when to look again."""

    step: int
    next_at: datetime
    last_step: bool
    hungry: bool
    page: tuple[ToPage, ...] = ()


def next_move(plan: Plan, so_far: Turn, candidates: Iterable[Candidate], now: datetime, *, because: Because) -> Moves:
    """Decide the next move of a waiting turn.

    `candidates` are fit, free and allowed, best first; whoever already holds a page of this call is not among them.
    They are looked at one after another and only as far as is needed: thousands may stand behind the first three.
    """
    match because:
        case Because.A_PAGE_ENDED | Because.SOMEBODY_CAME_FREE:
            return _fill(plan, so_far, candidates, now)
        case Because.STEP_UP:
            return _begin(plan, so_far, candidates, now, besides=_known_kinds(plan, so_far))
        case Because.PRESSED | Because.TIME:
            return _begin(plan, so_far, candidates, now)


def _begin(
    plan: Plan, so_far: Turn, candidates: Iterable[Candidate], now: datetime, *, besides: Collection[Kind] = ()
) -> Moves:
    """Begin the next step, and go on at once past steps with nobody fit, or with nobody `besides` these kinds."""
    left, chosen, wanted = _not_tried(so_far, candidates), list[ToPage](), 0
    for place, step in enumerate(plan.steps[so_far.step + 1 :], start=so_far.step + 1):
        found = _take(left, kinds=step.kinds, how_many=step.how_many)
        chosen += found
        wanted += step.how_many
        if any(one.kind not in besides for one in found):
            return Moves(place, now + step.wait, last_step=False, hungry=len(chosen) < wanted, page=tuple(chosen))
    paged = {one.helper for one in chosen}
    return _last_step(plan, so_far, _Left(candidates, besides=paged), chosen, now)


def _last_step(plan: Plan, so_far: Turn, left: "_Left", chosen: list[ToPage], now: datetime) -> Moves:
    """Everybody who can sit is asked, a few at a time, again and again, until somebody answers."""
    chosen = [*chosen, *_take(left, kinds=_everybody(plan, so_far), how_many=plan.repeat_how_many)]
    return Moves(len(plan.steps), now + plan.repeat_every, last_step=True, hungry=True, page=tuple(chosen))


def _fill(plan: Plan, so_far: Turn, candidates: Iterable[Candidate], now: datetime) -> Moves:
    """Ask as many more as the present step still lacks; its time stays as it was told to the caller.

    Where enough are asked, but nobody of those that one of the steps was for, one of these is asked as well: a caller
    who asked for a chaplain while none was free reads that one who comes free is paged.
    """
    kinds, wanted = _present_wish(plan, so_far)
    lacking = max(wanted - len(so_far.open_pages), 0)
    if not lacking:
        in_vain = _begun_in_vain(plan, so_far)
        kinds, lacking = _kinds_of(in_vain), len(in_vain)
    chosen = _take(_not_tried(so_far, candidates), kinds=kinds, how_many=lacking)
    if not chosen and not so_far.open_pages and not so_far.last_step:
        # Nobody of this step is left to wait for: waiting on would be silence.
        return _begin(plan, so_far, candidates, now)
    next_at = so_far.next_at or now
    hungry = so_far.last_step or len(chosen) < lacking
    return Moves(so_far.step, next_at, last_step=so_far.last_step, hungry=hungry, page=tuple(chosen))


class _Left:
    """Whoever has not been chosen yet, best first."""

    def __init__(self, candidates: Iterable[Candidate], *, besides: Collection[int]) -> None:
        self._coming = (one for one in candidates if one.helper not in besides)
        self._passed_over: list[Candidate] = []

    def take_best(self, kinds: Collection[Kind]) -> Candidate | None:
        """The best of these kinds, who is then chosen; None where there is nobody."""
        for place, one in enumerate(self._passed_over):
            if one.kinds.intersection(kinds):
                return self._passed_over.pop(place)
        for one in self._coming:
            if one.kinds.intersection(kinds):
                return one
            self._passed_over.append(one)
        return None


def _not_tried(so_far: Turn, candidates: Iterable[Candidate]) -> _Left:
    """Whoever this search could not reach is asked again on the last step, every few minutes; not over and over."""
    return _Left(candidates, besides={one.helper for one in so_far.asked if one.state is not PageState.WITHDRAWN})


def _present_wish(plan: Plan, so_far: Turn) -> tuple[tuple[Kind, ...], int]:
    """All kinds and the whole number that the steps begun so far wanted to have asked at one time."""
    if so_far.last_step:
        return _everybody(plan, so_far), plan.repeat_how_many
    begun = plan.steps[: so_far.step + 1]
    return _kinds_of(begun), sum(step.how_many for step in begun)


def _begun_in_vain(plan: Plan, so_far: Turn) -> list[Step]:
    """The steps that have begun and for which nobody of theirs is asked now. On the last step everybody is."""
    asked = {one.kind for one in so_far.open_pages}
    return [] if so_far.last_step else [one for one in plan.steps[: so_far.step + 1] if asked.isdisjoint(one.kinds)]


def _kinds_of(steps: Iterable[Step]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(kind for step in steps for kind in step.kinds))


def _everybody(plan: Plan, so_far: Turn) -> tuple[Kind, ...]:
    """Whoever can come. Beside a helper who stays, only the kind that was asked for is of use, or who can find one."""
    if so_far.kind is TurnKind.HAND_OFF:
        return _kinds_of(plan.steps)
    return _EVERYBODY


def _known_kinds(plan: Plan, so_far: Turn) -> frozenset[Kind]:
    """The kinds of helper that were asked so far: "step it up" is never more of the same."""
    return frozenset(kind for step in plan.steps[: so_far.step + 1] for kind in step.kinds)


def _take(left: _Left, *, kinds: tuple[Kind, ...], how_many: int) -> list[ToPage]:
    """Take up to `how_many` out of `left`: the best of each wanted kind first, then the best of the rest."""
    taken: list[ToPage] = []
    one_of_each = [(kind,) for kind in kinds] if len(kinds) > 1 else []
    for wanted in [*one_of_each, *[kinds] * how_many]:
        best = left.take_best(wanted) if len(taken) < how_many else None
        if best is not None:
            taken.append(ToPage(best.helper, next(kind for kind in wanted if kind in best.kinds)))
    return taken
