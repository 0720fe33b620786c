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

    A kind is looked at where the team has somebody of it; a team without peers has a gap as long as the whole. A gap of
    a state is one in which somebody is there elsewhere: what is missing anywhere is not said again for each state.
    """
    there: dict[Kind, dict[str, set[Spans]]] = defaultdict(lambda: defaultdict(set))
    there[Kind.PEER] = defaultdict(set)
    for one in team:
        for kind in one.kinds:
            there[kind][one.state].add(one.spans)
    found: list[Gap] = []
    for kind in (kind for kind in Kind if kind in there):
        states = there[kind]
        anywhere = _missing({spans for of_state in states.values() for spans in of_state}, whole)
        found += [Gap(kind, ANYWHERE, span) for span in anywhere]
        if len(states) > 1:
            for state in sorted(states):
                found += [Gap(kind, state, span) for span in without(_missing(states[state], whole), anywhere)]
    return tuple(found)


def _missing(covered: set[Spans], whole: Span) -> Spans:
    """Many share the same hours, so each row of hours counts once."""
    return without((whole,), together(span for some in covered for span in some))
