"""Gaps: when nobody of a kind who may be paged is on duty, in a state or anywhere. Pure; the engine's own judgement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stepitup.ground.vocabulary import Kind
from stepitup.roster.duty.spans import Span, Spans, together, without

ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class There:
    """In which roles somebody helps, in which state, and when they may be paged."""

    kinds: frozenset[Kind]
    state: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Gap:
    """A span in which nobody of this kind may be paged: in this state, or ANYWHERE."""

    kind: Kind
    state: str
    span: Span


def gaps_among(team: Iterable[There], whole: Span) -> tuple[Gap, ...]:
    """The gaps of a team within the whole, by kind, first those anywhere, then state by state.

    A kind is looked at where the team has somebody of it; a team without peers has a gap as long as the whole. Where
    all of a kind work in one state, that state says nothing that ANYWHERE does not.
    """
    there: dict[Kind, dict[str, set[Spans]]] = defaultdict(lambda: defaultdict(set))
    there[Kind.PEER] = defaultdict(set)
    for one in team:
        for kind in one.kinds:
            there[kind][one.state].add(one.spans)
    found: list[Gap] = []
    for kind in (kind for kind in Kind if kind in there):
        states = there[kind]
        found += _gaps(kind, ANYWHERE, {spans for of_state in states.values() for spans in of_state}, whole)
        if len(states) > 1:
            for state in sorted(states):
                found += _gaps(kind, state, states[state], whole)
    return tuple(found)


def _gaps(kind: Kind, state: str, covered: set[Spans], whole: Span) -> list[Gap]:
    """Many share the same hours, so each row of hours counts once."""
    spans = without((whole,), together(span for some in covered for span in some))
    return [Gap(kind, state, span) for span in spans]
